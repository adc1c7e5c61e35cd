"""Titles as published reports have printed them, and the agency and year in them."""

import pytest

from gongkai.core.tables.report import Place
from gongkai.documents.read.recognise.title import agency_in_opening, find_title, year_of_period
from gongkai.documents.read.source import Paragraph


def paragraphs(*lines):
    return [Paragraph(line, Place(line=n)) for n, line in enumerate(lines, 1)]


@pytest.mark.parametrize(
    ("lines", "agency", "year"),
    [
        (["云岭县民政局2021年政府信息公开工作年度报告"], "云岭县民政局", 2021),
        (["云岭县民政局2021年政府信息公开", "工作年度报告"], "云岭县民政局", 2021),
        (["云岭县民政局", "2021年政府信息公开工作年度报告"], "云岭县民政局", 2021),
        (["云岭县民政局", "2021年", "政府信息公开工作", "年度报告"], "云岭县民政局", 2021),
        (["云岭县民政局", "2021 年度政府信息公开年度报告"], "云岭县民政局", 2021),
        (["2022年云岭县民政局政府信息公开工作年度报告"], "云岭县民政局", 2022),
        (["2022年度云岭县人民政府办公室政府信息公开工作年报"], "云岭县人民政府办公室", 2022),
        (["云岭县青山镇人民政府关于2020年政府信息公开工作的年度报告"], "云岭县青山镇人民政府", 2020),
        (["云岭县民政局二〇二一年政府信息公开工作年度报告"], "云岭县民政局", 2021),
        (["云岭县民政局二○二二年度政府信息公开工作年度报告"], "云岭县民政局", 2022),
        (["云岭县民政局２０２３年政府信息公开工作年度报告"], "云岭县民政局", 2023),
        (
            ["云岭县发展和改革局（粮食和物资储备局）2023年政府信息公开工作年度报告"],
            "云岭县发展和改革局（粮食和物资储备局）",
            2023,
        ),
        (["云岭县市场监督管理局2021年政府信息公开工作年度报告（公开稿）"], "云岭县市场监督管理局", 2021),
        (["2021年政府信息公开工作年度报告"], None, 2021),
        (["青川海关2023年政府信息公开工作年度报告"], "青川海关", 2023),
        (["云岭生产建设兵团第八师2023年政府信息公开工作年度报告"], "云岭生产建设兵团第八师", 2023),
        (["云岭县水务局政府信息公开工作年度报告（2023年）"], "云岭县水务局", 2023),
        (["云岭县水务局政府信息公开工作2023年度报告"], "云岭县水务局", 2023),
        (["[年度报告]云岭县水务局2023年政府信息公开工作年度报告"], "云岭县水务局", 2023),
        (["关于云岭县水务局2023年政府信息公开工作年度报告的公告"], "云岭县水务局", 2023),
        (["云岭县12345热线中心2023年政府信息公开工作年度报告"], "云岭县12345热线中心", 2023),
        (["云岭县人民政府", "云岭县民政局2021年政府信息公开工作年度报告"], "云岭县民政局", 2021),
        (
            ["首页 > 年报 > 云岭县民政局2021年政府信息公开工作年度报告", "云岭县民政局2021年政府信息公开工作年度报告"],
            "云岭县民政局",
            2021,
        ),
        (["索引号：1234", "发布时间：2022-01-20", "云岭县司法局2021年政府信息公开工作年度报告"], "云岭县司法局", 2021),
    ],
)
def test_titles(lines, agency, year):
    title = find_title(paragraphs(*lines, "根据规定，编制本报告。"))
    assert title is not None
    assert (title.agency, title.year) == (agency, year)


@pytest.mark.parametrize(
    "line",
    ["云岭县发布2021年政府信息公开工作要点", "关于做好年度报告编制工作的通知", "2021年工作总结", ""],
)
def test_other_subjects_are_no_title(line):
    assert find_title(paragraphs(line, "一些文字。")) is None


def test_the_page_title_helps_where_the_text_names_no_agency():
    title = find_title(
        paragraphs("2021年政府信息公开工作年度报告"), ["云岭县民政局2021年政府信息公开工作年度报告_云岭县人民政府"]
    )
    assert title is not None
    assert (title.agency, title.year, title.first) == ("云岭县民政局", 2021, 0)


def test_a_page_title_of_another_year_does_not():
    title = find_title(paragraphs("2021年政府信息公开工作年度报告"), ["云岭县民政局2019年政府信息公开工作年度报告"])
    assert title is not None
    assert title.agency is None


@pytest.mark.parametrize(
    ("opening", "agency"),
    [
        ("根据《中华人民共和国政府信息公开条例》，云岭县民政局编制了2021年年度报告。", "云岭县民政局"),
        ("本报告由云岭县司法局编制，数据截至年底。", "云岭县司法局"),
        ("根据国务院办公厅要求，我局编制了本报告。", None),
    ],
)
def test_who_compiled_it(opening, agency):
    assert agency_in_opening(opening) == agency


def test_the_period_names_the_year():
    assert year_of_period("数据统计期限为2021年1月1日至2021年12月31日。") == 2021
    assert year_of_period("没有期限") is None
