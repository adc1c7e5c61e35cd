import pytest

from gongkai.core.checks import copied_text

TEXT = (
    "今年我局在政府信息公开工作中还存在公开内容不够全面、更新不够及时、解读形式比较单一等问题。下一步将完善工作制度，细化公开目录，"
    "压实各科室责任，加强业务培训，丰富解读形式，拓宽公众参与渠道，不断提高公开的质量和实效，切实保障群众的知情权、参与权和监督权。"
)
OTHER = (
    "主要问题是答复书说理不足，个别申请超过内部时限。已请法律顾问逐件复核，编印范本十二则，并把办理时限写进岗位说明书；"
    "新设专人每周核对登记簿，窗口与业务科室之间改用电子交接单，交接时间由三天缩短到半天，群众来电询问进度的情形明显变少了。"
)


def test_a_part_taken_over_with_new_years(make, found):
    findings = found(copied_text, make({5: f"2023年，{TEXT}"}), make({5: f"2022年，{TEXT}"}, year=2022))
    assert [
        (f.found, f.cell, f.message.params["part"]) for f in findings if f.message.params["part"].startswith("存在")
    ] == [(100, None, "存在的主要问题及改进情况")]


@pytest.mark.parametrize(("share", "told"), [(0.9, True), (0.5, False)])
def test_from_four_fifths_on(make, found, share, told):
    cut = int(len(TEXT) * share)
    texts = {1: "总体情况见下。", 5: TEXT[:cut] + OTHER[: len(TEXT) - cut]}
    findings = found(copied_text, make(texts), make({5: TEXT}, year=2022))
    assert bool(findings) == told
    assert all(80 <= f.found < 100 for f in findings)


def test_silent_for_short_parts_new_text_and_without_last_year(make, found):
    assert found(copied_text, make({1: "无"}), make({1: "无"}, year=2022)) == []
    assert found(copied_text, make({1: "无", 5: TEXT}), make({5: OTHER}, year=2022)) == []
    assert found(copied_text, make({5: TEXT})) == []
    assert found(copied_text, make({5: TEXT}), make({5: TEXT}, year=2021)) == []
