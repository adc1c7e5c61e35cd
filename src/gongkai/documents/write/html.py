"""The report as one HTML page: real tables with their heads named, a print style, nothing fetched from anywhere."""

from collections.abc import Iterator
from html import escape
from pathlib import Path

from gongkai.documents.write.layout import CHARTS_HEADING, Document, Made
from gongkai.documents.write.table import PrintedTable, Slot, ems

_STYLE = Path(__file__).with_name("report.css")
_NARROW = 5
"""Tables with at most so many columns need no upright heads on a telephone."""
_TELEPHONE = 358.0
"""Width of the text on a telephone (390 CSS pixels); a table that needs more says that it scrolls."""


def make(document: Document, name: str) -> Made:
    """The page in UTF-8; it has nothing to warn of."""
    return Made(("\n".join(_page(document)) + "\n").encode())


def _page(document: Document) -> Iterator[str]:
    yield '<!doctype html>\n<html lang="zh-CN">\n<head>\n<meta charset="utf-8">'
    yield '<meta name="viewport" content="width=device-width, initial-scale=1">'
    yield f"<title>{_text(document.title)}</title>"
    if document.agency:
        yield f'<meta name="author" content="{escape(document.agency)}">'
    yield f"<style>\n{_STYLE.read_text(encoding='utf-8')}</style>\n</head>\n<body>\n<main>"
    yield f"<h1>{'<wbr>'.join(_text(line) for line in document.title_lines(0))}</h1>"
    yield from (f"<p>{_text(paragraph)}</p>" for paragraph in document.opening)
    for number, section in enumerate(document.sections, 1):
        label = f"part-{number}"
        if section.heading:
            yield f'<h2 id="{label}">{_text(section.heading)}</h2>'
        yield from (f"<p>{_text(paragraph)}</p>" for paragraph in section.paragraphs)
        for table in section.tables:
            name = f'aria-labelledby="{label}"' if section.heading else f'aria-label="{_text(document.title)}"'
            yield from _table(table, name, document.was)
    if document.charts:
        yield f'<h2 id="charts">{CHARTS_HEADING}</h2>'
    for chart in document.charts:
        yield f"<figure>\n{chart.svg}\n<figcaption>{_text(chart.title)}</figcaption>\n</figure>"
    yield "</main>\n</body>\n</html>"


def _table(table: PrintedTable, name: str, was: dict[str, str]) -> Iterator[str]:
    """A table that may be wider than the screen: its frame scrolls, also by keyboard."""
    kind = "down" if table.labels else "across"
    narrow = " narrow" if table.width <= _NARROW else ""
    scrolls = " scrolls" if _telephone_width(table) > _TELEPHONE else ""
    yield f'<div class="wide{scrolls}" role="region" tabindex="0" {name}>\n<table class="{kind}{narrow}" {name}>'
    yield "<colgroup>" + "".join(f'<col style="width:{width:.2%}">' for width in table.widths) + "</colgroup>"
    body = None
    for line in table.lines():
        row = line[0].row
        # Heads that hold for the whole table are its <thead>; each block of the others is a <tbody> of its own.
        wanted = "thead" if table.repeats and row < table.head else "tbody"
        begins = any(slot.kind == "block" for slot in line)
        if wanted != body or begins:
            if body:
                yield f"</{body}>"
            yield f"<{wanted}>"
            body = wanted
        yield f"<tr>{''.join(_cell(table, slot, was) for slot in line)}</tr>"
    yield f"</{body}>\n</table>\n</div>"


def _cell(table: PrintedTable, slot: Slot, was: dict[str, str]) -> str:
    spans = (f' rowspan="{slot.rowspan}"' if slot.rowspan > 1 else "") + (
        f' colspan="{slot.colspan}"' if slot.colspan > 1 else ""
    )
    text = "<br>".join(_text(line) for line in slot.text.split("\n"))
    if slot.kind == "figure":
        before = f' title="原为：{escape(was[slot.cell] or "空白")}"' if slot.cell in was else ""
        return f"<td{spans}{before}>{text}</td>"
    if slot.kind == "block":
        return f'<th{spans} class="block" scope="rowgroup">{text}</th>'
    if slot.kind == "label":
        group = slot.column + slot.colspan < table.labels
        size = ' class="group"' if group else ' class="leaf"' if slot.column == table.labels - 1 > 0 else ""
        return f'<th{spans}{size} scope="{"rowgroup" if group else "row"}">{text}</th>'
    if slot.kind == "corner":
        return f'<th{spans} scope="col">{text}</th>' if text else f"<td{spans}></td>"
    if slot.colspan > 1 and slot.row < table.head - 1:
        return f'<th{spans} scope="colgroup">{text}</th>'
    return f'<th{spans} class="head" scope="col">{text}</th>'


def _telephone_width(table: PrintedTable) -> float:
    """Least width in CSS pixels with the letters and margins that the style has for telephones."""
    columns = [0.0] * table.width
    for slot in table.slots:
        if slot.kind == "figure":
            width = (12 * ems(slot.text) + 7) / slot.colspan
            for column in range(slot.column, slot.column + slot.colspan):
                columns[column] = max(columns[column], 22.0, width)
    return sum(columns) + (24 * (table.labels - 1) + 110 if table.labels else 0)


def _text(text: str) -> str:
    """Escaped, and runs of spaces kept as they are."""
    return escape(text).replace("  ", " &nbsp;")
