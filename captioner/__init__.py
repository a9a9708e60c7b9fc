"""Captioner's model library: image bytes in, sentences out."""
