"""The public pages: ask, follow, read."""
