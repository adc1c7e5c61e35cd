"""Reads ``rulebook/cn/register``: by which words the columns of a register are known, and what stands in its cells.

A fault names the file, the key and what is wrong with it. The printed labels of the annual report are taken from the
forms, so that a label is written once.
"""

from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import NamedTuple, get_args

from gongkai.core.ledger.events import ApplicantKind, Channel, Result
from gongkai.rulebook.load.compiled import compiled
from gongkai.rulebook.load.fields import Fields
from gongkai.rulebook.load.forms import FOLDER as FORMS
from gongkai.rulebook.load.forms import form
from gongkai.rulebook.load.toml import read_toml

FOLDER = Path(__file__).parent.parent / "cn" / "register"

_FORM = "annual-2021"
_NO_OUTCOME = ("new", "carried_in", "total", "carried_out", "other.all")
_RESULTS = {"upheld": "upheld", "corrected": "corrected", "other": "other", "open": "pending"}
"""The columns of table four by the result of a case."""

WITHDRAWN, OPEN = "withdrawn", "open"
"""What may stand in a column of outcomes and is no row of the report: taken back; not closed yet."""

CONCEPTS = (
    *("number", "agency", "applicant_name", "applicant_kind", "channel", "subject", "received_on"),
    *("correction_notice_sent", "correction_received"),
    *("third_party_sent", "third_party_received", "third_party_answered", "third_party_opinion"),
    *("joint_organ_sent", "joint_organ_received", "joint_organ_answered"),
    *("other_organ_sent", "other_organ_received", "other_organ_answered"),
    *("extension_notified", "extension_days", "delay_notified", "delayed_until"),
    *("fee_notice_received", "fee_paid", "replied", "outcome", "withdrawn"),
    *("reconsideration_filed", "reconsideration_ref", "reconsideration_result", "reconsideration_decided"),
    *("litigation_filed", "litigation_ref", "after_reconsideration", "litigation_result", "litigation_decided"),
)
"""What a column of a register can be about."""


IGNORED = "ignored"
"""What a mapping calls a column that is no part of a request, so that nobody is told of it again."""


class ColumnWords(NamedTuple):
    """The words of one column, the usual one first; ``short`` are those beneath a heading of ``group``."""

    concept: str
    words: tuple[str, ...]
    group: str | None = None
    short: tuple[str, ...] = ()


class FieldWords(NamedTuple):
    """What may stand in the cells of a field: words by meaning, and those too wide to have one."""

    words: Mapping[str, tuple[str, ...]]
    vague: tuple[str, ...]


class RegisterWords(NamedTuple):
    """The words of registers. ``sums`` and ``notes`` begin rows that are no request; ``issuer`` stands before the name
    of the agency above the header.
    """

    columns: tuple[ColumnWords, ...]
    groups: Mapping[str, tuple[str, ...]]
    neutral: tuple[str, ...]
    sums: tuple[str, ...]
    notes: tuple[str, ...]
    issuer: tuple[str, ...]
    fields: Mapping[str, FieldWords]

    def word(self, concept: str) -> str:
        """The usual word of a column."""
        return next(column.words[0] for column in self.columns if column.concept == concept)


@cache
def register_words() -> RegisterWords:
    """The words of the rulebook. Raises ``RulebookError`` for a broken file."""
    files = [Path(__file__), *FOLDER.glob("*.toml"), *FORMS.glob("*.toml")]
    return compiled("register", files, lambda: load(FOLDER))


@cache
def meanings() -> Mapping[str, tuple[str, ...]]:
    """What the cells of each field can mean: ``applicant_kind``, ``channel``, ``outcome``, ``result`` …"""
    table = form(_FORM).by_table["requests"]
    rows = [row.id for block in table.blocks for row in block.rows if row.id not in _NO_OUTCOME]
    return {
        "applicant_kind": get_args(ApplicantKind),
        "channel": get_args(Channel),
        "outcome": (*rows, WITHDRAWN, OPEN),
        "result": (*get_args(Result), OPEN),
        "opinion": ("agrees", "objects"),
        "yes_no": ("yes", "no"),
    }


@cache
def outcomes() -> frozenset[str]:
    """The rows of the report that are an outcome of a request."""
    return frozenset(meanings()["outcome"]) - {WITHDRAWN, OPEN}


def load(folder: Path) -> RegisterWords:
    """Read a folder of ``columns.toml`` and ``values.toml``."""
    top = _table(folder / "columns.toml")
    groups = _texts(top.table("groups"))
    neutral = top.table("neutral")
    rows = top.table("rows")
    columns = tuple(_columns(top.table("columns"), groups))
    sums, notes, issuer = (rows.texts(name) for name in ("sums", "notes", "issuer"))
    words = RegisterWords(columns, groups, neutral.texts("words"), sums, notes, issuer, _fields(folder))
    for fields in (neutral, rows, top):
        fields.done()
    return words


def _columns(fields: Fields, groups: Mapping[str, tuple[str, ...]]) -> Iterator[ColumnWords]:
    for concept in CONCEPTS:
        entry = fields.table(concept)
        group = entry.choice("under", tuple(groups)) if entry.has("under") else None
        short = entry.texts("short") if group else ()
        yield ColumnWords(concept, (entry.text("text"), *entry.texts("variants", ())), group, short)
        entry.done()
    fields.done()


def _fields(folder: Path) -> dict[str, FieldWords]:
    top = _table(folder / "values.toml")
    printed = _printed()
    found = {}
    for field, known in meanings().items():
        entry = top.table(field)
        words = {meaning: (*printed.get((field, meaning), ()), *entry.texts(meaning, ()), meaning) for meaning in known}
        found[field] = FieldWords(words, entry.texts("vague"))
        entry.done()
    top.done()
    return found


def _printed() -> dict[tuple[str, str], tuple[str, ...]]:
    """What the annual report prints for a meaning, and the variants of that."""
    requests, review = (form(_FORM).by_table[table] for table in ("requests", "review"))
    printed = {}
    for block in requests.blocks:
        for row in block.rows:
            if row.id not in _NO_OUTCOME:
                printed["outcome", row.id] = row.label.all
        for column in block.columns:
            printed["applicant_kind", column.id] = column.label.all
    columns = {column.id: column.label.all for block in review.blocks for column in block.columns}
    for meaning, column_id in _RESULTS.items():
        printed["result", meaning] = columns[column_id]
    return printed


def _texts(fields: Fields) -> dict[str, tuple[str, ...]]:
    return {name: fields.texts(name) for name in fields.names()}


def _table(file: Path) -> Fields:
    return Fields(file.name, read_toml(file))
