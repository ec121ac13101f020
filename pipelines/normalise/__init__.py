"""Raw text to value, by pure functions."""
