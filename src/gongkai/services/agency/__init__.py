"""An agency and who works in it (机关、岗位)."""
