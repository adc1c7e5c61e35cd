"""What a page has by the dozen: cells of tables, days of a strip, links. A template takes five times as long."""

from collections.abc import Iterable
from html import escape

from django.template.defaultfilters import linebreaksbr
from django.utils.safestring import SafeString, mark_safe

from gongkai.core.law.steps import Step
from gongkai.pages.cells import StripCell, kinds
from gongkai.pages.language import day, words, workdays, written
from gongkai.pages.shapes import Answer, Cell, Link, Moment, Table, Tile


def table_rows(table: Table) -> SafeString:
    """The rows of a table; the first cell of each names it."""
    kinds = [' class="numeric"' if column.numeric else "" for column in table.columns]
    rows = []
    for first, *others in table.rows:
        cells = [f"<td{kind}>{_inner(cell)}</td>" for kind, cell in zip(kinds[1:], others, strict=True)]
        rows.append(f'<tr><th scope="row">{_inner(first)}</th>{"".join(cells)}</tr>\n')
    return mark_safe("".join(rows))  # every text in it is escaped


def links(links: Iterable[Link]) -> SafeString:
    """Places to go, as items of a list."""
    shown = (
        f'<li><a href="{escape(each.url)}"{_HERE if each.here else ""}>{escape(each.label)}</a></li>\n'
        for each in links
    )
    return mark_safe("".join(shown))  # every text in it is escaped


_HERE = ' aria-current="page"'


def tiles(tiles: Iterable[Tile]) -> SafeString:
    """Counts, each with the way to what it counts."""
    return mark_safe("".join(map(_tile, tiles)))  # every text in it is escaped


def _tile(tile: Tile) -> str:
    shown = f"{escape(tile.label)} <strong>{tile.number}</strong>"
    if tile.url:
        shown = f'<a href="{escape(tile.url)}"{_HERE if tile.here else ""}>{shown}</a>'
    else:
        shown = f"<span>{shown}</span>"
    return f'<li class="{tile.tone}">{shown}</li>\n'


def answers(answers: Iterable[Answer]) -> SafeString:
    """Lines of a summary list, those that may be changed with the way to it."""
    return mark_safe("".join(map(_answer, answers)))  # every text in it is escaped


def _answer(answer: Answer) -> str:
    label, change = escape(answer.label), ""
    if answer.change_url:
        change = (
            f'<a href="{escape(answer.change_url)}">{words("pages.change")}<span class="unseen"> {label}</span></a>'
        )
        change = f'<dd class="change">{change}</dd>'
    return f"<div><dt>{label}</dt><dd>{linebreaksbr(answer.value)}</dd>{change}</div>\n"


def moment(moment: Moment) -> SafeString:
    """What happened, with its day; without the letters that left because of it."""
    shown = f'<time datetime="{moment.on.isoformat()}">{day(moment.on)}</time>\n    <p>{escape(moment.text)}</p>'
    if moment.detail:
        shown += f'\n    <p class="quiet">{escape(moment.detail)}</p>'
    return mark_safe(shown)  # every text in it is escaped


def reckoning_steps(steps: Iterable[Step]) -> SafeString:
    """The lines of a reckoning, each with the working days counted so far."""
    told = ((step.message, words("pages.deadline.so-far", days=workdays(step.total))) for step in steps)
    shown = (f'<li>{escape(written(said))} <span class="quiet">{escape(so_far)}</span></li>\n' for said, so_far in told)
    return mark_safe("".join(shown))  # every text in it is escaped


def legend(cells: list[StripCell]) -> SafeString:
    """The kinds of day that occur in a strip, in words."""
    shown = (f'<li class="{kind}">{escape(words(f"pages.strip.kind.{kind}"))}</li>\n' for kind in kinds(cells))
    return mark_safe("".join(shown))  # every text in it is escaped


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
    shown = escape(cell.text)
    if cell.url:
        shown = f'<a href="{escape(cell.url)}">{shown}</a>'
    if cell.badge:
        shown += f' <strong class="badge {cell.badge.tone}">{escape(cell.badge.text)}</strong>'
    return shown
