"""A run under the home's lock: its steps, its events, its tally."""
