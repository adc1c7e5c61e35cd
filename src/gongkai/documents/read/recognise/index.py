"""A form seen from its printed words: which label means which row, column, block or part."""

from dataclasses import dataclass, field
from functools import lru_cache

from gongkai.core.tables.form import Block, Column, Form, Row, Table
from gongkai.documents.read.recognise.labels import keys


@dataclass(eq=False)
class TableIndex:
    """The words of one table. A word may mean several things (``其他`` is a row and a column); position decides."""

    table: Table
    rows: dict[str, tuple[Block, Row]] = field(default_factory=dict)
    columns: set[str] = field(default_factory=set)
    columns_of: dict[Block, dict[str, Column]] = field(default_factory=dict)
    groups: set[str] = field(default_factory=set)
    headings: set[str] = field(default_factory=set)
    vocabulary: set[str] = field(default_factory=set)
    guesses: dict[str, tuple[Block, Row] | None] = field(default_factory=dict)
    """Rows that a label in no list was taken for, so that the search for them is made once."""

    def __post_init__(self) -> None:
        ids: dict[str, set[str]] = {}
        for block in self.table.blocks:
            if block.heading:
                self.headings.update(keys(block.heading))
            if block.row_heading:
                self.headings.update(keys(block.row_heading))
            for row in block.rows:
                for word in keys(row.label):
                    self.rows.setdefault(word, (block, row))
                for label in row.under:
                    self.groups.update(keys(label))
            for column in block.columns:
                for word in keys(column.label):
                    ids.setdefault(word, set()).add(column.id)
                for label in column.under:
                    self.groups.update(keys(label))
        # A word that names a column in one block names the same column in the others.
        for block in self.table.blocks:
            named = {word: column for column in reversed(block.columns) for word in ids if column.id in ids[word]}
            self.columns_of[block] = named
        self.columns = set(ids)
        self.vocabulary = {*self.rows, *self.columns, *self.groups, *self.headings}


@lru_cache(maxsize=16)
def table_indexes(form: Form) -> tuple[TableIndex, ...]:
    """The words of each table of a form."""
    return tuple(TableIndex(table) for table in form.tables)
