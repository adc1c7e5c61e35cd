"""The clock of an installation."""

import os
from datetime import UTC, datetime
from pathlib import Path

from gongkai.cli.terminal import Refused
from gongkai.core.ledger.entry import SHANGHAI
from gongkai.core.message import message


def now() -> datetime:
    """This instant, in UTC. For tests and the demonstration ``GONGKAI_NOW`` sets another: an ISO instant with offset,
    or ``@FILE`` holding one, read at every use.

    Raises:
        Refused: ``GONGKAI_NOW`` is no instant with an offset.
    """
    text = os.environ.get("GONGKAI_NOW", "")
    try:
        if text.startswith("@"):
            text = Path(text[1:]).read_text(encoding="utf-8").strip()
        if not text:
            return datetime.now(UTC)
        instant = datetime.fromisoformat(text)
        if instant.tzinfo is not None:
            instant.astimezone(SHANGHAI)  # what lies at the end of time is no day there
            return instant.astimezone(UTC)
    except (OSError, ValueError, OverflowError):
        pass
    raise Refused(message("terminal.site.bad-now", found=text))
