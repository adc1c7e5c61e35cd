import pytest

from gongkai.core.checks import numbering


def headings(make, *printed):
    report = make()
    return make(parts=tuple(part._replace(heading=head) for part, head in zip(report.parts, printed, strict=False)))


def test_a_part_numbered_in_another_way(make, found):
    report = headings(make, "一、总体", "二、主动", "3、 收到", "4. 复议", "五、问题", "六、其他")
    assert [(f.found, f.expected) for f in found(numbering, report)] == [("3、", "三、"), ("4.", "四、")]


def test_a_number_that_stands_twice_or_not_at_all(make, found):
    twice = headings(make, "一、总体", "二、主动", "三、收到", "三、复议", "五、问题", "六、其他")
    assert [(f.found, f.expected) for f in found(numbering, twice)] == [("三、", "四、")]
    without = headings(make, "一、总体", "主动公开", "三、收到", "四、复议", "五、问题", "六、其他")
    assert [(f.found, f.expected) for f in found(numbering, without)] == [(None, "二、")]


def test_a_missing_part_may_leave_a_gap_or_none(make, found):
    assert found(numbering, make({4: None})) == []
    closed = headings(make, "一、总体", "二、主动", "三、收到", "四、复议")
    moved = make({2: None})
    moved = make(
        parts=tuple(
            p._replace(heading=h) for p, h in zip(moved.parts, ["一、", "二、", "三、", "四、", "五、"], strict=True)
        )
    )
    assert found(numbering, moved) == [] and found(numbering, closed) == []


def test_silent_where_nothing_is_numbered(make, found):
    assert found(numbering, headings(make, "总体情况", "主动公开", "收到", "复议", "问题", "其他")) == []
    assert found(numbering, headings(make, "", "", "", "", "", "")) == []


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("（一）甲\n（三）丙", [("（三）", "（二）")]),
        ("（一）甲\n（二）乙\n（二）丙", [("（二）", "（三）")]),
        ("（二）乙\n（三）丙", [("（二）", "（一）")]),
        ("（一）甲\n（二）乙\n（四）丁\n（五）戊", [("（四）", "（三）")]),
        ("（一）甲\n（二）乙\n（三）丙", []),
        ("(一)甲\n(二)乙", []),
        ("（一）甲\n[bookmark: _GoBack]（二）乙\n（三）丙", []),
        ("（一）甲（二）乙\n（三）丙", []),
        ("（一）甲\n（二）乙\n另有：\n（一）子\n（二）丑", []),
        ("一是甲。\n二是乙。", []),
    ],
)
def test_headings_below_parts(make, found, text, told):
    assert [(f.found, f.expected) for f in found(numbering, make({5: text}))] == told
    assert found(numbering, make({3: text})) == []
