"""Reads ``rulebook/cn/columns.toml``: the columns of the platform (栏目), as shown and as kept in ledgers."""

from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Literal, NamedTuple, cast, get_args

from gongkai.core.message import message
from gongkai.rulebook.load.fields import Fields
from gongkai.rulebook.load.toml import read_toml

Documents = Literal["rules", "normative_documents"]
"""规章、行政规范性文件."""

FILE = Path(__file__).parent.parent / "cn" / "columns.toml"


class Column(NamedTuple):
    """A column with its name in two languages and the rule that asks for it; ``parts`` are the columns within it.

    ``holds``: items, or the annual reports, which are written and published as such. ``counts``: the row of documents
    in part two of the report (``art20``) that the items of the column are, if they are any.
    """

    id: str
    zh: str
    en: str
    source: str
    parts: tuple["Column", ...] = ()
    holds: str = "items"
    counts: Documents | None = None

    @property
    def leaves(self) -> tuple["Column", ...]:
        """The columns in which items stand: its parts, or itself where it has none."""
        return self.parts or (self,)


class Columns(NamedTuple):
    """All columns: the top ones in order."""

    tops: tuple[Column, ...]

    @property
    def leaves(self) -> tuple[Column, ...]:
        """The columns in which an item may be published."""
        return tuple(leaf for top in self.tops for leaf in top.leaves if leaf.holds == "items")

    def find(self, id: str) -> Column | None:
        """The column of an id, at the top or within."""
        return next((each for each in self._all() if each.id == id), None)

    def _all(self) -> Iterator[Column]:
        for top in self.tops:
            yield top
            yield from top.parts


@cache
def columns() -> Columns:
    """The columns. Raises ``RulebookError`` for a broken file."""
    return load(FILE)


def load(file: Path) -> Columns:
    """Read a file of columns; no id stands twice."""
    top = Fields(file.name, read_toml(file))
    top.text("source")
    seen: set[str] = set()
    found = Columns(tuple(_column(fields, seen, True) for fields in top.tables("columns")))
    top.done()
    return found


def _column(fields: Fields, seen: set[str], may_part: bool) -> Column:
    id = fields.text("id")
    if id in seen:
        fields.fail("id", message("rulebook.twice", found=repr(id)))
    seen.add(id)
    names = fields.text("zh"), fields.text("en"), fields.text("source")
    parts = fields.tables("parts") if may_part and fields.has("parts") else []
    holds = fields.choice("holds", ("items", "reports"), "items")
    counts = cast("Documents", fields.choice("counts", get_args(Documents))) if fields.has("counts") else None
    column = Column(id, *names, tuple(_column(part, seen, False) for part in parts), holds, counts)
    fields.done()
    return column
