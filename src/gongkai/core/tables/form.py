"""A form (报告格式) as data: parts, tables, rows, columns, typed cells, sums.

Nothing here knows a year or the name of a row: the forms themselves are ``rulebook/cn/forms/*.toml``, read by
``rulebook/load/forms.py`` into these classes. A cell is named ``<table>/<row>/<column>`` everywhere.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Literal, NamedTuple

CellType = Literal["count", "signed_count", "amount"]
"""count: integer ≥ 0 · signed_count: integer, a change up or down · amount: decimal ≥ 0 in the column's unit."""


@dataclass(frozen=True, slots=True)
class Label:
    """Printed words for one concept: ``text`` as the form prints them, ``variants`` as others have printed them."""

    key: str
    text: str
    variants: tuple[str, ...] = ()

    @property
    def all(self) -> tuple[str, ...]:
        """The official words first, then the known variants."""
        return (self.text, *self.variants)


@dataclass(frozen=True, eq=False)
class Row:
    """One printed line of figures. ``under``: the group headings it stands below, outermost first (no figures)."""

    id: str
    label: Label
    under: tuple[Label, ...] = ()


@dataclass(frozen=True, eq=False)
class Column:
    """One column of figures. ``unit`` is the printed unit of an amount (万元, 元), else ``None``."""

    id: str
    label: Label
    under: tuple[Label, ...] = ()
    type: CellType = "count"
    unit: str | None = None


@dataclass(frozen=True, eq=False)
class Block:
    """Rows that share their columns under one heading, such as 第二十条第（一）项. Tables three and four have one."""

    heading: Label | None
    row_heading: Label | None
    rows: tuple[Row, ...]
    columns: tuple[Column, ...]


@dataclass(frozen=True, eq=False)
class Table:
    """A table of the form.

    ``layout`` is ``down`` where every row is printed as a line, ``across`` where all rows stand side by side in
    one line (table four). ``alternatives`` maps a row printed in place of others to those others: a 2021 report
    that prints （六）其他处理 as one row has ``other.all`` instead of three. Such rows are in ``blocks`` too.
    """

    id: str
    part: int
    layout: Literal["down", "across"]
    corner: str | None
    blocks: tuple[Block, ...]
    alternatives: dict[str, tuple[str, ...]]

    def cells(self, *, alternatives: bool = False) -> Iterator[str]:
        """Ids of all cells in printing order; those of alternative rows only when asked for."""
        for block in self.blocks:
            for row in block.rows:
                if alternatives or row.id not in self.alternatives:
                    for column in block.columns:
                        yield f"{self.id}/{row.id}/{column.id}"


@dataclass(frozen=True)
class Part:
    """One of the report's parts (一、总体情况 …). ``heads`` are the subjects that it must treat, with their words."""

    number: int
    label: Label
    heads: tuple[Label, ...] = ()


class Identity(NamedTuple):
    """One sum that must hold: value(total) = Σ plus − Σ minus + Σ previous (cells of last year's report).

    ``rule`` is the check that reports it (``row-total``, ``balance`` …). A blank counts as 0; a sum whose cells
    are all blank is not checked.
    """

    rule: str
    table: str
    total: str
    plus: tuple[str, ...]
    minus: tuple[str, ...] = ()
    previous: tuple[str, ...] = ()

    @property
    def cells(self) -> tuple[str, ...]:
        """Every cell of this year's report in the sum, the total first."""
        return (self.total, *self.plus, *self.minus)


@dataclass(frozen=True, eq=False)
class Form:
    """A whole form; a form equals only itself, so that it can index what is made of it. ``source`` cites the notice
    that set it, ``last_year`` the last year whose report stands on it (``None``: in force), ``file`` its rulebook file.
    """

    id: str
    name: str
    source: str
    title: str
    parts: tuple[Part, ...]
    tables: tuple[Table, ...]
    identities: tuple[Identity, ...]
    last_year: int | None = None
    file: str = ""

    @cached_property
    def types(self) -> dict[str, Column]:
        """Column (type and unit) of every cell id, alternatives included."""
        return {
            f"{table.id}/{row.id}/{column.id}": column
            for table in self.tables
            for block in table.blocks
            for row in block.rows
            for column in block.columns
        }

    @cached_property
    def cell_ids(self) -> tuple[str, ...]:
        """Every cell in printing order, without those of alternative rows."""
        return tuple(id for table in self.tables for id in table.cells())

    @cached_property
    def by_table(self) -> dict[str, Table]:
        """Tables by id."""
        return {table.id: table for table in self.tables}

    def identities_of(self, rule: str) -> tuple[Identity, ...]:
        """The sums that one rule checks."""
        return self._by_rule.get(rule, ())

    @cached_property
    def _by_rule(self) -> dict[str, tuple[Identity, ...]]:
        rules = dict.fromkeys(identity.rule for identity in self.identities)
        return {rule: tuple(each for each in self.identities if each.rule == rule) for rule in rules}

    @cached_property
    def sum_rules(self) -> frozenset[str]:
        """The rules whose sums lie within one report."""
        return frozenset(identity.rule for identity in self.identities if not identity.previous)
