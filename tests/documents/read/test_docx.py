"""Word documents: what the printed page shows, and nothing else, comes out."""

import zipfile
from itertools import chain
from pathlib import Path

import docx as python_docx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gongkai.documents.read import docx, limits
from gongkai.documents.read.numbering import numeral
from gongkai.documents.read.source import Grid, Paragraph, Source, Unreadable
from gongkai.documents.read.wordml import without_looks

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
MC = "http://schemas.openxmlformats.org/markup-compatibility/2006"
ROOT = f'xmlns:w="{W}" xmlns:mc="{MC}" xmlns:v="urn:schemas-microsoft-com:vml"'


@pytest.fixture
def make(tmp_path):
    """A DOCX from the XML inside ``w:body`` and of other parts."""

    def make(body: str, styles: str = "", numbering: str = "", title: str = "", **parts: str) -> Path:
        path = tmp_path / "report.docx"
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr("word/document.xml", f"<w:document {ROOT}><w:body>{body}</w:body></w:document>")
            if styles:
                archive.writestr("word/styles.xml", f"<w:styles {ROOT}>{styles}</w:styles>")
            if numbering:
                archive.writestr("word/numbering.xml", f"<w:numbering {ROOT}>{numbering}</w:numbering>")
            if title:
                archive.writestr(
                    "docProps/core.xml",
                    '<cp:coreProperties xmlns:cp="urn:x" xmlns:dc="http://purl.org/dc/elements/1.1/">'
                    f"<dc:title>{title}</dc:title></cp:coreProperties>",
                )
            for name, text in parts.items():
                archive.writestr(f"word/{name}.xml", text)
        return path

    return make


@pytest.fixture
def read(make):
    """The blocks of a DOCX made from XML."""
    return lambda *args, **kwargs: docx.read(make(*args, **kwargs), "青川市民政局.docx")


def p(text: str = "", properties: str = "") -> str:
    return f"<w:p><w:pPr>{properties}</w:pPr>{r(text) if text else ''}</w:p>"


def r(text: str, properties: str = "") -> str:
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def tc(text: str = "", properties: str = "") -> str:
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{p(text)}</w:tc>"


def tr(*cells: str, properties: str = "") -> str:
    return f"<w:tr><w:trPr>{properties}</w:trPr>{''.join(cells)}</w:tr>"


def tbl(*rows: str) -> str:
    return f"<w:tbl><w:tblPr/>{''.join(rows)}</w:tbl>"


def texts(source: Source) -> list[str]:
    assert all(isinstance(block, Paragraph) for block in source.blocks)
    return [block.text for block in source.blocks]


def shown(grid: Grid) -> list[list[str | None]]:
    """The grid as one sees it, each slot with the text of its cell."""
    return [[grid.texts[index] if index >= 0 else None for index in row] for row in grid.rows]


def refusal(path: Path) -> str:
    with pytest.raises(Unreadable) as caught:
        docx.read(path, "青川市民政局.docx")
    assert caught.value.message.params["file"] == "青川市民政局.docx"
    return caught.value.message.id


# Text


