"""Reads and validates the rulebook, one file a kind. The only code of the rulebook."""
