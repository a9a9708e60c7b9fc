"""Sites: made, set up, shared with others, and deleted."""
