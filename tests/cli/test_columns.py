"""Text in columns: widths, line breaks, tables."""

from hypothesis import given
from hypothesis import strategies as st

from gongkai.cli.columns import Line, fill, shorten, table, width, wrap

TEXT = st.text(alphabet="表三总计，。（）「」“”abc/-_:1 2 　é", max_size=120)


def test_chinese_is_two_wide_and_marks_are_none() -> None:
    assert [width(text) for text in ("abc", "表三", "（1）", "e\u0301", "")] == [3, 4, 5, 1, 0]


def test_fill_aligns_by_columns_not_by_characters() -> None:
    assert fill("表", 4) + "|" == "表  |"
    assert fill("表", 4, ">") == "  表"


@given(TEXT, st.integers(12, 60))
def test_wrap_loses_nothing_and_keeps_to_the_width(text: str, columns: int) -> None:
    lines = wrap(text, columns)
    assert "".join("".join(lines).split()) == "".join(text.split())
    for line in lines:
        assert width(line) <= columns or len(line.split()) <= 1


def test_wrap_never_breaks_an_id_nor_begins_a_line_with_a_closing_mark() -> None:
    text = "（七）总计一行的单元格 requests/total/natural_person 应当等于各项之和，而不是零。"
    lines = wrap(text, 32)
    assert any("requests/total/natural_person" in line for line in lines)
    for columns in range(8, 60):
        assert not any(line[:1] in tuple("，。）") for line in wrap(text, columns) if line)


def test_no_line_ends_with_an_opening_mark() -> None:
    opening, closing = tuple("（〔［｛「『【〖《〈“‘(["), tuple("）〕］｝」』】〗》〉”’，。、；：％)]")
    text = (
        "依据国办公开办函〔2021〕30号（见“表三”），《条例》〈节选〉；占八成五％：file(表三)与［甲］「乙」『丙』【丁】。"
    )
    for columns in range(24, 90):
        lines = wrap(text, columns)
        assert not any(line.endswith(opening) for line in lines), columns
        assert not any(line.startswith(closing) for line in lines), columns


@given(TEXT, st.integers(4, 40))
def test_shorten_fits(text: str, columns: int) -> None:
    assert width(shorten(text, columns)) <= columns


def test_table_keeps_figures_below_each_other_at_80_columns() -> None:
    heads = ["自然人", "商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他", "总计"]
    lines = [
        Line("一、本年新收政府信息公开申请数量", ["1", "0", "0", "0", "0", "12345", "12346"]),
        Line("三、本年度办理结果"),
        Line("（二）部分公开（区分处理的，只计这一情形，不计其他情形）", list("0000000"), 1),
    ]
    drawn = table("", heads, lines, 80)
    assert max(map(width, drawn)) <= 80
    ends = [width(line) for line in drawn if line.endswith(("12346", " 0"))]
    assert len(ends) == 2 and len(set(ends)) == 1


def test_a_head_wider_than_its_part_of_the_line_stays_above_its_figures() -> None:
    heads = ["natural person", "business", "public welfare"]
    for columns in range(40, 100):
        drawn = table("", heads, [Line("I. new requests of this year", ["1", "2", "3"])], columns)
        top, figures = drawn[drawn.index(next(line for line in drawn if "─" in line)) - 1], drawn[-1]
        assert len(top) == len(figures) <= columns
        assert top.index("business") + len("business") - 1 == figures.index("2")
