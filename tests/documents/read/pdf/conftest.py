"""PDFs made at test time, by several producers, of invented reports."""

import os
import re
import subprocess
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from html import escape
from pathlib import Path

import manimgx_fonts_cjk
import pikepdf
import pytest
import typst

from gongkai.core.tables.form import Label, Row
from gongkai.documents.read.source import Grid, Source
from gongkai.rulebook.load.forms import form

FONTS = Path(manimgx_fonts_cjk.__file__).parent
AGENCY = "青川市民政局"
TITLE = f"{AGENCY}2023年政府信息公开工作年度报告"
OPENING = (
    f"根据《中华人民共和国政府信息公开条例》的规定，{AGENCY}编制了本报告。报告中所列数据的统计时限为2023年1月1日起至"
    "2023年12月31日止。电子版可在本机关网站查阅，如有疑问请联系本机关办公室，电话0999-1234567。"
)
SETUP = (
    '#set text(font: "Noto Sans CJK SC", lang: "zh", region: "cn", size: 11pt)\n'
    "#set par(first-line-indent: (amount: 2em, all: true), justify: true)\n"
)


@dataclass(frozen=True)
class Printed:
    """One cell of a table as it is to be printed."""

    text: str
    rows: int = 1
    columns: int = 1


@dataclass(frozen=True)
class Invented:
    """An invented report: title, opening, and table three as its printed lines and its figures by row label."""

    lines: list[list[Printed]]
    figures: dict[str, list[str]]
    title: str = TITLE
    opening: str = OPENING

    def found_in(self, source: Source) -> dict[str, list[str]]:
        """The last seven slots of each row of a source whose label is one of table three's, by that label."""
        found: dict[str, list[str]] = {}
        for grid in source.blocks:
            if isinstance(grid, Grid):
                for row in grid.rows:
                    label = bare(grid.texts[row[-8]]) if len(row) > 7 else ""
                    if label in self.figures:
                        assert label not in found
                        assert len(set(row[-7:])) == 7
                        found[label] = [grid.texts[cell] for cell in row[-7:]]
        return found

    def typst(self, columns: str = "(2.2em, 5em, 1fr) + (3em,) * 7", options: str = "stroke: 0.5pt") -> str:
        """Table three in typst."""
        return typst_table(self.lines, columns, options)


def bare(text: str) -> str:
    """A label without white space."""
    return re.sub(r"\s", "", text)


def _lines(rows: tuple[Row, ...], figures: list[list[str]]) -> Iterator[list[Printed]]:
    columns = form("annual-2021").by_table["requests"].blocks[0].columns
    corner = form("annual-2021").by_table["requests"].corner or ""
    yield [Printed(corner, 3, 3), Printed("申请人情况", 1, 7)]
    yield [Printed("自\n然\n人", 2), Printed("法人或其他组织", 1, 5), Printed("总计", 2)]
    yield [Printed(column.label.text) for column in columns[1:-1]]
    spans: dict[Label, int] = {}
    for row in rows:
        for label in row.under:
            spans[label] = spans.get(label, 0) + 1
    begun: set[Label] = set()
    for row, values in zip(rows, figures, strict=True):
        new = [label for label in row.under if label not in begun]
        begun.update(new)
        heads = [Printed(label.text, spans[label]) for label in new]
        label = Printed(row.label.text, 1, 3 - len(row.under))
        yield [*heads, label, *(Printed(value) for value in values)]


@pytest.fixture(scope="session")
def invented() -> Invented:
    """A report with a filled table three, every figure different from its neighbours, some of its cells blank."""
    table = form("annual-2021").by_table["requests"]
    rows = tuple(row for row in table.blocks[0].rows if row.id not in table.alternatives)
    figures = [
        ["" if (r * 7 + c) % 5 == 0 else str((r * 13 + c * 5) % 120) for c in range(7)] for r in range(len(rows))
    ]
    labels = [bare(row.label.text) for row in rows]
    assert len(labels) == 25
    return Invented(list(_lines(rows, figures)), dict(zip(labels, figures, strict=True)))


def quoted(text: str) -> str:
    """A text as a typst string."""
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n") + '"'


def typst_table(lines: list[list[Printed]], columns: str, options: str = "stroke: 0.5pt") -> str:
    """A table in typst."""
    cells = [
        f"table.cell(rowspan: {cell.rows}, colspan: {cell.columns})[#{quoted(cell.text)}],"
        for line in lines
        for cell in line
    ]
    return f"#table(columns: {columns}, {options}, align: center + horizon,\n" + "\n".join(cells) + ")\n"


def html_table(lines: list[list[Printed]]) -> str:
    """A table in HTML."""
    rows = [
        "<tr>"
        + "".join(
            f"<td rowspan={cell.rows} colspan={cell.columns}>{escape(cell.text).replace(chr(10), '<br>')}</td>"
            for cell in line
        )
        + "</tr>"
        for line in lines
    ]
    return "<table>" + "".join(rows) + "</table>"


