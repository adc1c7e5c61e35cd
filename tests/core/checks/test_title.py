import pytest

from gongkai.core.checks import title


@pytest.mark.parametrize(
    ("printed", "agency", "fault"),
    [
        ("", "青川市民政局", "title.none"),
        ("青川市民政局2023年政府信息公开年报", "青川市民政局", "title.name"),
        ("青川市民政局政府信息公开工作年度报告", "青川市民政局", "title.year"),
        ("2023年政府信息公开工作年度报告", "青川市民政局", "title.agency"),
        ("市民政局2023年政府信息公开工作年度报告", "市民政局", "title.short-agency"),
    ],
)
def test_what_a_title_lacks(make, found, printed, agency, fault):
    findings = found(title, make(title=printed, agency=agency))
    assert [f.message.id for f in findings] == [fault]
    assert all(f.cell is None for f in findings)


@pytest.mark.parametrize(
    ("printed", "agency"),
    [
        ("青川市民政局2023年政府信息公开工作年度报告", "青川市民政局"),
        ("青川市民政局2023年度\n政府信息公开工作年度报告", "青川市民政局"),
        ("2023年青川市民政局政府信息公开工作年度报告", "青川市民政局"),
        ("青川市民政局二〇二三年政府信息公开工作年度报告", "青川市民政局"),
        ("市中区水务局２０２３年政府信息公开工作年度报告", "市中区水务局"),
    ],
)
def test_whole_titles(make, found, printed, agency):
    assert found(title, make(title=printed, agency=agency)) == []


def test_what_it_should_be(make, found):
    findings = found(title, make(title="年报", agency="青川市民政局"))
    assert {f.expected for f in findings} == {"青川市民政局2023年政府信息公开工作年度报告"}
    assert {f.message.id for f in findings} == {"title.name", "title.year", "title.agency"}
