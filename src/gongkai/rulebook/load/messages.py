"""Reads ``rulebook/messages``: every sentence that people read, Chinese and English beside each other, by id.

    ["row-total.broken"]
    zh = "{cell}：填写为 {found}，按各栏之和应为 {expected}。"
    en = "{cell}: {found} stands here, the columns add up to {expected}."

Cell ids given as ``cell``, ``cells`` or a name that ends so are shown in Chinese by their printed labels, a
``part_number`` as its numeral (第六部分), an ``event`` or a ``state`` by its name, what was ``found`` in a file as JSON
where it is a list or an object, a message as its sentence.
"""

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from functools import cache, lru_cache
from pathlib import Path
from typing import Literal

from gongkai.core.message import Message
from gongkai.core.tables.form import Block, Form, Row, Table
from gongkai.rulebook.load.compiled import compiled
from gongkai.rulebook.load.fields import Fields, RulebookError

FOLDER = Path(__file__).parent.parent / "messages"

Lang = Literal["zh", "en"]
LANGS: tuple[Lang, ...] = ("zh", "en")

NUMERALS = "零一二三四五六七八九十"


Day = Callable[[date], str]


def render(message: Message, lang: str = "zh", day: Day = date.isoformat) -> str:
    """The sentence in one language, dates as ``day`` writes them. A message without words, or without what they need,
    is shown as it is.
    """
    return _filled(message, lang, day) if message.params else _fixed(message.id, lang)


@lru_cache(10_000)
def _fixed(id: str, lang: str) -> str:
    """A sentence without gaps: most of what pages say."""
    return _filled(Message(id, {}), lang, date.isoformat)


def _filled(message: Message, lang: str, day: Day) -> str:
    words = catalogue().get(message.id)
    if words is not None:
        shown = {name: _shown(name, value, lang, day) for name, value in message.params.items()}
        try:
            return words["en" if lang == "en" else "zh"].format_map(shown)
        except (KeyError, IndexError, ValueError, AttributeError):
            pass
    params = ", ".join(f"{name}={value}" for name, value in message.params.items())
    return f"{message.id} ({params})" if params else message.id


_NAMED = {
    **{"event": "event", "state": "state", "roles": "role", "grade": "grade", "next": "grade"},
    "item_field": "item.field",
}
"""Params whose values are shown by their names, and below which ids those stand."""


@cache
def catalogue() -> Mapping[str, Mapping[str, str]]:
    """Every sentence of the rulebook by id and language. Raises ``RulebookError`` for a broken file."""
    return compiled("messages", [Path(__file__), *FOLDER.glob("*.toml")], lambda: load(FOLDER))


def load(folder: Path) -> dict[str, dict[str, str]]:
    """Read a folder of messages; an id stands in one file only, in both languages."""
    import tomllib  # only here: sentences kept from an earlier run need no parser

    sentences: dict[str, dict[str, str]] = {}
    for file in sorted(folder.glob("*.toml")):
        try:
            top = Fields(file.name, tomllib.loads(file.read_text(encoding="utf-8")))
        except (UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
            raise RulebookError(file.name, "", f"cannot be read: {error}") from None
        for id in top.names():
            if id in sentences:
                top.fail(id, "stands in another file too")
            fields = top.table(id)
            sentences[id] = {lang: fields.text(lang) for lang in LANGS}
            fields.done()
        top.done()
    return sentences


_PLAIN = (str, int)


@cache
def _plain(name: str) -> bool:
    """Whether a text or number given under this name is shown as it is."""
    return name not in _NAMED and name != "part_number" and name.rpartition("_")[2] not in ("cell", "cells")


def _shown(name: str, value: object, lang: str, day: Day) -> object:
    if isinstance(value, _PLAIN) and _plain(name):
        return value
    if isinstance(value, Message):
        return render(value, lang, day)
    if isinstance(value, date):
        return day(value)
    if value is None:
        return "blank" if lang == "en" else "空白"
    if name == "found" and isinstance(value, list | dict):
        import json  # only what a user's file holds comes as such

        return json.dumps(value, ensure_ascii=False)
    many = not isinstance(value, str) and isinstance(value, Iterable)
    if name == "part_number" and lang != "en" and isinstance(value, int) and 0 < value < len(NUMERALS):
        return NUMERALS[value]
    items = list(value) if many and isinstance(value, Iterable) else [value]
    if name in _NAMED:
        items = [_called(f"{_NAMED[name]}.{item}", item, lang) for item in items]
    if name.rpartition("_")[2] in ("cell", "cells") and lang != "en":
        items = [cell_label(str(item)) for item in items]
    if many:
        words = list(map(str, items))
        comma = ", " if lang == "en" else "、"
        return ("；" if any("、" in word for word in words) else comma).join(words)
    return items[0]


def _called(id: str, value: object, lang: str) -> object:
    words = catalogue().get(id)
    return value if words is None else words["en" if lang == "en" else "zh"]


@cache
def cell_label(cell: str) -> str:
    """A cell in printed words, 表三「（七）总计 · 自然人」; groups such as ``requests/refused/total`` too.

    An id that no form knows is shown as it is.
    """
    from gongkai.rulebook.load.forms import forms

    table, _, rest = cell.partition("/")
    row, _, column = rest.rpartition("/")
    for form in forms():
        label = _label(form, table, row, column)
        if label is not None:
            return label
    return cell


def _label(form: Form, table_id: str, row_id: str, column_id: str) -> str | None:
    table = form.by_table.get(table_id)
    if table is None:
        return None
    for block in table.blocks:
        column = next((column.label.text for column in block.columns if column.id == column_id), None)
        group = next((label.text for column in block.columns for label in column.under if label.key == column_id), None)
        if column is None and group is None:
            continue
        name = _row_label(block, row_id)
        if name is not None:
            return f"{_number(table)}「{name} · {column or group}」"
    return None


def _row_label(block: Block, id: str) -> str | None:
    for row in block.rows:
        if row.id == id:
            return _with_group(row)
    return next((label.text for row in block.rows for label in row.under if label.key == id), None)


def _with_group(row: Row) -> str:
    """The row's label, after its innermost group where several stand above it: 3.其他 alone says nothing."""
    return f"{row.under[-1].text} {row.label.text}" if len(row.under) > 1 else row.label.text


def _number(table: Table) -> str:
    """Tables are called after the part that they stand in: 表三 in part three."""
    return f"表{NUMERALS[table.part]}" if table.part < len(NUMERALS) else ""
