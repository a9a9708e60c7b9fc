"""How fast somebody may ask: a token bucket for each caller, counted by all web processes together."""
