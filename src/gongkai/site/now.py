"""The clock of an installation."""

import os
from datetime import UTC, datetime
from pathlib import Path


def now() -> datetime:
    """This instant, in UTC. For tests and the demonstration ``GONGKAI_NOW`` sets another: an ISO instant with offset,
    or ``@FILE`` holding one, read at every use.

    Raises:
        ValueError: ``GONGKAI_NOW`` is no instant with an offset.
    """
    text = os.environ.get("GONGKAI_NOW", "")
    if text.startswith("@"):
        text = Path(text[1:]).read_text(encoding="utf-8").strip()
    if not text:
        return datetime.now(UTC)
    instant = datetime.fromisoformat(text)
    if instant.tzinfo is None:
        raise ValueError(f"GONGKAI_NOW: an instant with its offset from UTC is needed, not {text!r}")
    return instant.astimezone(UTC)
