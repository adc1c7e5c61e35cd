import pytest

from gongkai.core.checks import agency_name


@pytest.mark.parametrize(
    ("agency", "text", "wrong"),
    [
        ("云岭县政务服务局", "2023年，政务服务局政府紧紧围绕中心工作。", "政务服务局政府"),
        ("青川市民政局", "我镇认真落实《条例》。", "我镇"),
        ("云岭县石桥镇人民政府", "我局高度重视。", "我局"),
        ("云岭县柳荫街道办事处", "我街道成立小组，我镇加强领导。", "我镇"),
        ("青川市发展和改革委员会", "我委高度重视，我局及时公开。", "我局"),
    ],
)
def test_another_name_in_the_text(make, found, agency, text, wrong):
    findings = found(agency_name, make({1: text, 5: "无", 6: "无"}, agency=agency, opening=""))
    assert [(f.found, f.expected, f.cell) for f in findings] == [(wrong, agency, None)]
    assert wrong in findings[0].quote


@pytest.mark.parametrize(
    ("opening", "wrong"),
    [
        ("根据要求，云岭县教育局编制了2023年政府信息公开工作年度报告。", "云岭县教育局"),
        ("本年度报告由云岭县教育局编制。", "云岭县教育局"),
        ("现将云岭县教育局2023年政府信息公开工作年度报告公布如下。", "云岭县教育局"),
    ],
)
def test_another_organ_that_compiled_it(make, found, opening, wrong):
    assert [f.found for f in found(agency_name, make(opening=opening))] == [wrong]


@pytest.mark.parametrize(
    ("agency", "text"),
    [
        ("云岭县政务服务局", "县政务服务局政府信息公开工作有序，政务服务局政府网站栏目更新，局机关全员参与。"),
        ("青川市财政局", "市财政局政府采购、政府债务信息公开；我市我县我区均已公开；我委托第三方评估。"),
        ("云岭县人民政府", "县政府认真落实，我县各部门、县教育局、青川市司法局配合。"),
        ("青川市机关事务服务中心", "我中心与我局合署办公。"),
    ],
)
def test_silent_for_short_names_and_for_others_mentioned(make, found, agency, text):
    assert found(agency_name, make({1: text, 5: "无", 6: "无"}, agency=agency, opening="")) == []


@pytest.mark.parametrize(
    ("agency", "opening"),
    [
        ("青川市卫生健康委员会", "根据要求，市卫健委编制了2023年政府信息公开工作年度报告。"),
        ("云岭县人民政府", "本报告由云岭县人民政府办公室编制。"),
        ("青川市民政局", "本报告由青川市民政局办公室根据《条例》编制。"),
        ("青川市民政局", "按照国务院办公厅编制的格式，我局编制了2023年政府信息公开工作年度报告。"),
        ("昌平县政务服务局", "县政务服务局编制了本年度报告。"),
        ("青川市云岭区石桥街道办事处", "本年度报告由云岭区人民政府石桥街道办事处编制。"),
        ("青川市云岭区水务局", "根据青川市人民政府办公室编制2023年度报告的要求，青川市云岭区水务局形成本报告。"),
    ],
)
def test_silent_for_the_agency_itself(make, found, agency, opening):
    assert found(agency_name, make({1: "无", 5: "无", 6: "无"}, agency=agency, opening=opening)) == []


def test_silent_where_the_agency_is_not_known(make, found):
    assert found(agency_name, make({1: "我镇与我局"}, agency=None)) == []
