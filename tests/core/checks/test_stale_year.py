import pytest

from gongkai.core.checks import stale_year

PLANS = [
    "2023年，我局将继续按照部署严格落实《条例》。",
    "2023年下一步工作中，将加强培训。",
    "（三）2023年工作打算\n一是加强培训。",
    "2023年，我们将进一步完善制度。",
    "在2023年的工作中，我局将着力提升质量。",
    "2023年，青川市民政局将以《条例》为指引。",
    "展望2023年，我局将不断加强。",
    "２０２３年要进一步加强公开。",
    "2023年我局将着重从以下三个方面改进。",
    "2023年，市民政局将以更高标准推进公开。",
    "2023年，我局会继续努力。",
    "新的一年（2023年），我局将继续努力。",
    "二〇二三年，我局将继续努力。",
]
PAST = [
    "2023年，我局将政务公开纳入绩效考核。",
    "2023年，我局将重点领域信息公开作为抓手，取得成效。",
    "针对2023年存在的问题，我局将继续改进。",
    "2023年工作中存在一些不足，下一步将继续改进。",
    "2024年，我局将继续完善。",
    "按照2023年工作计划，我局完成了全部任务。",
    "根据2023年政务公开工作要点，将进一步细化任务。",
    "2023年，我局继续深入推进政务公开。",
    "2023年我局取得了一定成绩，但仍有不足，将继续努力。",
    "对照2023年存在的不足，2024年我局将进一步改进。",
    "2023年，我局虽做了工作，但存在不足，将进一步加强。",
    "2023年，我局将按照规定应当公开的信息全部公开了。",
    "2023年，我局争取到专项资金用于平台改造，问题得到缓解。",
    "2023年我局力争做到应公开尽公开，公开时效进一步提升。",
    "2022年报告中提出“2023年将进一步加强业务培训”，本年度已组织培训3次。",
    "2022年提出：2023年将加强培训。现已完成。",
    "2023年，我局拟制了信息公开指南。",
    "2023年，将继续教育与公开培训结合。",
    "2023年，我局计划开展培训3次，实际开展3次。",
    "2023年，市人大常委会继续推进执法检查，我局配合。",
    "2023年我局重点做好以下整改工作：一是加强培训。",
    "2023年，我局将以往年度文件重新梳理公开。",
    "二〇二四年，我局将继续努力。",
]


@pytest.mark.parametrize("plan", PLANS)
def test_a_plan_for_the_reports_own_year(make, found, plan):
    findings = found(stale_year, make({5: f"公开内容不够丰富。\n{plan}"}))
    assert [(f.found, f.expected, f.cell) for f in findings] == [(2023, 2024, None)]
    assert "年" in findings[0].quote and findings[0].quote in plan


def test_a_plan_for_an_earlier_year(make, found):
    assert [f.found for f in found(stale_year, make({5: "2022年，我局将继续推进。"}))] == [2022]


@pytest.mark.parametrize("said", PAST)
def test_silent_for_the_past_and_for_next_year(make, found, said):
    assert found(stale_year, make({5: said})) == []


def test_silent_outside_part_five_and_without_a_year(make, found):
    assert found(stale_year, make({1: PLANS[0]})) == []
    assert found(stale_year, make({5: PLANS[0]}, year=None)) == []


@pytest.mark.parametrize(
    ("period", "wrong"),
    [
        ("本报告中所列数据的统计期限自2022年1月1日起至2022年12月31日止。", 2022),
        ("报告中所列数据的统计时限为2022年1月1日至12月31日。", 2022),
        ("数据统计期限：2023年1月1日至2022年12月31日。", 2022),
        ("统计时间为2024年1月1日—2024年12月31日。", 2024),
        ("本报告数据统计期限为2023年1月1日至12月31日。", None),
        ("报告时限为2022年1月1日至2022年12月31日。", 2022),
        ("数据截止到2022年12月31日。", 2022),
        ("统计期限为2022年1月至12月。", 2022),
        ("现发布2022年政府信息公开工作年度报告。", 2022),
        ("青川市民政局编制了2022年度政府信息公开工作年度报告。", 2022),
        ("本报告电子版自2022年1月1日起可下载。", None),
        ("本报告数据截至2023年12月31日。", None),
        ("现公布2023年政府信息公开工作年度报告。", None),
        ("根据《关于做好2022年政府信息公开工作年度报告编制的通知》要求，编制了本报告。", None),
        ("现行有效规范性文件数据见2022年政府信息公开工作年度报告。", None),
        ("在编制了2022年政府信息公开工作年度报告的基础上，形成本报告。", None),
    ],
)
def test_the_statistical_period(make, found, period, wrong):
    findings = found(stale_year, make(opening=period))
    assert [(f.found, f.expected) for f in findings] == ([(wrong, 2023)] if wrong else [])