@pytest.mark.parametrize(
    ("run", "text"),
    [
        (r("收到") + r("申请") + r("3件"), "收到申请3件"),
        ("<w:r><w:t>一</w:t><w:tab/><w:t>二</w:t></w:r>", "一\t二"),
        ("<w:r><w:t>一</w:t><w:br/><w:t>二</w:t><w:cr/><w:t>三</w:t></w:r>", "一\n二\n三"),
        ("<w:r><w:t>0451</w:t><w:noBreakHyphen/><w:t>123</w:t></w:r>", "0451-123"),
        ('<w:r><w:t>一</w:t><w:sym w:font="Wingdings" w:char="F0FC"/></w:r>', "一"),
        (
            '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> PAGE \\* MERGEFORMAT </w:instrText></w:r>'
            '<w:r><w:fldChar w:fldCharType="separate"/></w:r>' + r("7") + '<w:r><w:fldChar w:fldCharType="end"/></w:r>',
            "7",
        ),
        (f'<w:fldSimple w:instr=" DATE ">{r("2022年1月5日")}</w:fldSimple>', "2022年1月5日"),
        (r("留") + '<w:del w:id="1"><w:r><w:delText>删</w:delText><w:tab/></w:r></w:del>', "留"),
        (r("留") + f'<w:moveFrom w:id="1">{r("移走")}</w:moveFrom>', "留"),
        (f'<w:moveTo w:id="1">{r("移来")}</w:moveTo>', "移来"),
        (r("原有") + f'<w:ins w:id="1">{r("插入")}</w:ins>', "原有插入"),
        (r("可见") + r("隐藏", "<w:vanish/>"), "可见"),
        (r("可见") + r("不隐藏", '<w:vanish w:val="0"/>'), "可见不隐藏"),
        (r("9", "<w:strike/>") + r("3"), "3"),
        (r("9", "<w:b/><w:dstrike/>") + r("3"), "3"),
        (r("9", '<w:strike w:val="0"/>') + r("3"), "93"),
        (r("3") + r("9", '<w:vertAlign w:val="superscript"/>'), "3"),
        (r("9", '<w:vertAlign w:val="superscript"/>'), "9"),
        (r("H") + r("2", '<w:vertAlign w:val="subscript"/>') + r("O", '<w:vertAlign w:val="baseline"/>'), "H2O"),
        (
            f"<w:pPr><w:rPr><w:vanish/><w:strike/></w:rPr></w:pPr>{r('段落标记删除，文字不删除')}",
            "段落标记删除，文字不删除",
        ),
        (f"<w:pPr><w:rPr><w:vanish/></w:rPr></w:pPr>{r('段落标记隐藏，文字不隐藏')}", "段落标记隐藏，文字不隐藏"),
        (f'<w:pPr><w:tabs><w:tab w:val="left" w:pos="720"/></w:tabs></w:pPr>{r("制表位不是文字")}', "制表位不是文字"),
        (f'<w:hyperlink w:anchor="a">{r("链接")}</w:hyperlink>', "链接"),
        (f"<w:smartTag>{r('智能标记')}</w:smartTag>", "智能标记"),
        (f"<w:sdt><w:sdtPr/><w:sdtContent>{r('内容控件')}</w:sdtContent></w:sdt>", "内容控件"),
        (
            f"<w:ruby><w:rt>{r('yún')}</w:rt><w:rubyBase>{r('云')}</w:rubyBase></w:ruby>" + r("岭县"),
            "云岭县",
        ),
        (
            f"<mc:AlternateContent><mc:Choice>{r('新')}</mc:Choice><mc:Fallback>{r('旧')}</mc:Fallback>"
            "</mc:AlternateContent>",
            "新",
        ),
        (r("[bookmark: _GoBack]（二）错误！未找到引用源。"), "[bookmark: _GoBack]（二）错误！未找到引用源。"),
        (r("　　首行缩进 中间  空格 "), "首行缩进 中间  空格"),
    ],
)
def test_text_of_a_paragraph(read, run, text):
    assert texts(read(f"<w:p>{run}</w:p>")) == [text]


def test_blank_paragraphs_are_left_out_but_counted(read):
    source = read(p("一") + p() + p("三"))
    assert [(block.text, block.place.line) for block in source.blocks] == [("一", 1), ("三", 3)]


def test_wrapped_blocks_are_read_in_order(read):
    body = p("一") + f"<w:sdt><w:sdtContent>{p('二')}{tbl(tr(tc('a'), tc('b')))}</w:sdtContent></w:sdt>"
    source = read(body + f"<w:customXml>{p('三')}</w:customXml>")
    assert [block.text if isinstance(block, Paragraph) else shown(block) for block in source.blocks] == [
        "一",
        "二",
        [["a", "b"]],
        "三",
    ]


