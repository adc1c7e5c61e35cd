"""An invented report, laid out in the ways in which published reports have really been laid out."""

import random
import re
from collections.abc import Callable

from gongkai.core.tables.form import Form, Table
from gongkai.core.tables.report import Place
from gongkai.documents.read.source import Grid, Paragraph, Source
from gongkai.rulebook.load.forms import form

NUMERALS = "一二三四五六"


class Sample:
    """Figures for a form, consistent, reproducible from a seed, and pieces of a printed report around them."""

    def __init__(self, form_id: str = "annual-2021", seed: int = 1, single_other: bool = False) -> None:
        self.form: Form = form(form_id)
        self.random = random.Random(seed)
        self.single_other = single_other
        self.cells = self._figures()

    def table(self, id: str) -> Table:
        return self.form.by_table[id]

    def rows(self, id: str) -> list[tuple[list[str], list[str]]]:
        """For each printed row its label words (groups first) and its figures."""
        table = self.table(id)
        lines = []
        for block in table.blocks:
            for row in block.rows:
                if self._printed(table, row.id):
                    labels = [label.text for label in row.under] + [row.label.text]
                    lines.append((labels, [str(self.cells[f"{id}/{row.id}/{c.id}"]) for c in block.columns]))
        return lines

    def _printed(self, table: Table, row: str) -> bool:
        if not table.alternatives:
            return True
        if self.single_other:
            return row not in {other for others in table.alternatives.values() for other in others}
        return row not in table.alternatives

    def _figures(self) -> dict[str, int]:
        cells: dict[str, int] = {}
        for table in self.form.tables:
            for block in table.blocks:
                for row in block.rows:
                    if self._printed(table, row.id):
                        for column in block.columns:
                            zero = self.random.random() < 0.6
                            cells[f"{table.id}/{row.id}/{column.id}"] = 0 if zero else self.random.randint(1, 130)
        sums = [i for i in self.form.identities if not i.previous]
        for (
            identity
        ) in sums:  # totals of columns first, then new = total + carried_out − carried_in, then totals of rows
            if identity.rule == "column-total":
                cells[identity.total] = sum(cells.get(cell, 0) for cell in identity.plus)
        for identity in sums:
            if identity.rule == "balance":
                new, carried = identity.plus
                need = cells[identity.total] + cells[identity.minus[0]]
                cells[carried] = min(cells[carried], need)
                cells[new] = need - cells[carried]
        for identity in sums:
            if identity.rule in ("row-total", "review-total") and identity.total in cells:
                cells[identity.total] = sum(cells[cell] for cell in identity.plus)
        return cells

    # ---- layouts of one table, each a list of blocks -------------------------------------------------

    def grid(self, id: str, *, repeat_labels: bool = False, one_label: bool = False, header: bool = True) -> Grid:
        """The table with its cells kept, spans as indexes."""
        return to_grid(self.printed(id, repeat_labels=repeat_labels, one_label=one_label, header=header))

    def printed(
        self, id: str, *, repeat_labels: bool = False, one_label: bool = False, header: bool = True
    ) -> list[list[str]]:
        """Rows of slots; an empty string below or beside a label is its continuation."""
        table = self.table(id)
        if table.layout == "across":
            return self._across(id)
        lines: list[list[str]] = []
        for block in table.blocks:
            if header:
                names = ["\n".join(c.label.text) if c.id == "natural_person" else c.label.text for c in block.columns]
                if block.heading:
                    lines.append([block.heading.text])
                    lines.append([block.row_heading.text, *names])
                else:
                    pad = 0 if one_label else 2
                    lines.append([table.corner or "", *[""] * pad, "申请人情况", *[""] * 6])
                    lines.append([*[""] * (pad + 1), names[0], "法人或其他组织", "", "", "", "", "总计"])
                    lines.append([*[""] * (pad + 1), "", *names[1:-1], ""])
            last: list[str] = []
            for row in block.rows:
                if not self._printed(table, row.id):
                    continue
                under = [label.text for label in row.under]
                figures = [str(self.cells[f"{id}/{row.id}/{c.id}"]) for c in block.columns]
                if block.heading:
                    labels = [row.label.text]
                elif one_label:
                    labels = ["".join([*under[-1:], row.label.text]) if len(under) > 1 else row.label.text]
                else:
                    shown = [
                        text if repeat_labels or under[: n + 1] != last[: n + 1] else "" for n, text in enumerate(under)
                    ]
                    labels = [*shown, row.label.text, *[""] * 2][: 3 if len(under) < 3 else 4]
                    labels = labels[:3]
                last = under
                lines.append([*labels, *figures])
        return lines

    def _across(self, id: str) -> list[list[str]]:
        table = self.table(id)
        block = table.blocks[0]
        names = [column.label.text for column in block.columns]
        first = ["行政复议", *[""] * 4, "行政诉讼", *[""] * 9]
        second = [*names, "未经复议直接起诉", *[""] * 4, "复议后起诉", *[""] * 4]
        third = [*[""] * 5, *names, *names]
        figures = [str(self.cells[f"{id}/{row.id}/{c.id}"]) for row in block.rows for c in block.columns]
        return [first, second, third, figures]

    def words(self, id: str) -> list[str]:
        """Every cell that is not empty, in reading order."""
        return [cell for row in self.printed(id) for cell in row if cell]

    # ---- the whole report ----------------------------------------------------------------------------

    def source(self, layout: Callable[["Sample", str], list[Grid | Paragraph]], **kwargs: object) -> Source:
        year = self.form.last_year or 2021
        blocks: list[Grid | Paragraph] = [
            para(f"云岭县民政局{year}年政府信息公开工作年度报告"),
            para("根据《中华人民共和国政府信息公开条例》，云岭县民政局编制了本报告。"),
        ]
        for part in self.form.parts:
            blocks.append(para(f"{NUMERALS[part.number - 1]}、{part.label.text}"))
            tables = [table.id for table in self.form.tables if table.part == part.number]
            if tables:
                blocks.extend(layout(self, tables[0]))
            else:
                blocks.append(para(f"第{part.number}部分的文字，2021年共公开信息35条。"))
        return Source("invented", blocks, **kwargs)  # type: ignore[arg-type]


def para(text: str) -> Paragraph:
    return Paragraph(text, Place())


def to_grid(lines: list[list[str]]) -> Grid:
    """A grid in which every slot is a cell of its own."""
    texts = [cell for line in lines for cell in line]
    rows, start = [], 0
    for line in lines:
        rows.append(list(range(start, start + len(line))))
        start += len(line)
    return Grid(texts, rows, [Place(row=1)] * len(texts))


def lines_of(text: str) -> list[Grid | Paragraph]:
    return [para(line.strip()) for line in text.split("\n") if line.strip()]


def squeeze(text: str) -> str:
    return re.sub(r"\s+", "", text)
