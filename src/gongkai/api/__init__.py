"""The interface for other programs: filing and following a request."""
