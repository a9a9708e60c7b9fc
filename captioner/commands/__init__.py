"""The commands of `python -m captioner`, one file each."""
