"""Checks of a report: one rule a file, each a plain function that returns findings."""
