"""What everything that goes out shares: its review."""