def test_text_boxes_follow_the_paragraph_they_hang_on_once(read):
    def box(*lines: str) -> str:
        inner = "".join(map(p, lines))
        content = f"<v:textbox><w:txbxContent>{inner}</w:txbxContent></v:textbox>"
        return (
            f"<w:r><mc:AlternateContent><mc:Choice><w:drawing>{content}</w:drawing></mc:Choice>"
            f"<mc:Fallback><w:pict>{content}</w:pict></mc:Fallback></mc:AlternateContent></w:r>"
        )

    source = read(f"<w:p>{r('前')}{box('框一', '框二')}{box('框三')}{r('后')}</w:p>" + p("下一段"))
    assert texts(source) == ["前后", "框一", "框二", "框三", "下一段"]


def test_headers_footers_and_notes_are_not_read(read):
    header = f"<w:hdr {ROOT}>{p('页眉')}</w:hdr>"
    assert texts(read(p("正文"), header1=header, footer1=header, footnotes=header)) == ["正文"]


def test_strict_documents_are_read_too(make, tmp_path):
    path = tmp_path / "strict.docx"
    with zipfile.ZipFile(path, "w") as archive:
        xml = f"<w:document {ROOT}><w:body>{p('严格模式')}</w:body></w:document>"
        strict = "http://purl.oclc.org/ooxml/wordprocessingml/main"
        archive.writestr("word/document.xml", xml.replace(W, strict))
    assert texts(docx.read(path, "x")) == ["严格模式"]


def test_main_part_under_another_name(tmp_path):
    path = tmp_path / "other.docx"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr(
            "_rels/.rels",
            '<Relationships xmlns="urn:x"><Relationship Id="a" Target="/word/document2.xml" Type='
            '"http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"/></Relationships>',
        )
        archive.writestr("word\\document2.xml", f"<w:document {ROOT}><w:body>{p('正文')}</w:body></w:document>")
    assert texts(docx.read(path, "x")) == ["正文"]


def test_title_among_the_properties(read):
    assert read(p("正文"), title=" 云岭县2022年年报 ").titles == ["云岭县2022年年报"]


# Headings and automatic numbers

STYLES = """
<w:style w:type="paragraph" w:styleId="1"><w:name w:val="heading 1"/></w:style>
<w:style w:type="paragraph" w:styleId="2"><w:name w:val="标题 2"/></w:style>
<w:style w:type="paragraph" w:styleId="t"><w:name w:val="Title"/></w:style>
<w:style w:type="paragraph" w:styleId="own"><w:name w:val="章"/><w:pPr><w:outlineLvl w:val="2"/></w:pPr></w:style>
<w:style w:type="paragraph" w:styleId="child"><w:name w:val="子"/><w:basedOn w:val="1"/></w:style>
<w:style w:type="paragraph" w:styleId="loop"><w:name w:val="环"/><w:basedOn w:val="loop"/></w:style>
<w:style w:type="paragraph" w:styleId="part"><w:name w:val="部分"/><w:basedOn w:val="1"/>
  <w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>
<w:style w:type="paragraph" w:styleId="section"><w:name w:val="节"/>
  <w:pPr><w:numPr><w:ilvl w:val="1"/><w:numId w:val="1"/></w:numPr></w:pPr></w:style>
"""
NUMBERING = """
<w:abstractNum w:abstractNumId="7">
  <w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="chineseCounting"/><w:lvlText w:val="%1、"/></w:lvl>
  <w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="chineseCounting"/><w:lvlText w:val="（%2）"/></w:lvl>
  <w:lvl w:ilvl="2"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:isLgl/><w:lvlText w:val="%1.%3"/></w:lvl>
</w:abstractNum>
<w:abstractNum w:abstractNumId="8">
  <w:lvl w:ilvl="0"><w:start w:val="3"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%1."/></w:lvl>
</w:abstractNum>
<w:abstractNum w:abstractNumId="9">
  <w:lvl w:ilvl="0"><w:numFmt w:val="bullet"/><w:lvlText w:val="●"/></w:lvl>
</w:abstractNum>
<w:num w:numId="1"><w:abstractNumId w:val="7"/></w:num>
<w:num w:numId="2"><w:abstractNumId w:val="8"/></w:num>
<w:num w:numId="3"><w:abstractNumId w:val="9"/></w:num>
<w:num w:numId="4"><w:abstractNumId w:val="7"/>
  <w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride></w:num>
"""


