"""A report's tables drawn for a terminal."""

from gongkai.cli.columns import Line, shorten, table
from gongkai.cli.terminal import Terminal
from gongkai.core.tables.form import Block, Form, Label, Row, Table
from gongkai.core.tables.report import ABSENT, Number, Report
from gongkai.services.report.names import label_name, part_name


def draw(report: Report, terminal: Terminal) -> None:
    """All tables of the report that stand in it, each under the heading of its part."""
    for form_table in report.form.tables:
        if not report.has_table(form_table.id):
            continue
        terminal.line()
        terminal.line(terminal.style(_heading(report.form, form_table, terminal), "head"))
        for block in form_table.blocks:
            terminal.line()
            for text in _block(report, form_table, block, terminal):
                terminal.line("  " + text)


def _heading(form: Form, form_table: Table, terminal: Terminal) -> str:
    """What a table is called: by the part that it stands in, as the forms give tables no names."""
    name = part_name(form, form_table.part, terminal.lang)
    return name if terminal.lang == "zh" else f"{form_table.id}: {name}"


def _block(report: Report, form_table: Table, block: Block, terminal: Terminal) -> list[str]:
    rows = [row for row in block.rows if _printed(report, form_table, row, block)]
    lines: list[Line] = []
    under: tuple[Label, ...] = ()
    for row in rows:
        for depth, group in enumerate(row.under):
            if under[: depth + 1] != row.under[: depth + 1]:
                lines.append(Line(label_name("groups", group, terminal.lang), (), depth))
        under = row.under
        texts = [_text(report, f"{form_table.id}/{row.id}/{column.id}", terminal) for column in block.columns]
        lines.append(Line(label_name("rows", row.label, terminal.lang), texts, len(row.under)))
    corner = label_name("blocks", block.heading, terminal.lang) if block.heading else ""
    heads = [label_name("columns", column.label, terminal.lang) for column in block.columns]
    return table(corner, heads, lines, terminal.width - 2)


def _printed(report: Report, form_table: Table, row: Row, block: Block) -> bool:
    """Whether to show a row: an alternative where it stands, a row that another stands for where that one does not."""

    def there(id: str) -> bool:
        cells = (report.cells.get(f"{form_table.id}/{id}/{column.id}", ABSENT) for column in block.columns)
        return any(cell.printed is not None for cell in cells)

    if row.id in form_table.alternatives:
        return there(row.id)
    replaced = any(row.id in others and there(other) for other, others in form_table.alternatives.items())
    return there(row.id) or not replaced


def _text(report: Report, cell: str, terminal: Terminal) -> str:
    found = report.cells.get(cell, ABSENT)
    if found.value is not None:
        return digits(found.value)
    return terminal.words("read.absent") if found.printed is None else shorten(found.printed, 12)


def figures(report: Report) -> int:
    """How many cells hold a number."""
    return sum(cell.value is not None for cell in report.cells.values())


def digits(value: Number | str) -> str:
    """A figure as plain digits, a text as it is."""
    return str(value) if isinstance(value, int | str) else format(value, "f")
