"""The demonstration county: invented agencies and people, whose days are lived one by one through the one door."""
