"""What a text holds that nobody meant to make public."""
