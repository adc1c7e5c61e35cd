"""What an address or a form asks for by number."""

_DIGITS = 18
"""So many fit the ids of both databases; Python itself refuses to read thousands."""


def number(text: str) -> int | None:
    """The number that a text is, an id or a place in a list; ``None`` where it is none or longer than any can be."""
    return int(text) if text.isascii() and text.isdigit() and len(text) <= _DIGITS else None
