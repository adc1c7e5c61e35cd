from gongkai.core.checks import overview_head


def test_each_head_that_is_not_treated(make, found):
    text = "全年主动公开政府信息20条，公众号发布消息30条。"
    assert [(f.expected, f.found, f.cell) for f in found(overview_head, make({1: text}))] == [
        ("依申请公开", None, None),
        ("政府信息管理", None, None),
        ("监督保障", None, None),
    ]


def test_general_words_on_disclosure_treat_no_head(make, found):
    report = make(
        {1: "2023年，我局高度重视政府信息公开工作，全年收到依申请公开2件，网站、保密审查与考核均有专人负责。"}
    )
    assert [f.expected for f in found(overview_head, report)] == ["主动公开"]


def test_management_under_other_words(make, found):
    said = "做好主动公开工作，规范办理依申请，加强政府信息资源规范化管理，强化政府网站建设，强化监督考核。"
    assert found(overview_head, make({1: said})) == []


def test_silent_where_treated_and_without_part_one(make, found):
    assert found(overview_head, make()) == []
    assert found(overview_head, make({1: None})) == []
    assert found(overview_head, make({1: "无"}, form="annual-2019")) == []
