"""The mapping file: words of an agency's own for columns and values, beside those of the rulebook.

agency = "青川市云岭区文化旅游局"
[columns]
"我的列名" = "收到日期"
[values."申请方式"]
"窗口" = "当面申请"
[defaults]
channel = "post_signed"

Columns and meanings may be called by their words or by their ids (received_on, in_person).
"""

import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from gongkai.core.message import message
from gongkai.documents.read.source import Unreadable
from gongkai.documents.register.compared import bare, comparable
from gongkai.rulebook.load.register import IGNORED, meanings, register_words

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
    values: dict[str, dict[str, str]] = {}
    columns = _columns()
    for each, table in _table(name, data, "values").items():
        field = columns.get(each) or each
        _check(field in meanings(), name, f"values.{each}", tuple(meanings()))
        values.setdefault(field, {}).update(_pairs(name, f"values.{each}", table, _meanings(field)))
    defaults = _table(name, data, "defaults")
    for key, value in defaults.items():
        _check(key in DEFAULTS, name, f"defaults.{key}", DEFAULTS)
        _check(isinstance(value, str | int) and bool(str(value).strip()), name, f"defaults.{key}", ("text",))
    agency = data.get("agency")
    _check(agency is None or (isinstance(agency, str) and bool(agency.strip())), name, "agency", ("text",))
    return Mapping(
        dict(_pairs(name, "columns", data.get("columns", {}), columns)),
        values,
        agency.strip() if agency else None,
        {key: str(value) for key, value in defaults.items()},
    )


def _table(name: str, data: dict[str, Any], key: str) -> dict[str, Any]:
    table = data.get(key, {})
    _check(isinstance(table, dict), name, key, (f"[{key}]",))
    return dict(table)


class _Known:
    """What a word may mean: by everything it may be called, in its comparable form."""

    def __init__(self, words: Sequence[tuple[str, Sequence[str]]]) -> None:
        self.usual = {meaning: bare(called[0]) for meaning, called in words}
        self._meanings = {comparable(word): meaning for meaning, called in words for word in (*called, meaning)}

    def get(self, called: object) -> str | None:
        """The meaning of a word or an id."""
        return self._meanings.get(comparable(called)) if isinstance(called, str) else None

    def offered(self) -> tuple[str, ...]:
        """Each meaning by its usual word and its id."""
        return tuple(id if word == id else f"{word} ({id})" for id, word in self.usual.items())


def _columns() -> _Known:
    words = [(column.concept, column.words) for column in register_words().columns]
    return _Known([*words, (IGNORED, ("忽略", "ignore"))])


def _meanings(field: str) -> _Known:
    return _Known(list(register_words().fields[field].words.items()))


def _pairs(name: str, key: str, table: object, known: _Known) -> Iterator[tuple[str, str]]:
    """Printed words with what they mean."""
    if not isinstance(table, dict):
        raise _broken(name, key, (f"[{key}]",))
    for word, called in table.items():
        meaning = known.get(called)
        if meaning is None:
            said = {"file": name, "key": f"{key}.{word}", "found": called, "known": known.offered()}
            raise Unreadable(message("register.mapping-value", **said))
        yield word, meaning


def _check(holds: bool, name: str, key: str, known: tuple[str, ...]) -> None:
    if not holds:
        raise _broken(name, key, known)


def _broken(name: str, key: str, known: tuple[str, ...]) -> Unreadable:
    return Unreadable(message("register.mapping-broken", file=name, key=key, known=known))
