"""What those who watch over the ledgers do: export, verify."""
