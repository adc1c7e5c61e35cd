from gongkai.core.checks import missing_part


def test_each_part_that_is_missing(make, found):
    assert [f.expected for f in found(missing_part, make({2: None, 6: None}))] == [
        "主动公开政府信息情况",
        "其他需要报告的事项",
    ]
    assert found(missing_part, make()) == []
