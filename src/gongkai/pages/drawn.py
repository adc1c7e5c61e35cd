"""What a page has by the hundred: cells of tables, days of a strip. A template takes four times as long."""

from html import escape

from django.utils.safestring import SafeString, mark_safe

from gongkai.pages.cells import StripCell
from gongkai.pages.language import words
from gongkai.pages.shapes import Cell, Table


def table_rows(table: Table) -> SafeString:
    """The rows of a table; the first cell of each names it."""
    kinds = [' class="numeric"' if column.numeric else "" for column in table.columns]
    rows = []
    for first, *others in table.rows:
        cells = [f"<td{kind}>{_inner(cell)}</td>" for kind, cell in zip(kinds[1:], others, strict=True)]
        rows.append(f'<tr><th scope="row">{_inner(first)}</th>{"".join(cells)}</tr>\n')
    return mark_safe("".join(rows))  # every text in it is escaped


def strip_days(cells: list[StripCell]) -> SafeString:
    """The days of a strip: each says the whole to who hovers or listens, and its date and mark to who looks."""
    said = {"today": words("pages.strip.today"), "provisional": words("pages.strip.provisional")}
    notes = {state: f'<span class="note">{escape(text)}</span>' for state, text in said.items()}
    return mark_safe("".join(_day(cell, notes) for cell in cells))  # every text in it is escaped


def _day(cell: StripCell, notes: dict[str, str]) -> str:
    states = [*(["run"] * (cell.days > 1)), *(["provisional"] * (not cell.certain)), *(["today"] * cell.today)]
    text, current = escape(cell.text), ' aria-current="date"' if cell.today else ""
    face = f'<span class="date">{escape(cell.date)}</span><span class="mark">{escape(cell.mark)}</span>'
    face += "".join(notes[state] for state in reversed(states) if state in notes)
    return (
        f'<li class="{" ".join([cell.kind, *states])}" title="{text}"{current}><span class="unseen">{text}</span>'
        f'<span class="face" aria-hidden="true">{face}</span></li>\n'
    )


def _inner(cell: Cell) -> str:
    text, url, badge = cell
    shown = escape(text)
    if url:
        shown = f'<a href="{escape(url)}">{shown}</a>'
    if badge:
        shown += f' <strong class="badge {badge.tone}">{escape(badge.text)}</strong>'
    return shown
