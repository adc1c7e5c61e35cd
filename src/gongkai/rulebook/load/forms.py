"""Reads ``rulebook/cn/forms``: the forms and the labels that they share.

A fault names the file, the key and what is wrong with it, so that whoever corrects a form needs no Python.
"""

from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any, cast

from gongkai.core.tables.form import Block, CellType, Column, Form, Identity, Label, Part, Row, Table
from gongkai.rulebook.load.compiled import compiled
from gongkai.rulebook.load.fields import Fields, RulebookError
from gongkai.rulebook.load.toml import read_toml

FOLDER = Path(__file__).parent.parent / "cn" / "forms"
LABELS = "labels.toml"
KINDS = ("parts", "heads", "groups", "blocks", "rows", "columns")
TYPES = ("count", "signed_count", "amount")

Labels = dict[str, dict[str, Label]]


@cache
def forms() -> tuple[Form, ...]:
    """All forms of the rulebook, newest id first. Raises ``RulebookError`` for a broken file."""
    return compiled("forms", [Path(__file__), *FOLDER.glob("*.toml")], lambda: load(FOLDER))


def form(id: str) -> Form:
    """The form with this id (``annual-2021``). Raises ``KeyError`` naming the ids that exist."""
    for candidate in forms():
        if candidate.id == id:
            return candidate
    raise KeyError(f"no form {id!r}; known: {', '.join(candidate.id for candidate in forms())}")


def load(folder: Path) -> tuple[Form, ...]:
    """Read a folder of forms: ``labels.toml`` and one file a form, named after its id."""
    labels = _labels(folder / LABELS)
    files = sorted((file for file in folder.glob("annual-*.toml")), reverse=True)
    if not files:
        raise RulebookError(folder.name, "", "holds no form (annual-*.toml)")
    return tuple(_form(file, labels) for file in files)


def _labels(file: Path) -> Labels:
    top = Fields(file.name, read_toml(file))
    labels: Labels = {}
    for kind in KINDS:
        fields = top.table(kind)
        labels[kind] = {}
        for key in fields.names():
            entry = fields.table(key)
            labels[kind][key] = Label(key, entry.text("text"), entry.texts("variants", ()))
            entry.done()
    top.done()
    return labels


def _form(file: Path, labels: Labels) -> Form:
    top = Fields(file.name, read_toml(file))
    id = top.text("id")
    if id != file.stem:
        top.fail("id", f"must be the file's name {file.stem!r}, not {id!r}")
    name, source, title = top.text("name"), top.text("source"), top.text("title")
    last_year = top.integer("last_year") if top.has("last_year") else None
    parts = tuple(_part(fields, labels) for fields in top.tables("parts"))
    numbers = [part.number for part in parts]
    if numbers != list(range(1, len(parts) + 1)):
        top.fail("parts", f"must be numbered 1, 2, 3 … in order, not {numbers}")
    tables = tuple(_table(fields, labels, numbers) for fields in top.tables("tables"))
    _unique(top, "tables", [table.id for table in tables])
    by_id = {table.id: table for table in tables}
    identities = tuple(identity for fields in top.tables("identities") for identity in _identities(fields, by_id))
    top.done()
    return Form(id, name, source, title, parts, tables, identities, last_year, file.name)


def _part(fields: Fields, labels: Labels) -> Part:
    heads = tuple(_find(fields, "heads", key, labels["heads"]) for key in fields.texts("heads", ()))
    part = Part(fields.integer("number"), _label(fields, "label", labels["parts"]), heads)
    fields.done()
    return part


def _table(fields: Fields, labels: Labels, parts: list[int]) -> Table:
    id = fields.text("id")
    part = fields.integer("part")
    if part not in parts:
        fields.fail("part", f"no part {part} in this form; parts: {parts}")
    layout = fields.choice("layout", ("down", "across"))
    corner = fields.text("corner") if fields.has("corner") else None
    blocks = tuple(_block(block, labels) for block in fields.tables("blocks"))
    rows = [row.id for block in blocks for row in block.rows]
    _unique(fields, "blocks", rows)
    alternatives: dict[str, tuple[str, ...]] = {}
    if fields.has("alternatives"):
        given = fields.table("alternatives")
        for key in given.names():
            alternatives[key] = given.texts(key)
            for row in (key, *alternatives[key]):
                if row not in rows:
                    given.fail(key, f"no row {row!r} in this table")
    fields.done()
    return Table(id, part, cast(Any, layout), corner, blocks, alternatives)


