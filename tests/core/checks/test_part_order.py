from gongkai.core.checks import part_order


def test_a_part_after_a_later_one(make, found):
    report = make()
    one, two, three, four, five, six = report.parts
    swapped = make(parts=(one, two, four, three, five, six))
    assert [f.found for f in found(part_order, swapped)] == [three.title]
    last_first = make(parts=(six, one, two, three, four, five))
    assert len(found(part_order, last_first)) == 5


def test_silent_in_order_also_with_gaps(make, found):
    assert found(part_order, make({2: None, 4: None})) == []
