"""What a person looks at next, and what became of what people looked at."""
