"""Decided texts as files, out and in: for spreadsheets, translators and other systems."""
