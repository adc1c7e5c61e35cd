"""Reports of visitors, checked: what is taken in, kept for an hour, and shown."""