def _block(fields: Fields, labels: Labels) -> Block:
    heading = _label(fields, "heading", labels["blocks"]) if fields.has("heading") else None
    row_heading = _label(fields, "row_heading", labels["blocks"]) if fields.has("row_heading") else None
    rows = tuple(_row(row, labels) for row in fields.tables("rows"))
    columns = tuple(_column(column, labels) for column in fields.tables("columns"))
    _unique(fields, "rows", [row.id for row in rows])
    _unique(fields, "columns", [column.id for column in columns])
    fields.done()
    return Block(heading, row_heading, rows, columns)


def _row(fields: Fields, labels: Labels) -> Row:
    row = Row(*_named(fields, labels, "rows"))
    fields.done()
    return row


def _column(fields: Fields, labels: Labels) -> Column:
    id, label, under = _named(fields, labels, "columns")
    type = cast(CellType, fields.choice("type", TYPES, "count"))
    unit = fields.text("unit") if fields.has("unit") else None
    if type == "amount" and unit is None:
        fields.fail("unit", "is missing: an amount needs its printed unit (万元, 元)")
    fields.done()
    return Column(id, label, under, type, unit)


def _named(fields: Fields, labels: Labels, kind: str) -> tuple[str, Label, tuple[Label, ...]]:
    """Id, label and group headings of a row or column; the label is the one of its id unless another is named."""
    id = fields.text("id")
    if "/" in id:
        fields.fail("id", f"must not hold a slash: {id!r}")
    label = _find(fields, "label", fields.text("label", id), labels[kind])
    if fields.has("label_text"):
        label = Label(label.key, fields.text("label_text"), (label.text, *label.variants))
    under = tuple(_find(fields, "under", key, labels["groups"]) for key in fields.texts("under", ()))
    return id, label, under


def _label(fields: Fields, name: str, labels: dict[str, Label]) -> Label:
    return _find(fields, name, fields.text(name), labels)


def _find(fields: Fields, name: str, key: str, labels: dict[str, Label]) -> Label:
    if key not in labels:
        fields.fail(name, f"no label {key!r} in {LABELS}; known: {', '.join(labels)}")
    return labels[key]


def _unique(fields: Fields, name: str, ids: list[str]) -> None:
    for id in ids:
        if ids.count(id) > 1:
            fields.fail(name, f"{id!r} stands twice")


def _identities(fields: Fields, tables: dict[str, Table]) -> Iterator[Identity]:
    """Write out one sum for every row, or every column, that it is said to hold in."""
    rule, _, id = fields.text("rule"), fields.text("source"), fields.text("table")
    if id not in tables:
        fields.fail("table", f"no table {id!r} in this form; known: {', '.join(tables)}")
    each = fields.choice("each", ("row", "column"))
    only = fields.texts("rows", ()) if each == "row" else fields.texts("columns", ())
    total, plus = fields.text("total"), fields.texts("plus", ())
    minus, previous = fields.texts("minus", ()), fields.texts("previous", ())
    fields.done()
    if not plus and not previous:
        fields.fail("plus", "a sum needs something to add: plus or previous")
    blocks = tables[id].blocks
    used = (total, *plus, *minus, *previous)
    if each == "row":
        known = {column.id for block in blocks for column in block.columns}
        over = [row.id for block in blocks if {c.id for c in block.columns} >= set(used) for row in block.rows]
    else:
        known = {row.id for block in blocks for row in block.rows}
        over = [column.id for block in blocks for column in block.columns]
    for part in used:
        if part not in known:
            other = "column" if each == "row" else "row"
            fields.fail("total" if part == total else "plus", f"no {other} {part!r} in table {id!r}")
    for part in only:
        if part not in over:
            fields.fail("rows" if each == "row" else "columns", f"no {each} {part!r} that has these figures")

    def cell(part: str, place: str) -> str:
        return f"{id}/{place}/{part}" if each == "row" else f"{id}/{part}/{place}"

    for place in only or over:
        yield Identity(
            rule,
            id,
            cell(total, place),
            tuple(cell(part, place) for part in plus),
            tuple(cell(part, place) for part in minus),
            tuple(cell(part, place) for part in previous),
        )