def num(list_id: int, level: int = 0) -> str:
    return f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{list_id}"/></w:numPr>'


@pytest.mark.parametrize(
    ("properties", "heading"),
    [
        ('<w:pStyle w:val="1"/>', 1),
        ('<w:pStyle w:val="2"/>', 2),
        ('<w:pStyle w:val="t"/>', 1),
        ('<w:pStyle w:val="own"/>', 3),
        ('<w:pStyle w:val="child"/>', 1),
        ('<w:pStyle w:val="loop"/>', 0),
        ('<w:pStyle w:val="Heading4"/>', 4),
        ('<w:outlineLvl w:val="1"/>', 2),
        ('<w:pStyle w:val="1"/><w:outlineLvl w:val="9"/>', 0),
        ('<w:pStyle w:val="none"/>', 0),
        ("", 0),
    ],
)
def test_heading_levels(read, properties, heading):
    assert read(p("总体情况", properties), styles=STYLES).blocks[0].heading == heading


def test_automatic_numbers_are_rendered_and_counted(read):
    body = (
        p("总体情况", num(1))
        + p("主动公开", num(1, 1))
        + p("依申请公开", num(1, 1))
        + p("受理", num(1, 2))
        + p("表格", num(1))
        + p("重新从一起", num(1, 1))
        + p("5万元", num(2))
        + p("项目符号", num(3))
        + p("没有这个列表", num(99))
        + p("重新编号", num(4))
        + p("续编", num(4))
    )
    assert texts(read(body, numbering=NUMBERING)) == [
        "一、总体情况",
        "（一）主动公开",
        "（二）依申请公开",
        "1.1 受理",
        "二、表格",
        "（一）重新从一起",
        "3. 5万元",
        "项目符号",
        "没有这个列表",
        "一、重新编号",
        "二、续编",
    ]


def test_numbers_through_a_style(read):
    body = (
        p("总体情况", '<w:pStyle w:val="part"/>')
        + p("主动公开", '<w:pStyle w:val="section"/>')
        + p("不编号", '<w:pStyle w:val="part"/><w:numPr><w:numId w:val="0"/></w:numPr>')
        + p("", '<w:pStyle w:val="part"/>')
        + p("第三个", '<w:pStyle w:val="part"/>')
    )
    source = read(body, styles=STYLES, numbering=NUMBERING)
    assert texts(source) == ["一、总体情况", "（一）主动公开", "不编号", "三、第三个"]
    assert [block.heading for block in source.blocks] == [1, 0, 1, 1]


def test_level_of_a_style_named_by_the_list(read):
    numbering = NUMBERING.replace("（%2）", '（%2）"/><w:pStyle w:val="x').replace('x"/></w:lvl>', 'x"/></w:lvl>')
    styles = (
        '<w:style w:styleId="x"><w:name w:val="x"/><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
    )
    assert texts(read(p("甲", '<w:pStyle w:val="x"/>'), styles=styles, numbering=numbering)) == ["（一）甲"]


def test_numbers_in_cells_stand_before_labels_but_never_fill_a_blank(read):
    def cell(text: str) -> str:
        return f"<w:tc>{p(text, num(2))}</w:tc>"

    source = read(tbl(tr(cell("属于国家秘密"), cell("")), tr(cell("重复申请"), cell(""))), numbering=NUMBERING)
    assert shown(source.blocks[0]) == [["3. 属于国家秘密", ""], ["5. 重复申请", ""]]


