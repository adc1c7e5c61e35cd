"""Writes the inputs of the reading benchmark: invented reports as real sites and offices publish them.

    python bench/inputs/make.py

``lean.html`` is a page of bare markup with long prose (60 kB), ``portal.html`` a small bureau's report as a portal's
editor leaves it, among the portal's menus (130 kB), ``report.docx`` the latter's article on Word's own template. The
agency and all figures are invented. Run it only to change the inputs: figures measured on other inputs cannot be
compared.
"""

import random
from html import escape
from pathlib import Path
from typing import Any

from gongkai.core.tables.form import Block, Form, Table
from gongkai.rulebook.load.forms import form

HERE = Path(__file__).parent
AGENCY = "青川市云岭区住房和城乡建设局"
PROSE = (
    "2025年，{agency}认真贯彻落实《中华人民共和国政府信息公开条例》，坚持以公开为常态、不公开为例外，及时回应社会关切，"
    "全年通过政府信息公开平台主动公开政府信息86条，依申请公开办理流程进一步规范，政府信息管理、平台建设和监督保障各项工作有序推进。"
)


def figures(current: Form) -> dict[str, int]:
    """Consistent figures for every cell: a few requests, the rest zero."""
    rng = random.Random(2025)
    cells = {id: 0 for table in current.tables for id in table.cells()}
    for row in ("granted", "unable.not_held", "refused.process"):
        for column in ("natural_person", "business"):
            cells[f"requests/{row}/{column}"] = rng.randint(0, 9)
    for rule in ("column-total", "balance", "row-total"):
        for identity in current.identities_of(rule):
            if rule == "balance":
                cells[identity.plus[0]] = cells[identity.total]
            elif identity.total in cells:
                cells[identity.total] = sum(cells.get(cell, 0) for cell in identity.plus)
    return cells


def rows(table: Table, block: Block, cells: dict[str, int]) -> list[list[tuple[str, int, int]]]:
    """Printed rows as ``(text, rowspan, colspan)``."""
    lines: list[list[tuple[str, int, int]]] = []
    printed = [row for row in block.rows if row.id not in table.alternatives]
    opened: list[str] = []
    for row in printed:
        under = [label.text for label in row.under]
        line = []
        for depth, label in enumerate(under):
            if opened[: depth + 1] != under[: depth + 1]:
                below = [other for other in printed if [x.text for x in other.under][: depth + 1] == under[: depth + 1]]
                line.append((label, len(below), 1))
        opened = under
        line.append((row.label.text, 1, 1 if block.heading else 3 - len(under)))
        line.extend((str(cells[f"{table.id}/{row.id}/{column.id}"]), 1, 1) for column in block.columns)
        lines.append(line)
    return lines


def head(block: Block) -> list[list[tuple[str, int, int]]]:
    if block.heading and block.row_heading:
        names = [(column.label.text, 1, 1) for column in block.columns]
        return [[(block.heading.text, 1, 1 + len(names))], [(block.row_heading.text, 1, 1), *names]]
    names = [column.label.text for column in block.columns]
    return [
        [("（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）", 3, 3), ("申请人情况", 1, 7)],
        [(names[0], 2, 1), ("法人或其他组织", 1, 5), (names[-1], 2, 1)],
        [(name, 1, 1) for name in names[1:-1]],
    ]


def across(table: Table, cells: dict[str, int]) -> list[list[tuple[str, int, int]]]:
    block = table.blocks[0]
    names = [(column.label.text, 1, 1) for column in block.columns]
    return [
        [("行政复议", 1, 5), ("行政诉讼", 1, 10)],
        [(text, 2, 1) for text, _, _ in names] + [("未经复议直接起诉", 1, 5), ("复议后起诉", 1, 5)],
        names + names,
        [(str(cells[f"{table.id}/{row.id}/{column.id}"]), 1, 1) for row in block.rows for column in block.columns],
    ]


def grid(table: Table, cells: dict[str, int]) -> list[list[tuple[str, int, int]]]:
    if table.layout == "across":
        return across(table, cells)
    return [line for block in table.blocks for line in (*head(block), *rows(table, block, cells))]


