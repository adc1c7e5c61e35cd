"""Which days count: the working days of the country and its regions, certain or provisional."""