@pytest.mark.parametrize(
    ("number", "format", "text"),
    [
        (1, "chineseCounting", "一"),
        (10, "chineseCountingThousand", "十"),
        (11, "japaneseCounting", "十一"),
        (20, "chineseCounting", "二十"),
        (105, "chineseCountingThousand", "一百零五"),
        (110, "chineseCountingThousand", "一百一十"),
        (2030, "chineseCountingThousand", "二千零三十"),
        (3, "chineseLegalSimplified", "叁"),
        (12, "chineseLegalSimplified", "壹拾贰"),
        (10, "ideographDigital", "一〇"),
        (3, "ideographTraditional", "丙"),
        (2, "ideographZodiac", "丑"),
        (12, "decimalFullWidth", "１２"),
        (3, "decimalZero", "03"),
        (3, "decimalEnclosedCircle", "③"),
        (3, "decimalEnclosedParen", "⑶"),
        (14, "upperRoman", "XIV"),
        (4, "lowerRoman", "iv"),
        (28, "upperLetter", "BB"),
        (2, "lowerLetter", "b"),
        (7, "none", ""),
        (7, "hebrew1", "7"),
        (40, "decimalEnclosedCircle", "40"),
    ],
)
def test_numerals(number, format, text):
    assert numeral(number, format) == text


# Tables


def test_spans_merges_and_holes(read):
    restart, go_on = '<w:vMerge w:val="restart"/>', "<w:vMerge/>"
    source = read(
        tbl(
            tr(tc("项目", restart), tc("申请人情况", '<w:gridSpan w:val="2"/>')),
            tr(tc("不显示", go_on), tc("自然人"), tc("总计")),
            tr(tc("新收", '<w:vMerge w:val="restart"/>'), tc("1"), tc("")),
            tr(tc("", '<w:vMerge w:val="continue"/>'), tc("2"), tc("3")),
            tr(tc("右"), properties='<w:gridBefore w:val="2"/>'),
            tr(tc("左"), properties='<w:gridAfter w:val="2"/>'),
        )
    )
    grid = source.blocks[0]
    assert shown(grid) == [
        ["项目", "申请人情况", "申请人情况"],
        ["项目", "自然人", "总计"],
        ["新收", "1", ""],
        ["新收", "2", "3"],
        [None, None, "右"],
        ["左", None, None],
    ]
    assert grid.texts == ["项目", "申请人情况", "自然人", "总计", "新收", "1", "", "2", "3", "右", "左"]
    assert grid.rows[0][0] == grid.rows[1][0] != grid.rows[2][0] == grid.rows[3][0]
    assert [(place.table, place.row, place.column) for place in grid.places][:6] == [
        (1, 1, 1),
        (1, 1, 2),
        (1, 2, 2),
        (1, 2, 3),
        (1, 3, 1),
        (1, 3, 2),
    ]


def test_merge_that_begins_nowhere_is_a_cell_of_its_own(read):
    assert shown(read(tbl(tr(tc("a", "<w:vMerge/>"), tc("b")))).blocks[0]) == [["a", "b"]]


def test_old_horizontal_merge(read):
    row = tr(tc("合", '<w:hMerge w:val="restart"/>'), tc("", '<w:hMerge w:val="continue"/>'), tc("1"))
    assert read(tbl(row)).blocks[0].rows == [[0, 0, 1]]


def test_header_words_set_vertically_and_inner_formatting(read):
    vertical = "<w:tc>" + "".join(map(p, "自然人")) + "</w:tc>"
    assert read(tbl(tr(vertical, tc("0")))).blocks[0].texts == ["自\n然\n人", "0"]