def report(cell: str, paragraph: str, table_tag: str, repeat: int) -> str:
    """The report's HTML; ``cell`` and ``paragraph`` are templates of the markup around a text."""
    current = form("annual-2021")
    cells = figures(current)
    prose = paragraph.format(text=PROSE.format(agency=AGENCY))
    pieces = [paragraph.format(text=f"根据《条例》和国办公开办函〔2021〕30号要求，{AGENCY}编制本报告。")]
    for part, numeral in zip(current.parts, "一二三四五六", strict=True):
        pieces.append(paragraph.format(text=f"{numeral}、{part.label.text}"))
        table = next((table for table in current.tables if table.part == part.number), None)
        if table:
            pieces.append(table_tag)
            for line in grid(table, cells):
                pieces.append("<tr>")
                for text, rowspan, colspan in line:
                    spans = (f' rowspan="{rowspan}"' if rowspan > 1 else "") + (
                        f' colspan="{colspan}"' if colspan > 1 else ""
                    )
                    pieces.append(cell.format(text=escape(text), spans=spans))
                pieces.append("</tr>\n")
            pieces.append("</table>\n")
        elif part.number == 6:
            pieces.append(paragraph.format(text="本年度未发出收费通知，收取信息处理费0元。"))
        else:
            pieces.extend([prose] * repeat)
    return "".join(pieces)


def page(body: str, menu: int) -> str:
    link = '<li><a href="/zwgk/fdzdgknr/{n}/index.html" target="_blank">栏目之{n}</a></li>\n'
    links = "".join(link.format(n=n) for n in range(menu))
    title = f"{AGENCY}2025年政府信息公开工作年度报告"
    return (
        f'<!doctype html><html lang="zh"><head><meta charset="utf-8"><title>{title}</title></head>\n'
        f'<body><div class="nav"><ul>{links}</ul></div><div class="article"><h1>{title}</h1>\n'
        f'{body}</div><div class="foot"><p>主办单位：{AGENCY}</p></div></body></html>\n'
    )


EDITOR_CELL = '<td{spans} width="52" valign="center" style="border:1px solid #000;text-align:center">{text}</td>\n'
EDITOR_PARAGRAPH = (
    '<p style="text-indent:32px;line-height:200%"><span style="font-family:仿宋_GB2312;'
    'font-size:21px">{text}</span></p>\n'
)


def office(path: Path, repeat: int) -> None:
    """The report as an office document: Word's own template, real tables with merged cells."""
    import docx

    current = form("annual-2021")
    cells = figures(current)
    document = docx.Document()
    document.add_paragraph(f"{AGENCY}2025年政府信息公开工作年度报告")
    document.add_paragraph(f"根据《条例》和国办公开办函〔2021〕30号要求，{AGENCY}编制本报告。")
    for part, numeral in zip(current.parts, "一二三四五六", strict=True):
        document.add_paragraph(f"{numeral}、{part.label.text}")
        table = next((table for table in current.tables if table.part == part.number), None)
        if table:
            _office_table(document, grid(table, cells))
        elif part.number == 6:
            document.add_paragraph("本年度未发出收费通知，收取信息处理费0元。")
        else:
            for _ in range(repeat):
                document.add_paragraph(PROSE.format(agency=AGENCY))
    document.save(str(path))


def _office_table(document: Any, lines: list[list[tuple[str, int, int]]]) -> None:
    width = max(sum(colspan for _, _, colspan in line) for line in lines)
    table = document.add_table(rows=len(lines), cols=width)
    table.style = "Table Grid"
    slots = [[table.cell(row, column) for column in range(width)] for row in range(len(lines))]
    taken: set[tuple[int, int]] = set()
    for row, line in enumerate(lines):
        column = 0
        for text, rowspan, colspan in line:
            while (row, column) in taken:
                column += 1
            slots[row][column].text = text
            if rowspan > 1 or colspan > 1:
                slots[row][column].merge(slots[row + rowspan - 1][column + colspan - 1])
            taken |= {(row + down, column + right) for down in range(rowspan) for right in range(colspan)}


def main() -> None:
    """Write the three inputs."""
    HERE.mkdir(exist_ok=True)
    lean = page(report('<td{spans} class="xl">{text}</td>\n', "<p>{text}</p>\n", "<table>\n", 12), 500)
    portal = page(report(EDITOR_CELL, EDITOR_PARAGRAPH, '<table border="1" cellspacing="0">\n', 4), 1220)
    (HERE / "lean.html").write_text(lean, encoding="utf-8")
    (HERE / "portal.html").write_text(portal, encoding="utf-8")
    office(HERE / "report.docx", 4)
    print(len(lean.encode()), len(portal.encode()))


if __name__ == "__main__":
    main()
