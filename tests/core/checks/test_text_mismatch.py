"""The report's figures are those of conftest.py: received 4, carried in 1, handled 4, carried out 1; upheld 1."""

import time
from decimal import Decimal

import pytest

from gongkai.core.checks import text_mismatch
from gongkai.core.checks.finding import Case
from gongkai.core.checks.run import run
from gongkai.core.message import message
from gongkai.core.tables.report import Cell
from gongkai.rulebook.load.words import words

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
    "我单位无政府信息公开申请发生。": [(NEW, 0, 4)],
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
    "受理公开申请12件，同比增长20%。": [(NEW, 12, 4)],
    "2023年我局政府信息公开零申请。": [(NEW, 0, 4)],
    "全年实现零申请、零复议、零诉讼。": [("review/reconsideration/total", 0, 1), (NEW, 0, 4)],
    "我局全年信息公开申请、行政复议、行政诉讼均为零。": [("review/reconsideration/total", 0, 1)],
    "没有行政复议案件。": [("review/reconsideration/total", 0, 1)],
    "上年结转1件，新收政府信息公开申请4件，其中予以公开5件。": [("requests/granted/total", 5, 2)],
    "区水务局全年收到政府信息公开申请8件，青川市民政局收到政府信息公开申请8件。": [(NEW, 8, 4)],
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

# Below the head 依申请公开, in a bureau's report: none of these counts is one of the table.
OF_SOMETHING_ELSE = """
受理信访件87件，办结85件，结转下年2件。
受理行政许可申请1500件，办结1286件，不予许可15件。
全年行政许可申请办结1300件，提前办结率98%。
全年受理不动产登记业务12000件，办结11900件，结转下年100件。
收到各类投诉举报350件，办结340件，结转下年10件。
受理工伤认定申请300件，答复300件。
政府信息公开申请4件，全部答复。另受理行政复议申请35件，办结30件，结转下年5件。
行政复议机关受理申请46件。
受理公开招标申请12件。
办事公开申请表下载500次。
局属各事业单位收到政府信息公开申请3件，均已转交我局统一办理。
镇街未收到政府信息公开申请。
村居未收到政府信息公开申请。
下辖各派出所未收到政府信息公开申请。
二级单位没有收到依申请公开件。
区教育局收到政府信息公开申请20件。
配合区自然资源局答复政府信息公开申请3件，予以公开3件。
协助上级机关办理信息公开申请2件、行政复议2件、行政诉讼1件。
综合执法队协助作出行政处罚决定12件。
代收代缴区级行政事业性收费12.5万元。
上年度结转申请1件，全部办结，其中予以公开9件，无法提供9件。
上年结转的4件申请中，予以公开9件、不予公开3件。
往年结转申请4件，已答复4件，予以公开9件。
涉及房屋征收的不予公开2件，涉及规划的不予公开3件。
房屋征收类申请予以公开5件，规划类申请予以公开3件。
关于土地的予以公开5件，信息公开申请中另予以公开3件。
受理信访、举报、投诉类事项156件。
制发公文66件，其中主动公开48件、依申请公开12件、不予公开6件。
公文公开属性认定：主动公开48件，依申请公开12件，不予公开6件。
我局作为被申请人的行政复议案件2件（非政府信息公开类），均维持。
政府信息公开行政复议、行政诉讼均为1件。
全局行政处罚零复议、零诉讼。
免申即享政策实现零申请兑现。
""".strip().split("\n")

# In the report of a government, which counts all organs below it: parts of its figures.
PARTS = """
县政府本级共收到政府信息公开申请22件，办结20件，结转下年2件。
县住建局收到政府信息公开申请15件，县自然资源局收到申请12件。
各乡镇（街道）共收到政府信息公开申请12件。
开发区管委会收到政府信息公开申请5件，予以公开3件，不予公开1件。
镇街受理申请12件。
县政府收到政府信息公开申请22件，部门乡镇收到政府信息公开申请47件。
县政府及县政府办公室制发规范性文件3件，部门制发规范性文件1件。
县政府规范性文件现行有效20件，部门规范性文件现行有效11件。
以县政府为被告的政府信息公开行政诉讼2件，各部门5件。
""".strip().split("\n")


@pytest.mark.parametrize("sentence", WRONG)
def test_prose_that_contradicts_the_table(make, found, sentence):
    findings = found(text_mismatch, make({1: sentence}))
    assert [(f.cell, f.found, f.expected) for f in findings] == WRONG[sentence]
    assert all(f.quote in sentence and f.message.params["place"] == "总体情况" for f in findings)


@pytest.mark.parametrize("sentence", SILENT)
def test_prose_that_is_right_or_counts_something_else(make, found, sentence):
    assert [(f.cell, f.found, f.expected) for f in found(text_mismatch, make({1: sentence}))] == []


@pytest.mark.parametrize("sentence", OF_SOMETHING_ELSE)
def test_what_others_received_and_what_is_no_request(make, found, sentence):
    cells = {"review/litigation_direct/upheld": 1, "review/litigation_direct/total": 1}
    report = make({1: f"（一）主动公开。公开信息12条。\n（二）依申请公开。{sentence}"}, cells)
    assert [(f.quote, f.found) for f in found(text_mismatch, report)] == []


@pytest.mark.parametrize("sentence", PARTS)
def test_parts_of_what_a_government_reports(make, found, sentence):
    report = make({1: f"（二）依申请公开。{sentence}"}, agency="云岭县人民政府")
    assert [(f.quote, f.found) for f in found(text_mismatch, report)] == []


def told(report):
    return [f for f in run(Case(report, words=words())) if f.rule is text_mismatch.RULE or f.repair]


def test_the_prose_that_a_correction_of_the_table_bears_out(make, found):
    """A table's only smallest correction puts 4 where 9 stands: then 4 is right, and 5 is not."""
    report = make({1: "新收政府信息公开申请4件。"}, {NEW: 9})
    assert len(found(text_mismatch, report)) == 1
    assert [f.rule.id for f in told(report)] == ["row-total", "balance"]
    wrong = told(make({1: "新收政府信息公开申请5件。"}, {NEW: 9}))[-1]
    assert (wrong.rule.id, wrong.cell, wrong.found, wrong.expected) == ("text-mismatch", NEW, 5, 9)


def test_a_correction_in_several_ways_bears_nothing_out(make):
    findings = told(make({1: "因政府信息公开被申请行政复议1件。"}, {"review/reconsideration/total": 2}))
    assert [f.rule.id for f in findings] == ["review-total", "text-mismatch"]
    assert findings[0].repair.status == "several"


def test_none_where_the_table_has_some_names_the_first_that_it_has(make, found):
    both = {
        f"review/{row}/{column}": 1
        for row in ("litigation_direct", "litigation_after")
        for column in ("other", "total")
    }
    (finding,) = found(text_mismatch, make({1: "未发生政府信息公开行政诉讼。"}, both))
    assert (finding.cell, finding.found, finding.expected) == ("review/litigation_direct/total", 0, 2)


def test_a_number_of_thousands_of_digits_is_none(make, found):
    assert found(text_mismatch, make({1: f"收到政府信息公开申请{'9' * 6000}件。"})) == []


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


@pytest.mark.parametrize("said", ["收到申请1件，办结2件，", "收到申请1件，办结2件。"])
def test_the_time_grows_with_the_length_only(make, found, said):
    begun = time.process_time()
    found(text_mismatch, make({1: said * 5_000}))
    assert time.process_time() - begun < 10
