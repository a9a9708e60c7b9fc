"""What people decide of one use of an image: a text for this place alone, or that it is decoration here."""