def test_deleted_rows_are_gone_and_wrapped_rows_and_cells_are_there(read):
    def sdt(inner: str) -> str:
        return f"<w:sdt><w:sdtContent>{inner}</w:sdtContent></w:sdt>"

    table = tbl(
        tr(tc("a"), sdt(tc("b"))),
        sdt(tr(tc("c"), tc("d"))),
        tr(tc("x"), tc("y"), properties='<w:del w:id="1"/>'),
        tr(tc("e"), f'<w:tc><w:p><w:ins w:id="2">{r("f")}</w:ins></w:p></w:tc>', properties='<w:ins w:id="3"/>'),
    )
    assert shown(read(table).blocks[0]) == [["a", "b"], ["c", "d"], ["e", "f"]]


def test_hidden_rows_are_gone(read):
    table = tbl(
        tr(tc("a"), tc("1"), properties="<w:hidden/>"),
        tr(tc("b"), tc("2"), properties='<w:hidden w:val="0"/>'),
        tr(tc("c"), tc("3"), properties="<w:trPrChange><w:trPr><w:hidden/></w:trPr></w:trPrChange>"),
    )
    assert shown(read(table).blocks[0]) == [["b", "2"], ["c", "3"]]


def test_deleted_cells_are_gone(read):
    former = "<w:tcPrChange><w:tcPr><w:cellDel/></w:tcPr></w:tcPrChange>"
    row = tr(tc("a"), tc("9", '<w:cellDel w:id="1" w:author="x"/>'), tc("3", former), tc("4", '<w:cellIns w:id="2"/>'))
    assert shown(read(tbl(row)).blocks[0]) == [["a", "3", "4"]]


def test_marks_of_footnotes_and_struck_figures_in_cells_are_left_out(read):
    up, out = '<w:vertAlign w:val="superscript"/>', "<w:strike/>"

    def cell(*runs: str) -> str:
        return "<w:tc>" + "".join(f"<w:p>{run}</w:p>" for run in runs) + "</w:tc>"

    row = tr(cell(r("3") + r("9", up)), cell(r("9", out) + r("3")), cell(r("38", up)), cell(r("4"), r("注1", up)))
    assert shown(read(tbl(row)).blocks[0]) == [["3", "3", "38", "4"]]


def test_former_properties_do_not_count(read):
    cell = '<w:tc><w:tcPr><w:tcPrChange><w:tcPr><w:gridSpan w:val="3"/></w:tcPr></w:tcPrChange></w:tcPr><w:p/></w:tc>'
    assert read(tbl(tr(cell, tc("b")))).blocks[0].rows == [[0, 1]]


def test_tables_in_cells_are_taken_apart_in_document_order(read):
    inner = tbl(tr(tc("内1"), tc("内2")))
    source = read(
        p("前")
        + tbl(
            tr(tc("甲"), tc("乙")),
            tr(tc("丙"), tc("丁")),
            tr(f"<w:tc>{p('格内文字')}{inner}<w:p/></w:tc>", tc("旁边")),
            tr(tc("戊"), tc("己")),
        )
        + p("后")
    )
    assert [block.text if isinstance(block, Paragraph) else shown(block) for block in source.blocks] == [
        "前",
        [["甲", "乙"], ["丙", "丁"]],
        "格内文字",
        [["内1", "内2"]],
        "旁边",
        [["戊", "己"]],
        "后",
    ]
    assert [block.places[0].table for block in source.blocks if isinstance(block, Grid)] == [1, 2, 3]
    assert [block.place.line for block in source.blocks if isinstance(block, Paragraph)] == [1, 2, 4, 5]


@pytest.mark.parametrize(
    "inner",
    [
        tbl(tr(tc("3"))),
        tbl(tr(tc(), tc("3")), tr(tc(), tc())),
        tbl(tr(f"<w:tc>{tbl(tr(tc('3')))}<w:p/></w:tc>")),
    ],
)
def test_a_table_of_one_text_in_a_cell_is_its_text(read, inner):
    around, blank = f"<w:tc>{inner}<w:p/></w:tc>", f"<w:tc>{tbl(tr(tc()))}<w:p/></w:tc>"
    source = read(tbl(tr(tc("甲"), tc("1"), tc("2")), tr(tc("乙"), around, tc("4")), tr(tc("丙"), tc("5"), blank)))
    assert shown(source.blocks[0]) == [["甲", "1", "2"], ["乙", "3", "4"], ["丙", "5", ""]]
    assert [(place.row, place.column) for place in source.blocks[0].places[3:6]] == [(2, 1), (2, 2), (2, 3)]


