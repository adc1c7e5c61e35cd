"""Opens the rulebook's TOML files; whatever is wrong with one is named with it."""

from pathlib import Path
from typing import Any

from gongkai.core.message import message
from gongkai.rulebook.load.fields import RulebookError


def read_toml(file: Path, name: str = "") -> dict[str, Any]:
    """What a file says; ``name`` is what faults call it. Raises ``RulebookError`` where it cannot be read."""
    import tomllib  # only here: what was kept from an earlier run needs no parser

    name = name or file.name
    try:
        return tomllib.loads(file.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise RulebookError(name, "", message("rulebook.missing")) from None
    except OSError as error:
        raise RulebookError(name, "", message("rulebook.cannot-read", reason=error.strerror)) from None
    except UnicodeDecodeError as error:
        raise RulebookError(name, "", message("rulebook.not-utf8", reason=error.reason)) from None
    except ValueError as error:  # no TOML, or a number of more digits than Python reads
        raise RulebookError(name, "", message("rulebook.no-toml", reason=str(error))) from None
