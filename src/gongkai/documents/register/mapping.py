"""The mapping file: words of an agency's own for columns and values, beside those of the rulebook.

agency = "青川市云岭区文化旅游局"
[columns]
"我的列名" = "received_on"
[values.channel]
"窗口" = "in_person"
[defaults]
channel = "post_signed"
"""

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from gongkai.core.message import message
from gongkai.documents.read.source import Unreadable
from gongkai.rulebook.load.register import CONCEPTS, meanings

DEFAULTS = ("applicant_kind", "channel", "extension_days", "after_reconsideration")
"""Columns that a register may lack, or leave blank, because they are the same throughout."""


@dataclass(frozen=True)
class Mapping:
    """Foreign words: ``columns`` by printed name, ``values`` by field and printed value, ``defaults`` by column."""

    columns: dict[str, str] = field(default_factory=dict)
    values: dict[str, dict[str, str]] = field(default_factory=dict)
    agency: str | None = None
    defaults: dict[str, str] = field(default_factory=dict)


def read_mapping(path: Path) -> Mapping:
    """Read a mapping file.

    Raises:
        Unreadable: no such file, no TOML, a key, column or meaning that nobody knows; the message names file and key.
    """
    name = str(path)
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except FileNotFoundError as error:
        raise Unreadable(message("read.missing", file=name)) from error
    except OSError as error:
        raise Unreadable(message("read.failed", file=name, reason=error.strerror or str(error))) from error
    except UnicodeDecodeError as error:
        raise Unreadable(message("register.mapping-not-utf8", file=name)) from error
    except tomllib.TOMLDecodeError as error:
        raise Unreadable(message("register.mapping-not-toml", file=name, reason=str(error))) from error
    known = ("agency", "columns", "values", "defaults")
    for key in data:
        _check(key in known, name, key, known)
    values = {}
    for each, words in _table(name, data, "values").items():
        _check(each in meanings(), name, f"values.{each}", tuple(meanings()))
        values[each] = dict(_pairs(name, f"values.{each}", words, meanings()[each]))
    defaults = _table(name, data, "defaults")
    for key, value in defaults.items():
        _check(key in DEFAULTS, name, f"defaults.{key}", DEFAULTS)
        _check(isinstance(value, str | int) and bool(str(value).strip()), name, f"defaults.{key}", ("text",))
    agency = data.get("agency")
    _check(agency is None or (isinstance(agency, str) and bool(agency.strip())), name, "agency", ("text",))
    return Mapping(
        dict(_pairs(name, "columns", data.get("columns", {}), CONCEPTS)),
        values,
        agency.strip() if agency else None,
        {key: str(value) for key, value in defaults.items()},
    )


def _table(name: str, data: dict[str, Any], key: str) -> dict[str, Any]:
    table = data.get(key, {})
    _check(isinstance(table, dict), name, key, (f"[{key}]",))
    return dict(table)


def _pairs(name: str, key: str, table: object, known: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    """Printed words with what they mean."""
    if not isinstance(table, dict):
        raise _broken(name, key, (f"[{key}]",))
    for word, meaning in table.items():
        _check(meaning in known, name, f"{key}.{word}", known)
        yield word, meaning


def _check(holds: bool, name: str, key: str, known: tuple[str, ...]) -> None:
    if not holds:
        raise _broken(name, key, known)


def _broken(name: str, key: str, known: tuple[str, ...]) -> Unreadable:
    return Unreadable(message("register.mapping-broken", file=name, key=key, known=known))