def test_a_table_of_prose_in_a_cell_is_layout(read):
    prose = "2023年，我局认真落实条例。" * 20
    assert texts(read(tbl(tr(tc("导航"), f"<w:tc>{tbl(tr(tc(prose)))}<w:p/></w:tc>")))) == ["导航", prose]


def test_single_cell_around_everything_is_layout(read):
    source = read(tbl(tr(f"<w:tc>{p('一段')}{tbl(tr(tc('a'), tc('b')))}{p('又一段')}</w:tc>")))
    assert [type(block) for block in source.blocks] == [Paragraph, Grid, Paragraph]
    assert texts(read(tbl(tr("<w:tc>" + p("一") + p("二") + "</w:tc>")))) == ["一", "二"]


@settings(max_examples=40, deadline=None)
@given(
    st.lists(
        st.lists(st.sampled_from(["", "0", "12", "（一）予以公开"]), min_size=4, max_size=4), min_size=2, max_size=5
    ),
    st.lists(st.tuples(*[st.integers(0, 4)] * 2, *[st.integers(0, 2)] * 2), max_size=3),
)
def test_any_merged_table_reads_as_python_docx_sees_it(tmp_path_factory, values, merges):
    document = python_docx.Document()
    table = document.add_table(len(values), 4)
    for row, line in enumerate(values):
        for column, text in enumerate(line):
            table.cell(row, column).text = text
    table.cell(0, 3).text = "总计"
    taken = set()
    for top, bottom, left, right in merges:
        top, bottom = sorted((min(top, len(values) - 1), min(bottom, len(values) - 1)))
        left, right = sorted((left, right))
        slots = {(row, column) for row in range(top, bottom + 1) for column in range(left, right + 1)}
        if not slots & taken:
            taken |= slots
            table.cell(top, left).merge(table.cell(bottom, right))
    path = tmp_path_factory.mktemp("any") / "any.docx"
    document.save(path)
    (grid,) = docx.read(path, "any.docx").blocks
    seen = [[table.cell(row, column) for column in range(4)] for row in range(len(values))]
    assert shown(grid) == [[cell.text.strip() for cell in line] for line in seen]
    pairs = set(zip(chain(*grid.rows), (cell._tc for cell in chain(*seen)), strict=True))
    assert len(pairs) == len({index for index, _ in pairs}) == len({cell for _, cell in pairs}) == len(grid.texts)


# What is no report


def test_pictures_alone_are_never_zeros(make):
    assert refusal(make("<w:p><w:r><w:drawing/></w:r></w:p>")) == "read.office-only-pictures"
    assert refusal(make(tbl(tr(tc(), tc())) + "<w:p><w:r><w:pict/></w:r></w:p>")) == "read.office-only-pictures"


def test_nothing_at_all(make):
    assert refusal(make(p() + p())) == "read.office-no-text"


def test_truncated_zip(make):
    path = make(p("正文" * 500))
    whole = path.read_bytes()
    for share in (0.2, 0.5, 0.9, 0.99):
        path.write_bytes(whole[: int(len(whole) * share)])
        assert refusal(path) == "read.office-damaged"


def test_damaged_member(make):
    path = make(p("正文" * 500))
    data = bytearray(path.read_bytes())
    data[60:64] = b"\xff\xff\xff\xff"
    path.write_bytes(data)
    assert refusal(path) == "read.office-damaged"


def test_zip_of_something_else(tmp_path):
    path = tmp_path / "x.docx"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("hello.txt", "hello")
    assert refusal(path) == "read.office-not-word"


