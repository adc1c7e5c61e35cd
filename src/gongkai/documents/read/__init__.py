"""From a file of any format to a report: cells with provenance, parts as text."""
