"""The heart: pure functions of events, figures and law. Standard library only; no files, no clock."""
