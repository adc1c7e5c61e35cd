"""The report's figures are those of conftest.py: received 4, carried in 1, handled 4, carried out 1; upheld 1."""

from decimal import Decimal

import pytest

from gongkai.core.checks import text_mismatch
from gongkai.core.message import message
from gongkai.core.tables.report import Cell

NEW, TOTAL = "requests/new/total", "requests/total/total"
WRONG = {
    "2023年，我局共收到政府信息公开申请12件。": [(NEW, 12, 4)],
    "全年共受理依申请公开12件，办结12件。": [(NEW, 12, 4), (TOTAL, 12, 4)],
    "（二）依申请公开：全年受理申请9件。": [(NEW, 9, 4)],
    "全年新收政府信息公开申请５件，上年结转2件，结转下年度0件。": [
        (NEW, 5, 4),
        ("requests/carried_in/total", 2, 1),
        ("requests/carried_out/total", 0, 1),
    ],
    "依申请公开。新收申请十二件，其中自然人申请10件，法人或其他组织申请2件。": [
        (NEW, 12, 4),
        ("requests/new/natural_person", 10, 3),
        ("requests/new/organisations", 2, 1),
    ],
    "2023年，我局未收到政府信息公开申请。": [(NEW, 0, 4)],
    "没有收到公民、法人和其他组织提出的政府信息公开申请。": [(NEW, 0, 4)],
    "全年无政府信息公开申请。": [(NEW, 0, 4)],
    "收到12件政府信息公开申请，均已按时办结。": [(NEW, 12, 4)],
    "办理政府信息公开申请9件，其中予以公开7件，部分公开2件，不予公开1件。": [
        (TOTAL, 9, 4),
        ("requests/granted/total", 7, 2),
        ("requests/partial/total", 2, 1),
        ("requests/refused/total", 1, 0),
    ],
    "12件申请中，7件予以公开，2件部分公开，1件不予公开。": [
        ("requests/granted/total", 7, 2),
        ("requests/partial/total", 2, 1),
        ("requests/refused/total", 1, 0),
    ],
    "政府信息公开申请方面，2022年结转3件，结转至2024年继续办理2件。": [
        ("requests/carried_in/total", 3, 1),
        ("requests/carried_out/total", 2, 1),
    ],
    "全年被申请行政复议2件，其中维持1件，纠正1件；行政诉讼1件，尚未审结1件。": [
        ("review/reconsideration/total", 2, 1),
        ("review/reconsideration/corrected", 1, 0),
        ("review/litigation/total", 1, 0),
        ("review/litigation/pending", 1, 0),
    ],
    "2023年未发生因政府信息公开引起的行政复议、行政诉讼。": [("review/reconsideration/total", 0, 1)],
    "没有因政府信息公开工作被申请行政复议、提起行政诉讼情况。": [("review/reconsideration/total", 0, 1)],
    "因政府信息公开引发行政复议、行政诉讼均为0件。": [("review/reconsideration/total", 0, 1)],
    "政府信息公开发生1起行政诉讼案件。": [("review/litigation/total", 1, 0)],
    "制发行政规范性文件3件，废止2件，现行有效20件。": [
        ("art20/normative_documents/made", 3, 2),
        ("art20/normative_documents/abolished", 2, 1),
        ("art20/normative_documents/in_force", 20, 9),
    ],
    "作出行政许可决定40件，作出行政处罚决定3件。": [
        ("art20/licences/decisions", 40, 38),
        ("art20/penalties/decisions", 3, 0),
    ],
    "行政许可处理决定数量为1,200件。": [("art20/licences/decisions", 1200, 38)],
    "收取行政事业性收费3000元。": [("art20/fees/amount_10k_yuan", Decimal("0.3"), 0)],
    "全年收到信息公开申请1，234件。": [(NEW, 1234, 4)],
    "收到政府信息公开申请数量为12，已全部答复。": [(NEW, 12, 4)],
    "收到申请公开政府信息12件（次）。": [(NEW, 12, 4)],
    "新收政府信息公开申请4件 上年结转1件 予以公开2件 部分公开3件": [("requests/partial/total", 3, 1)],
}