@pytest.fixture
def typeset(tmp_path: Path) -> Callable[[str], Path]:
    """Typst markup to a PDF."""

    def make(markup: str, setup: str = SETUP) -> Path:
        path = tmp_path / "report.pdf"
        path.write_bytes(typst.compile((setup + markup).encode(), font_paths=[str(FONTS)]))
        return path

    return make


@pytest.fixture
def draw(tmp_path: Path) -> Callable[..., Path]:
    """Bare drawing operators, a string a page, to a PDF; its font F1 is Helvetica."""

    def make(*pages: str, size: tuple[int, int] = (595, 842), **resources: pikepdf.Object) -> Path:
        pdf = pikepdf.new()
        font = pikepdf.Dictionary(
            Type=pikepdf.Name.Font,
            Subtype=pikepdf.Name.Type1,
            BaseFont=pikepdf.Name.Helvetica,
            Encoding=pikepdf.Name.WinAnsiEncoding,
        )
        for content in pages:
            page = pdf.add_blank_page(page_size=size)
            page.Contents = pdf.make_stream(content.encode("latin-1"))
            page.Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(F1=font))
            if resources:
                page.Resources.XObject = pikepdf.Dictionary(
                    {f"/{name}": pdf.copy_foreign(value) for name, value in resources.items()}
                )
        path = tmp_path / "drawn.pdf"
        pdf.save(path)
        return path

    return make


@pytest.fixture(scope="session")
def chromium_pdf(tmp_path_factory: pytest.TempPathFactory, invented: Invented) -> Path:
    """The report as a browser prints it. The only start of a browser in these tests: it costs seconds."""
    folder = tmp_path_factory.mktemp("chromium")
    config = folder / "fonts.conf"
    config.write_text(
        f'<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd"><fontconfig><dir>{FONTS}</dir>'
        f"<cachedir>{folder / 'cache'}</cachedir></fontconfig>"
    )
    page = folder / "report.html"
    page.write_text(
        "<!doctype html><html lang=zh-CN><meta charset=utf-8><title>年度报告</title><style>"
        "@page{size:A4;margin:22mm}body{font:11pt 'Noto Sans CJK SC'}table{border-collapse:collapse}p{text-indent:2em}"
        "td{border:1px solid #000;padding:6px 2px;font-size:9pt;text-align:center}h1{text-align:center;font-size:18pt}"
        f"</style><h1>{TITLE}</h1><p>{OPENING}</p><h2>三、收到和处理政府信息公开申请情况</h2>"
        f"{html_table(invented.lines)}<h2>六、其他需要报告的事项</h2><p>无。</p>"
    )
    path = folder / "report.pdf"
    subprocess.run(
        [
            "chromium-headless-shell", "--no-sandbox", "--disable-gpu", f"--user-data-dir={folder / 'profile'}",
            f"--print-to-pdf={path}", page.as_uri(),
        ],
        env={**os.environ, "FONTCONFIG_FILE": str(config)},
        capture_output=True,
        timeout=60,
        check=True,
    )  # fmt: skip
    return path


@pytest.fixture(scope="session")
def soffice_pdf(tmp_path_factory: pytest.TempPathFactory, invented: Invented) -> Path:
    """The report as LibreOffice exports it from a DOCX. The only start of LibreOffice in these tests."""
    import docx
    from docx.shared import Mm, Pt

    folder = tmp_path_factory.mktemp("soffice")
    document = docx.Document()
    document.add_heading(TITLE, 0)
    document.add_paragraph(OPENING)
    document.add_heading("三、收到和处理政府信息公开申请情况", 1)
    table = document.add_table(len(invented.lines), 10)
    table.style = "Table Grid"
    table.autofit = False
    for column, width in enumerate((12, 22, 42, 13, 13, 13, 13, 13, 13, 13)):
        for cell in table.columns[column].cells:
            cell.width = Mm(width)
    taken: set[tuple[int, int]] = set()
    for r, line in enumerate(invented.lines):
        c = 0
        for printed in line:
            while (r, c) in taken:
                c += 1
            taken |= {(r + down, c + right) for down in range(printed.rows) for right in range(printed.columns)}
            cell = table.cell(r, c)
            if printed.rows * printed.columns > 1:
                cell = cell.merge(table.cell(r + printed.rows - 1, c + printed.columns - 1))
            cell.text = printed.text
            for paragraph in cell.paragraphs:
                for run in paragraph.runs:
                    run.font.size = Pt(9)
    document.add_heading("六、其他需要报告的事项", 1)
    document.add_paragraph("无。")
    source = folder / "report.docx"
    document.save(str(source))
    subprocess.run(
        [
            "soffice", f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--headless",
            "--convert-to", "pdf", "--outdir", str(folder), str(source),
        ],
        capture_output=True,
        timeout=60,
        check=True,
    )  # fmt: skip
    return folder / "report.pdf"
