"""A form seen from its printed words: which label means which row, column, block or part."""

from dataclasses import dataclass, field
from functools import lru_cache

from gongkai.core.tables.form import Block, Column, Form, Row, Table
from gongkai.documents.read.recognise.labels import keys


@dataclass
class TableIndex:
    """The words of one table. A word may mean several things (``其他`` is a row and a column); position decides."""

    table: Table
    rows: dict[str, tuple[Block, Row]] = field(default_factory=dict)
    columns: dict[str, set[str]] = field(default_factory=dict)
    groups: set[str] = field(default_factory=set)
    headings: set[str] = field(default_factory=set)
    blocks: dict[str, Block] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for block in self.table.blocks:
            if block.heading:
                for word in keys(block.heading):
                    self.headings.add(word)
                    self.blocks[word] = block
            if block.row_heading:
                self.headings.update(keys(block.row_heading))
            for row in block.rows:
                for word in keys(row.label):
                    self.rows.setdefault(word, (block, row))
                for label in row.under:
                    self.groups.update(keys(label))
            for column in block.columns:
                for word in keys(column.label):
                    self.columns.setdefault(word, set()).add(column.id)
                for label in column.under:
                    self.groups.update(keys(label))

    def knows(self, word: str) -> bool:
        """Whether a comparable label belongs to this table in any role."""
        return word in self.rows or word in self.columns or word in self.groups or word in self.headings

    def columns_of(self, block: Block, words: list[str]) -> list[Column | None]:
        """For each header word the block's column that it names, or ``None``."""
        return [_column(block, self.columns.get(word, set())) for word in words]


@lru_cache(maxsize=16)
def index(form: Form) -> tuple[TableIndex, ...]:
    """The words of each table of a form."""
    return tuple(TableIndex(table) for table in form.tables)


def _column(block: Block, ids: set[str]) -> Column | None:
    return next((column for column in block.columns if column.id in ids), None)