SILENT = """
2022年，我局收到政府信息公开申请8件，办结8件。
收到政府信息公开申请4件，较2022年增加3件，同比增长300%。
2021年、2022年、2023年分别收到政府信息公开申请3件、5件、4件。
近三年共收到政府信息公开申请12件。
累计受理政府信息公开申请52件。
自新条例施行以来，共收到政府信息公开申请50件。
一季度收到政府信息公开申请1件，12月收到政府信息公开申请2件。
月均收到政府信息公开申请3件。
收到政府信息公开申请10余件，约12件。
计划2024年办理政府信息公开申请10件。
我局政府信息公开申请数由2022年的9件降至5件。
全区各部门共收到政府信息公开申请120件，办结118件。
县政府全年收到政府信息公开申请90件。
指导各部门办理政府信息公开申请30件。
审核各镇政府信息公开申请答复书12件。
协助县政府办理政府信息公开申请9件。
通过网站主动公开信息200条，答复网上咨询30件，办理人大代表建议12件、政协提案6件。
共收到政府信息公开申请4件，其中网上申请2件，信函申请2件。
收到政府信息公开申请4件，通过邮件答复2件，当面答复2件。
收到政府信息公开申请4件，撤回政府信息公开申请1件，延期答复1件。
受理政府信息公开申请4件，涉及征地拆迁3件，规划许可1件。
未出现政府信息公开申请超期答复情况。
没有逾期未答复的政府信息公开申请。
未收到涉及国家秘密的政府信息公开申请。
收到的4件政府信息公开申请中，没有重复申请。
没有发生因政府信息公开申请行政复议被纠正的情况。
作为复议机关，全年收到行政复议申请300件，审结290件，维持200件，纠正12件，信息公开类5件。
依申请公开工作有序。行政应诉案件12件，行政诉讼案件30件。
无一起行政诉讼案件。
涉及政府信息公开的行政复议1起，经审理维持原行政行为；无行政诉讼案件发生。
全年受理案件300件，办结案件290件，结案率96.7%。
办理不动产登记申请12000件，答复率100%。
共收到申请材料30份，办理户籍申请200件，办结行政审批事项3000件。
公示行政许可决定120件、行政处罚决定书30份。
行政处罚决定公开率100%，行政处罚决定12件被复议。
制定规章制度5项，修订完善3项，以县政府名义制发规范性文件5件。
全年主动公开政府信息126条，公开规范性文件5件，召开会议3次，培训5次，解读政策12件。
予以公开或部分公开3件，不予公开、无法提供共1件（依申请公开）。
自然人申请3件，其中予以公开1件，部分公开1件（依申请公开）。
2023年共受理政府信息公开申请5件（含上年结转1件），办结4件，结转下年度1件。
截至2023年12月31日，共收到政府信息公开申请4件，办结4件，办结率100%。
受理依申请公开件4件次，已答复4件。
规范性文件制发2件、废止1件、现行有效9件。
收取信息处理费500元，未收取行政事业性收费。
""".strip().split("\n")


@pytest.mark.parametrize("sentence", WRONG)
def test_prose_that_contradicts_the_table(make, found, sentence):
    findings = found(text_mismatch, make({1: sentence}))
    assert [(f.cell, f.found, f.expected) for f in findings] == WRONG[sentence]
    assert all(f.quote in sentence and f.message.params["place"] == "总体情况" for f in findings)


@pytest.mark.parametrize("sentence", SILENT)
def test_prose_that_is_right_or_counts_something_else(make, found, sentence):
    assert [(f.cell, f.found, f.expected) for f in found(text_mismatch, make({1: sentence}))] == []


def test_a_figure_may_mean_several_sums(make, found):
    assert found(text_mismatch, make({1: "共收到政府信息公开申请4件。"})) == []
    assert found(text_mismatch, make({1: "共收到政府信息公开申请5件。"})) == []
    assert len(found(text_mismatch, make({1: "共收到政府信息公开申请6件。"}))) == 1


def test_figures_of_the_whole_county_are_those_of_its_government(make, found):
    said = "全县行政机关共收到政府信息公开申请120件。"
    assert found(text_mismatch, make({1: said})) == []
    assert len(found(text_mismatch, make({1: said}, agency="云岭县人民政府"))) == 1


def test_in_a_tables_own_part_it_needs_no_words_on_requests(make, found):
    said = "予以公开5件。"
    assert found(text_mismatch, make({1: said})) == []
    assert len(found(text_mismatch, make({3: said}))) == 1


def test_the_opening_is_prose_too(make, found):
    findings = found(text_mismatch, make(opening="2023年收到政府信息公开申请9件。"))
    assert [f.message.id for f in findings] == ["text-mismatch.opening"]


def test_silent_for_blank_and_unread_cells(make, found):
    said = {1: "收到政府信息公开申请9件，予以公开2件。"}
    both = {NEW: "", "requests/carried_in/total": ""}
    assert found(text_mismatch, make(said, both)) == []
    unclear = (message("read.figures-unclear", cells=(NEW,)),)
    assert found(text_mismatch, make(said, {NEW: Cell(None, "31004")}, problems=unclear)) == []


def test_money_may_be_rounded(make, found):
    cells = {"art20/fees/amount_10k_yuan": Cell(Decimal("12.53"), "12.53")}
    for said, told in {"12.5万元": 0, "125300元": 0, "13万元": 0, "12.6万元": 1, "0元": 1}.items():
        assert len(found(text_mismatch, make({1: f"行政事业性收费{said}。"}, cells))) == told


def test_each_figure_of_the_data_is_found_when_wrong(make, found):
    """Not one of the phrases is dead: every row of results, told in its printed words, is compared."""
    form = make().form
    rows = [
        row for block in form.by_table["requests"].blocks for row in block.rows if "." in row.id and row.id[0] in "ru"
    ]
    missed = []
    for row in rows:
        words = row.label.text.partition(".")[2].removeprefix("属于")
        findings = found(text_mismatch, make({1: f"依申请公开方面，{words}7件。"}))
        if [f.cell for f in findings] != [f"requests/{row.id}/total"]:
            missed.append(row.id)
    assert missed == []
