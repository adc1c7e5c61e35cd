import pytest

from gongkai.core.checks import fee_statement


@pytest.mark.parametrize(
    "other",
    [
        "无",
        "没有其他需要报告的事项。",
        "办理政协提案3件。",
        "行政事业性收费12.5万元。",
        "全年收取行政事业性收费12.5万元。",
    ],
)
def test_part_six_without_a_word_on_fees(make, found, other):
    assert [f.message.id for f in found(fee_statement, make({6: other}))] == ["fee-statement.none"]


@pytest.mark.parametrize(
    "other",
    [
        "未收取信息处理费。",
        "本年度无收费情况。",
        "未收取任何费用。",
        "发出收费通知1件，实际收取100元。",
        "依申请公开免费。",
        "无行政事业性收费。",
        "行政事业性收费12.5万元，未收取信息处理费。",
    ],
)
def test_any_statement_will_do(make, found, other):
    assert found(fee_statement, make({6: other})) == []


def test_a_statement_in_another_part(make, found):
    assert found(fee_statement, make({1: "依申请公开未收取任何费用。", 6: "无"})) == []
    assert len(found(fee_statement, make({1: "行政事业性收费0万元，公示收费目录。", 6: "无"}))) == 1


def test_silent_before_the_fee_and_without_part_six(make, found):
    assert found(fee_statement, make({6: "无"}, year=2020)) == []
    assert found(fee_statement, make({6: None})) == []
    assert found(fee_statement, make({6: "无"}, year=None)) == []
