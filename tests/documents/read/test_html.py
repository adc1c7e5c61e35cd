"""HTML: what a reader sees of a page, in order, with tables as grids."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.documents.read.html import read
from gongkai.documents.read.source import Grid, Paragraph, Unreadable
from gongkai.rulebook.load.messages import render


def shown(markup):
    """Blocks as plain values: a string for a paragraph, a list of rows for a grid."""
    return [
        block.text
        if isinstance(block, Paragraph)
        else [[block.texts[cell] if cell >= 0 else None for cell in row] for row in block.rows]
        for block in read(markup.encode(), "a.html").blocks
    ]


def test_blocks_breaks_and_inline_elements():
    assert shown(
        "<div>甲<p>一<b>、总</b>体\n  情况</p>乙<ul><li>丙<li>丁</ul>"
        "戊<br>己<br><br/>庚<span>辛</span> <i>a</i> b</div>"
    ) == ["甲", "一、总体情况", "乙", "丙", "丁", "戊", "己", "庚辛 a b"]


def test_spaces():
    assert shown("<p>&nbsp;&emsp;甲&nbsp;&nbsp;乙\u3000丙  \n d\n e&#8203;f\ufeff\u3000</p>") == ["甲  乙\u3000丙 d ef"]


def test_heading_levels_and_lines():
    blocks = read("<h1>标题<br>二行</h1><div><h3><span>三</span></h3>文</div>".encode(), "a").blocks
    assert [(block.text, block.heading, block.place.line) for block in blocks] == [
        ("标题", 1, 1),
        ("二行", 1, 2),
        ("三", 3, 3),
        ("文", 0, 4),
    ]


def test_what_nobody_sees_is_left_out():
    assert shown(
        "<style>p{}</style><p>甲<script>var a='<p>x';</script>乙</p><noscript>x</noscript><template>x</template>"
        "<nav><a>菜单</a></nav><select><option>x</select><div style='DISPLAY : none'>x<p>x</div><p hidden>x</p>"
        "<svg><title>x</title><text>x</text></svg><iframe src=a>x</iframe><!-- x --><p style='display:block'>丙</p>"
        "<figure><img src=a><figcaption>x</figcaption></figure><figure><table><tr><td>1<td>2</table></figure>"
    ) == ["甲乙", "丙", [["1", "2"]]]
    assert shown("<DIV STYLE='DISPLAY:NONE'>x</DIV><P HIDDEN>x</P><P>甲</P>") == ["甲"]


@pytest.mark.parametrize(
    "looks",
    [
        "visibility:hidden",
        "VISIBILITY: HIDDEN",
        "color:red;visibility : collapse",
        "font-size:0",
        "font-size: 0px !important; color:red",
        "FONT-SIZE: 0pt",
        "font-size:0.0em",
        "text-decoration:line-through",
        "text-decoration: underline LINE-THROUGH",
    ],
)
def test_what_keeps_its_room_but_is_not_seen_is_left_out(looks):
    assert shown(f"<p>甲<span style='{looks}'>5<b>6</b></span>乙<p style='{looks}'>丙</p>") == ["甲乙"]
    # Its cell stays where it is.
    row = f"<td>规章<td style='{looks}'>5<td><span style='{looks}'>5</span>3<td><p>4</p>"
    assert shown(f"<table><tr>{row}</table>") == [[["规章", "", "3", "4"]]]
    alone = f"<table><tr><td>导航<table><tr><td>a<td>b</table><td style='{looks}'>x</table>"
    assert shown(alone) == ["导航", [["a", "b"]]]


def test_rows_that_are_not_seen():
    rows = "<tr><td>a<td>1<tr style='visibility:{}'><td>b<td>2<tr><td>c<td>3"
    assert shown(f"<table>{rows.format('hidden')}</table>") == [[["a", "1"], ["", ""], ["c", "3"]]]
    assert shown(f"<table>{rows.format('collapse')}</table>") == [[["a", "1"], ["c", "3"]]]
    assert shown(f"<table style='visibility:hidden'>{rows.format('hidden')}</table>甲") == ["甲"]


@pytest.mark.parametrize(
    "markup",
    [
        "<span style='font-size:0'><span style='font-size:14px'>3</span></span>",
        "<span style='font-size:0'><font size=3>3</font></span>",
        "<span style='font-size:0'><i class=text>3</i></span>",
        "<span style='font-size:0.875rem'>3</span>",
        "<span style='font-size:05px'>3</span>",
        "<span style='visibility:hidden'><b style='visibility:visible'>3</b></span>",
        "<span style='visibility:hidden;visibility:visible'>3</span>",
        "<span style='-webkit-backface-visibility:hidden'>3</span>",
        "<span style='text-decoration:underline;x:line-through'>3</span>",
    ],
)
def test_what_is_seen_after_all(markup):
    assert shown(f"<table><tr><td>规章<td>{markup}</table>") == [[["规章", "3"]]]


def test_pieces_of_text_hidden_by_a_class_or_raised_are_left_out():
    style = "<style>@media print{.p{display:none}} .h{ color:red; display:none} .tab{display:none}</style>"
    table = "<table><tr><td><span class=h>9</span>40<td>29<span style='vertical-align: super'>1</span></table>"
    assert shown(f"{style}<div class=tab><p>甲</p></div><p><span class=p>乙</span></p>{table}") == [
        "甲",
        "乙",
        [["40", "29"]],
    ]


def test_list_items_that_are_nothing_but_a_link_are_menus():
    assert shown(
        "<ul><li><a href=a>首页</a></li>\n<li> <a href=b><b>公开</b></a> | <li>\n<a href=c>指南</a>\n</li>"
        "<li><a href=d>附件</a>见下<li><a name=x>锚</a><li>正文</ul>"
    ) == ["公开 |", "附件见下", "锚", "正文"]


def test_what_was_typed_into_a_form_is_text_of_its_cell():
    assert shown(
        "<input value=搜索><table><tr><td>规章<td><input type=text value=12 readonly> 件"
        "<td><input type=hidden value=7><input type=submit value=8><td><p><input type=number value=3></p></table>"
    ) == [[["规章", "12 件", "", "3"]]]


def test_a_body_hidden_until_its_script_runs_is_read():
    assert shown("<body style='display:none'><p>正文</p></body>") == ["正文"]


def test_titles():
    source = read(
        "<head><title>报告_云岭县</title><meta name='ArticleTitle' content=' 云岭县\n报告 '>"
        "<meta property=og:title content='报告'></head><p>正文".encode(),
        "a",
    )
    assert source.titles == ["云岭县 报告", "报告", "报告_云岭县"]


@pytest.mark.parametrize("codec", ["utf-8", "gb18030", "utf-16", "big5"])
def test_charsets(codec):
    markup = f"<html><head><meta charset={'gb2312' if codec == 'gb18030' else codec}></head><p>政府信息公開</p>"
    assert read(markup.encode(codec), "a").blocks[0].text == "政府信息公開"


def test_spans():
    grid = read(
        "<table><thead><tr><th rowspan=2 colspan=2>角<th colspan=3>头<tr><th>a<th>b<th>c</thead>"
        "<tbody><tr><td rowspan=99>三<td>一<td>1<td>2<td>3<tr><td>二<td>4<td><td>6</table>".encode(),
        "a",
    ).blocks[0]
    assert grid.texts == ["角", "头", "a", "b", "c", "三", "一", "1", "2", "3", "二", "4", "", "6"]
    assert [list(row) for row in grid.rows] == [[0, 0, 1, 1, 1], [0, 0, 2, 3, 4], [5, 6, 7, 8, 9], [5, 10, 11, 12, 13]]
    assert [(place.row, place.column) for place in grid.places] == [
        (1, 1), (1, 3), (2, 3), (2, 4), (2, 5), (3, 1), (3, 2), (3, 3), (3, 4), (3, 5), (4, 2), (4, 3), (4, 4), (4, 5),
    ]  # fmt: skip
    assert {place.table for place in grid.places} == {1}


def test_rowspan_ends_with_its_group_and_zero_reaches_there():
    assert shown("<table><tbody><tr><td rowspan=0>a<td>b<tr><td>c</tbody><tbody><tr><td>d<td>e</tbody></table>") == [
        [["a", "b"], ["a", "c"], ["d", "e"]]
    ]


def test_holes_and_ragged_rows():
    assert shown("<table><tr><td>a<td>b<td rowspan=2>c<tr><td>d<tr><td>e</table>") == [
        [["a", "b", "c"], ["d", None, "c"], ["e"]]
    ]


def test_text_of_cells():
    assert shown(
        "<table><tr>\n <td>\n<p>自</p>\n<p><b>然</b></p>人 </td>\n<td>1<br>2</td>"
        "<td><p><span>&nbsp;3&nbsp;</span></p></td><td>4<script>x</script></td>"
        "<td><span style='display:none'>x</span>5</td><td hidden>x</td><td><pre>6\n7</pre></td>"
        "</tr><tr style='display:none'><td>x<td>x<tr></table>"
    ) == [[["自\n然\n人", "1\n2", "3", "4", "5", "6\n7"], []]]


def test_a_layout_table_around_the_article():
    prose = "2023年，我局认真落实条例。" * 10
    assert shown(f"<table><tr><td><h1>标题</h1><p>{prose}</p><p>二</p></td></tr></table>") == ["标题", prose, "二"]
    assert shown(f"<table><tr><td>导航</td><td><p>{prose * 2}</p><p>二</p></td></tr><tr><td>1<td>2</table>") == [
        "导航",
        prose * 2,
        "二",
        [["1", "2"]],
    ]


def test_tables_inside_tables_in_document_order():
    assert shown(
        "<table><caption>题</caption><tr><td>甲<td>1<tr><td>乙<td>2"
        "<tr><td>文前<table><tr><td>a<td>b</table>文后<td>旁<tr><td>丙<td>3</table>"
    ) == ["题", [["甲", "1"], ["乙", "2"]], "文前", [["a", "b"]], "文后", "旁", [["丙", "3"]]]
    outer = b"<table><tr><td>1<td>2<tr><td><table><tr><td>3<td>4</table><tr><td>5<td>6</table>"
    tables = read(outer, "a").blocks
    assert [[place.table for place in grid.places] for grid in tables] == [[1, 1], [2, 2], [3, 3]]


@pytest.mark.parametrize(
    "inner",
    [
        "<table><tr><td>3</table>",
        "<div><table border=1><tr><td>&nbsp;<td><p><b>3</b></p><tr><td></table></div>",
        "<table><tr><td><table><tr><td>3</table></table>",
        "<table><thead><tr><th></thead><tr><td>3<script>4</script></table>",
    ],
)
def test_a_table_of_one_text_in_a_cell_is_its_text(inner):
    rows = f"<tr><td>甲<td>1<td>2<tr><td>乙<td>{inner}<td>4<tr><td>丙<td>5<td><table><tr><td></table>"
    assert shown(f"<table>{rows}</table>") == [[["甲", "1", "2"], ["乙", "3", "4"], ["丙", "5", ""]]]


def test_tables_around_an_article_are_layout_still():
    assert shown("<table><tr><td><table><tr><td><h1>标题</h1></table><tr><td><table><tr><td>文</table></table>") == [
        "标题",
        "文",
    ]
    prose = "2023年，我局认真落实条例。" * 20
    assert shown(f"<table><tr><td>导航<td><table><tr><td><p>{prose}</p></table></table>") == ["导航", prose]


def test_tables_of_div():
    for table, row, cell in (
        ("role=table", "role=row", "role=cell"),
        ("style='display:table'", "style='display: table-row'", "style='display:table-cell'"),
    ):
        rows = "".join(f"<div {row}><div {cell}>{a}</div><span {cell}>{b}</span></div>" for a, b in ("ab", "12"))
        assert shown(f"<div {table}>{rows}</div>文") == [[["a", "b"], ["1", "2"]], "文"]
    # The old trick to centre a figure is no table inside its cell.
    centred = "<div style='display:table'><div style='display:table-cell'>7</div></div>"
    assert shown(f"<table><tr><td>规章<td>{centred}</table>") == [[["规章", "7"]]]


def test_preformatted_lines():
    assert shown("<pre>甲  乙\n\n 丙\t丁</pre>") == ["甲  乙", "丙\t丁"]


def test_a_page_without_text_says_so():
    with pytest.raises(Unreadable) as error:
        read(b"<html><frameset><frame src=a.html></frameset></html>", "a.html")
    assert error.value.message.id == "read.no-text-in-page"


PIECES = [
    *("<p>", "</p>", "<div>", "</div>", "<br>", "<b>", "</b>", "<pre>", "<h2>", "</h2>", "<li>", "<a>", "<form>"),
    *("<table>", "</table>", "<caption>", "<tr>", "<td>", "</td>", "<td colspan=2>", "<td rowspan=3>"),
    *("<span hidden>", "</span>", "<div role=table>", "<div role=row>", "<div role=cell>", "甲", " ", "乙"),
]


@given(st.lists(st.sampled_from(PIECES), max_size=25))
def test_any_soup_gives_sound_grids(pieces):
    try:
        source = read("".join(pieces).encode(), "a.html")
    except Unreadable:
        return
    tables = 0
    for block in source.blocks:
        if isinstance(block, Grid):
            tables += 1
            covered = {cell for row in block.rows for cell in row} - {-1}
            assert covered == set(range(len(block.texts))) and len(block.places) == len(block.texts)
            assert {place.table for place in block.places} <= {tables}
            for index, place in enumerate(block.places):
                assert block.rows[place.row - 1][place.column - 1] in (index, *range(index, len(block.texts)))
        else:
            assert block.text == block.text.strip() and block.text and "\n" not in block.text


def test_what_a_page_has_too_much_of_is_said():
    def refusal(markup):
        with pytest.raises(Unreadable) as error:
            read(markup.encode(), "a.html")
        return error.value.message

    flat = refusal("<table><tr><td><b><i><u>2</u></i></b></table>" * 100_000)
    assert (flat.params["tags"], flat.params["depth"], flat.params["formatting"]) == (1_000_000, 4, 3)
    assert flat.params["formatted"] > flat.params["formatted_limit"]
    assert flat.params["deep"] < flat.params["deep_limit"] and not flat.params["crowded"]
    deep = refusal("<div>" * 100_000 + "正文" + "</div>" * 100_000)
    assert deep.params["deep"] > deep.params["deep_limit"] and deep.params["formatted"] == 0
    crowded = refusal("<p " + " ".join(f"a{n}=1" for n in range(100_000)) + ">正文")
    assert crowded.params["crowded"] == 1
    for lang in ("zh", "en"):
        assert str(flat.params["formatted"]) in render(flat, lang) and "read.page" not in render(flat, lang)
