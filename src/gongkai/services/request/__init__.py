"""Acts on requests (政府信息公开申请)."""
