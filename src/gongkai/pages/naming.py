"""What things are called in the language of the page; the words of a form as it prints them, or in English."""

from contextlib import suppress
from functools import cache

from gongkai.core.ledger.request import Request
from gongkai.core.tables.fill import REQUESTS
from gongkai.core.tables.form import Form, Table
from gongkai.documents.write.table import Slot
from gongkai.pages.language import lang, words
from gongkai.rulebook.load.forms import forms
from gongkai.rulebook.load.messages import catalogue, cell_label
from gongkai.services.report.names import label_name, part_name


def state_name(request: Request) -> str:
    """How far a request has come, in a word; of one that was answered, that it was."""
    return words("state.replied" if request.replied_on else f"state.{request.state}")


def table_name(form: Form, table: str) -> str:
    """What a table is called: by the part that it stands in."""
    return part_name(form, form.by_table[table].part, lang())


def cell_name(form: Form, cell: str) -> str:
    """A cell, or a group of cells, by its table, row and column."""
    table, _, rest = cell.partition("/")
    row, _, column = rest.rpartition("/")
    if lang() == "zh" or table not in form.by_table:
        return cell_label(cell)
    row, column = _row(form.by_table[table], row), _column(form.by_table[table], column)
    return words("printed.cell", table=table_name(form, table), row=row, column=column)


@cache
def cell_called(cell: str) -> str:
    """A cell whichever form has it, for a page in English; an id that none knows as it is."""
    for form in forms():
        with suppress(KeyError):
            if (name := cell_name(form, cell)) != cell:
                return name
    return cell


def row_name(form: Form, row: str) -> str:
    """A row of the table of requests with its group; ``other.all`` where the form parts those no further."""
    rows = {each.id: each for block in form.by_table[REQUESTS].blocks for each in block.rows}
    found = rows.get(row) or rows[f"{row.partition('.')[0]}.all"]
    under = [label_name("groups", label, lang()) for label in found.under[1:]]
    return " · ".join((*under, label_name("rows", found.label, lang())))


def term(form: Form, cell: str, total: str) -> str:
    """A cell within the sum of a total, by that which the two do not share: its column within a row, else its row."""
    table, row, column = cell.split("/")
    if total.startswith(f"{table}/{row}/"):
        return _column(form.by_table[table], column)
    return _row(form.by_table[table], row)


def _row(table: Table, id: str) -> str:
    rows = [row for block in table.blocks for row in block.rows]
    labels = {row.id: ("rows", row.label) for row in rows}
    groups = {label.key: ("groups", label) for row in rows for label in row.under}
    return label_name(*(groups | labels)[id], lang())


def _column(table: Table, id: str) -> str:
    columns = [column for block in table.blocks for column in block.columns]
    labels = {column.id: ("columns", column.label) for column in columns}
    groups = {label.key: ("groups", label) for column in columns for label in column.under}
    return label_name(*(groups | labels)[id], lang())


def printed(form: Form, slot: Slot) -> tuple[str, bool]:
    """The words of a printed cell that is no figure, and whether they are those of the form rather than English."""
    text = slot.text.replace("\n", "")
    if lang() == "zh":
        return text, True
    english = _english(form, slot.kind).get(text)
    return (english, False) if english else (text, True)


@cache
def _english(form: Form, kind: str) -> dict[str, str]:
    """The printed words of a form and their English; those of heads and those of rows are apart."""
    blocks = [block for table in form.tables for block in table.blocks]
    rows = [row for block in blocks for row in block.rows]
    columns = [column for block in blocks for column in block.columns]
    labels = [("groups", label) for row in rows for label in row.under] + [("rows", row.label) for row in rows]
    if kind == "head":
        labels += [("groups", label) for column in columns for label in column.under]
        labels += [("columns", column.label) for column in columns]
    else:
        labels += [("blocks", block.heading) for block in blocks if block.heading]
        labels += [("heads", block.row_heading) for block in blocks if block.row_heading]
    known = catalogue()
    return {label.text: known[id]["en"] for kind, label in labels if (id := f"name.{kind}.{label.key}") in known}
