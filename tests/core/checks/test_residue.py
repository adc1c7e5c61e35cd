import time

import pytest

from gongkai.core.checks import residue

LEFT = [
    "[bookmark: _GoBack]",
    "PAGE \\* MERGEFORMAT",
    'HYPERLINK "http://example.gov.cn"',
    "错误！未找到引用源。",
    "错误!未定义书签",
    "Error! Reference source not found.",
    'TOC \\o "1-3" \\h \\z \\u',
    "REF _Ref123 \\h",
    "MERGEFIELD name",
    "[if !supportLists]",
    "_GoBack",
    "&nbsp;",
    "mso-spacerun: yes",
    "\ufffd\ufffd",
    "××局",
    "XX街道",
    "20XX年",
    "<o:p>",
    '<span style="a">',
    "EMBED Word.Picture.8",
    "某某市",
    "____年",
    "[标签:标题]",
    "{{agency}}",
    "${year}",
    "$!{title}",
    "HYPERLINK http://www.example.gov.cn/a",
    "（此处填写机关名称）",
]


@pytest.mark.parametrize("left", LEFT)
def test_each_kind_once(make, found, left):
    report = make({1: f"公开工作{left}有序。\n再次{left}出现"})
    assert [(f.found, f.cell) for f in found(residue, report)] == [(left, None)]


def test_a_year_that_nobody_filled_in(make, found):
    assert [f.found for f in found(residue, make({1: "××年，我局公开信息20条，自××年至今。"}))] == ["××年"]


def test_wherever_it_was_printed(make, found):
    assert len(found(residue, make(title="&nbsp;年度报告"))) == 1
    assert len(found(residue, make(opening="根据&nbsp;要求"))) == 1
    assert len(found(residue, make(cells={"requests/new/other": "&nbsp;"}))) == 1
    report = make()
    heading = report.parts[4]._replace(heading="五、&nbsp;存在的主要问题")
    assert len(found(residue, make(parts=(*report.parts[:4], heading, report.parts[5])))) == 1


@pytest.mark.parametrize(
    "text",
    [
        "张××提出申请",
        "见http://example.gov.cn/x?a=1&b=2",
        "邮箱 a_b@example.cn",
        "5<6，7>3",
        "在[青川发布]栏目公开",
        "长3×宽5",
        "某企业申请",
        "王××年内申请3件",
        "申请人张××年满60岁",
        "见“______”栏",
        "集合{1,2}，价格$5",
        "见[标签]栏目",
        "HYPERLINK是超链接的意思",
    ],
)
def test_silent_for_plain_text(make, found, text):
    assert found(residue, make({1: text})) == []


@pytest.mark.parametrize("piece", ["_", "[bookmark: ", "*_", "[if a", "<!--[if ", 'HYPERLINK "', "X ", "SEQ ", "错误 "])
def test_the_time_grows_with_the_length_only(make, found, piece):
    begun = time.process_time()
    found(residue, make({1: piece * 30_000}))
    assert time.process_time() - begun < 5
