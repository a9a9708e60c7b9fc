"""Accounts: making one, getting in and out, and passwords."""
