"""The pages on which people decide one picture after another."""
