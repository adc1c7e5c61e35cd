import pytest

from gongkai.core.checks import stale_basis

NEW = "国办公开办函〔2021〕30号"


@pytest.mark.parametrize(
    "cited",
    [
        "国办公开办函〔2019〕60号",
        "国办公开办函[2019]60号",
        "国办公开办函﹝2019﹞ 60 号",
        "国办公开办函（2019）60号",
        "国办公开办函【2019】60号",
        "国办公开办函〔２０１９〕６０号",
        "国办公开办函2019年60号",
    ],
)
def test_the_old_notice_in_any_brackets(make, found, cited):
    findings = found(stale_basis, make(opening=f"根据《通知》（{cited}）要求编制。"))
    assert [(f.found, f.expected, f.cell) for f in findings] == [(cited, NEW, None)]
    assert cited in findings[0].quote


def test_in_part_one_too_but_not_elsewhere(make, found):
    said = "按照国办公开办函〔2019〕60号要求开展工作。"
    assert len(found(stale_basis, make({1: said}))) == 1
    assert found(stale_basis, make({6: said})) == []


@pytest.mark.parametrize(
    "opening",
    [
        "根据国办公开办函〔2021〕30号编制。",
        "青政办发〔2019〕60号文件要求。",
        "国办公开办函〔2019〕60号已废止。",
        "国办公开办函〔2019〕61号。",
        "根据国办公开办函〔2019〕60号文件停止使用后的新格式。",
        "国办公开办函〔2019〕60号不再使用。",
    ],
)
def test_silent_for_other_notices_and_for_what_was_replaced(make, found, opening):
    assert found(stale_basis, make(opening=opening)) == []


def test_silent_for_the_years_that_it_governed(make, found):
    opening = "根据国办公开办函〔2019〕60号编制。"
    assert found(stale_basis, make(opening=opening, year=2020, form="annual-2019")) == []
    assert found(stale_basis, make(opening=opening, year=None)) == []
    assert len(found(stale_basis, make(opening=opening, year=2021))) == 1
