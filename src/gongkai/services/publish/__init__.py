"""Acts on items of proactive disclosure (主动公开)."""
