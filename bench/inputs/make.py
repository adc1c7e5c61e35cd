"""Writes the inputs of the reading benchmark: invented reports as real sites and offices publish them.

    python bench/inputs/make.py

``lean.html`` is a page of bare markup (60 kB), ``portal.html`` the same report as pasted from an office program into
a portal with menus (130 kB), ``report.docx`` the article as LibreOffice saves it. The agency and all figures are
invented. Run it only to change the inputs: figures measured on other inputs cannot be compared.
"""

import random
import subprocess
import tempfile
from html import escape
from pathlib import Path

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
    link = '<li><a href="/zwgk/{n}/index.html" target="_blank">栏目之{n}</a></li>\n'
    links = "".join(link.format(n=n) for n in range(menu))
    title = f"{AGENCY}2025年政府信息公开工作年度报告"
    return (
        f'<!doctype html><html lang="zh"><head><meta charset="utf-8"><title>{title}</title></head>'
        f'<body><div class="nav"><ul>{links}</ul></div><div class="article"><h1>{title}</h1>\n'
        f'{body}</div><div class="foot"><p>主办单位：{AGENCY}</p></div></body></html>\n'
    )


OFFICE_CELL = (
    '<td{spans} style="border:1px solid #000;padding:0 5px;width:52px"><p style="text-align:center;line-height:150%">'
    '<span style="font-family:宋体;font-size:14px;color:#333333;letter-spacing:0">{text}</span></p></td>\n'
)
OFFICE_PARAGRAPH = (
    '<p style="text-indent:32px;line-height:200%"><span style="font-family:仿宋_GB2312;font-size:21px">'
    "{text}</span></p>\n"
)


def main() -> None:
    """Write the three inputs."""
    lean = page(report('<td{spans} class="xl">{text}</td>\n', "<p>{text}</p>\n", "<table>\n", 24), 430)
    portal = page(report(OFFICE_CELL, OFFICE_PARAGRAPH, '<table border="1" cellspacing="0">\n', 24), 650)
    (HERE / "lean.html").write_text(lean, encoding="utf-8")
    (HERE / "portal.html").write_text(portal, encoding="utf-8")
    with tempfile.TemporaryDirectory() as folder:
        article = page(report(OFFICE_CELL, OFFICE_PARAGRAPH, '<table border="1" cellspacing="0">\n', 4), 0)
        (Path(folder) / "report.html").write_text(article, encoding="utf-8")
        convert = ["soffice", f"-env:UserInstallation=file://{folder}/profile", "--headless", "--convert-to"]
        subprocess.run(
            [*convert, "docx:MS Word 2007 XML", "--outdir", HERE, f"{folder}/report.html"],
            check=True,
            stdout=subprocess.DEVNULL,
        )
    print(len(lean.encode()), len(portal.encode()))


if __name__ == "__main__":
    main()