def test_malformed_xml(make):
    assert refusal(make("<w:p><w:r>")) == "read.office-malformed"
    assert refusal(make("<w:sdt>" * 1000 + "</w:sdt>" * 1000)) == "read.office-malformed"


def test_entities_are_refused_and_never_fetched(tmp_path):
    secret = tmp_path / "secret.txt"
    secret.write_text("机密")
    bomb = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10 if n else "x" * 100}">' for n in range(10))
    for declaration, use in (
        (bomb, "&e9;"),
        (f'<!ENTITY e SYSTEM "{secret.as_uri()}">', "&e;"),
        ("", ""),
    ):
        path = tmp_path / "x.docx"
        with zipfile.ZipFile(path, "w") as archive:
            archive.writestr(
                "word/document.xml",
                f"<!DOCTYPE w:document [{declaration}]><w:document {ROOT}><w:body>{p(use)}</w:body></w:document>",
            )
        assert refusal(path) in ("read.office-entities", "read.office-malformed")


def test_zip_bomb_is_stopped_whatever_it_claims(tmp_path):
    path = tmp_path / "bomb.docx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", b" " * (limits.MAX_PART_BYTES + 1))
    assert refusal(path) == "read.office-too-large"
    data = path.read_bytes()
    claimed = (limits.MAX_PART_BYTES + 1).to_bytes(4, "little")
    assert claimed in data
    path.write_bytes(data.replace(claimed, (1000).to_bytes(4, "little")))
    assert refusal(path) in ("read.office-damaged", "read.office-malformed")


def test_too_many_members(tmp_path):
    path = tmp_path / "many.docx"
    with zipfile.ZipFile(path, "w") as archive:
        for number in range(limits.MAX_PARTS + 1):
            archive.writestr(str(number), b"")
    assert refusal(path) == "read.office-too-large"


def test_absurd_spans_are_clamped(read):
    row = tr(tc("a", '<w:gridSpan w:val="99999"/>'), tc("b", '<w:gridSpan w:val="-5"/>'), tc("c"))
    assert len(read(tbl(row)).blocks[0].rows[0]) == limits.MAX_SPAN + 2


def test_encrypted_member(make):
    path = make(p("正文"))
    data = bytearray(path.read_bytes())
    for at in (data.find(b"PK\x03\x04") + 6, data.find(b"PK\x01\x02") + 8):
        data[at] |= 1
    path.write_bytes(data)
    assert refusal(path) == "read.office-encrypted"


def test_looks_are_left_out_and_hidden_text_and_tracked_changes_are_not_torn():
    before = (
        b'<w:tcBorders><w:top w:val="single"/></w:tcBorders><w:r><w:rPr><w:b/></w:rPr><w:t>1</w:t></w:r>'
        b"<w:r><w:rPr><w:vanish/></w:rPr><w:t>2</w:t></w:r>"
        b"<w:r><w:rPr><w:b/></w:rPr><w:t>2</w:t></w:r><w:r><w:rPr><w:strike/></w:rPr><w:t>2</w:t></w:r>"
        b"<w:r><w:rPr><w:b/><w:rPrChange><w:rPr><w:i/></w:rPr></w:rPrChange></w:rPr><w:t>3</w:t></w:r>"
    )
    after = (
        b"<w:r><w:t>1</w:t></w:r><w:r><w:rPr><w:vanish/></w:rPr><w:t>2</w:t></w:r>"
        b"<w:r><w:t>2</w:t></w:r><w:r><w:rPr><w:strike/></w:rPr><w:t>2</w:t></w:r>"
        b"<w:r><w:rPr><w:b/><w:rPrChange></w:rPrChange></w:rPr><w:t>3</w:t></w:r>"
    )
    assert without_looks(before) == after
    assert without_looks(b"<w:rPr><w:b/>") == b"<w:rPr><w:b/>"
