"""The pages of staff: what is open, each request with its next act, review."""
