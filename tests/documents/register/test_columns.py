"""Columns are known by their words, however they are headed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.documents.register.conftest import AGENCY, HEAD, ROW

from gongkai.documents.register import Mapping
from gongkai.documents.register.compared import comparable
from gongkai.documents.register.names import Names
from gongkai.rulebook.load.messages import render
from gongkai.rulebook.load.register import CONCEPTS, IGNORED, register_words

NAMES = Names()


def concept(*levels, names=NAMES):
    found = names.column(levels)
    return found.concept if found else None


@pytest.mark.parametrize(
    ("levels", "meant"),
    [
        (("登记号",), "number"),
        (("受理编号",), "number"),
        (("*编 号",), "number"),
        (("3.申请\n方式：",), "channel"),
        (("申请方式（当面/邮寄/网络）",), "channel"),
        (("Received on",), "received_on"),
        (("received_on",), "received_on"),
        (("申请人", "姓名"), "applicant_name"),
        (("申请人", "类型"), "applicant_kind"),
        (("申请人", "申请人类别"), "applicant_kind"),
        (("基本情况", "申请人情况", "姓名或名称"), "applicant_name"),
        (("第三方", "收到日期"), "third_party_received"),
        (("征求第三方意见", "答复日期"), "third_party_answered"),
        (("征求意见", "其他机关", "征求日期"), "other_organ_sent"),
        (("补正", "收到日期"), "correction_received"),
        (("申请情况", "收到日期"), "received_on"),
        (("收费", "缴费日期"), "fee_paid"),
        (("行政诉讼", "是否经复议"), "after_reconsideration"),
        (("行政诉讼判决日期",), "litigation_decided"),
        (("延长工作日",), "extension_days"),
        # What means something else elsewhere is not guessed below a heading that nobody knows.
        (("上级督办", "收到日期"), None),
        (("上级督办", "申请方式"), "channel"),
        (("联系电话",), None),
        (("延期日期",), None),
        (("",), None),
    ],
)
def test_words_of_columns(levels, meant):
    assert concept(*levels) == meant


def test_every_word_of_the_rulebook_means_its_column():
    words = register_words()
    for each in words.columns:
        for word in each.words:
            assert concept(word) == each.concept, word
        for short in each.short:
            for group in words.groups[each.group]:
                assert concept(group, short) == each.concept, (group, short)


def test_every_word_of_the_rulebook_has_one_meaning():
    for field, found in register_words().fields.items():
        for meaning, words in found.words.items():
            for word in words:
                assert NAMES.value(field, word) == meaning, (field, word)
        for word in found.vague:
            assert NAMES.value(field, word) is None and NAMES.is_vague(field, word), (field, word)


@given(
    st.sampled_from([word for each in register_words().columns for word in each.words]),
    st.text("\n 　\t：:*", max_size=3),
)
def test_spaces_and_punctuation_do_not_matter(word, noise):
    middle = len(word) // 2
    assert comparable(noise + word[:middle] + noise.strip("：:*") + word[middle:] + noise) == comparable(word)


def test_a_mapping_adds_names_and_wins():
    names = Names(Mapping(columns={"登记日期": "replied", "受理人 备注": "subject", "序 号": "number"}))
    assert concept("登记日期", names=names) == "replied"
    assert concept("受理人", "备注", names=names) == "subject"
    assert concept("序号", names=names) == "number"
    assert concept("收到日期", names=names) == "received_on"


def test_of_several_columns_the_likeliest_is_taken_and_the_other_named(table):
    register = table([[*HEAD, "登记日期", "联系电话"], [*ROW, "2024-03-01", "0000"]])
    assert register.lines[0].data["received_on"] == "2024-03-04"
    assert register.unread == ("登记日期", "联系电话")
    register = table([["登记日期", *HEAD], ["2024-03-01", *ROW]])
    assert register.lines[0].data["received_on"] == "2024-03-04"


def test_two_columns_of_one_name_are_refused(table):
    register = table([[*HEAD, "收到日期"], [*ROW, ""]])
    (problem,) = register.problems
    assert (problem.place, problem.message.id, register.lines) == (1, "register.column-twice", ())
    assert "“收到日期”" in render(problem.message)


@pytest.mark.parametrize(
    ("without", "word"),
    [("编号", "编号"), ("收到日期", "收到日期"), ("申请方式", "申请方式"), ("申请人类型", "申请人类型")],
)
def test_a_column_that_is_missing_is_told_once(table, without, word):
    place = HEAD.index(without)
    rows = [[*row[:place], *row[place + 1 :]] for row in (HEAD, ROW, ROW)]
    (problem,) = table(rows).problems
    assert (problem.place, problem.message.id) == (1, "register.column-missing")
    assert f"“{word}”" in render(problem.message)


def test_the_agency_stands_in_a_column_or_is_given(table):
    (problem,) = table([HEAD, ROW], agency=None).problems
    assert problem.message.id == "register.agency-missing"
    register = table([["机关", *HEAD], ["云岭区民政局", *ROW], ["", *ROW]])
    assert [line.data["agency"] for line in register.lines] == ["云岭区民政局", AGENCY]
    register = table([["机关", *HEAD], ["", *ROW]], agency=None)
    assert [problem.message.id for problem in register.problems] == ["register.missing-value"]
    assert table([HEAD, ROW], agency=None, mapping=Mapping(agency=AGENCY)).lines[0].data["agency"] == AGENCY


@pytest.mark.parametrize(
    "above",
    [
        ["填报单位：云岭区民政局"],
        ["填报单位： 云岭区民政局　　　　填报日期：2025年1月"],
        ["填报单位", "云岭区民政局", "", "2025年1月"],
        ["填报单位：云岭区民政局（公章）"],
        ["", "登记机关:云岭区民政局"],
    ],
)
def test_the_agency_may_stand_above_the_header(table, above):
    rows = [["依申请公开登记台账"], above, HEAD, ROW]
    assert table(rows, agency=None).lines[0].data["agency"] == "云岭区民政局"
    assert table(rows).lines[0].data["agency"] == AGENCY
    blank = table([["填报单位："], HEAD, ROW], agency=None)
    assert [problem.message.id for problem in blank.problems] == ["register.agency-missing"]


def test_a_column_that_a_mapping_ignores_is_not_told_again(table):
    rows = [[*HEAD, "备注"], [*ROW, "电话已回"]]
    assert table(rows).unread == ("备注",)
    assert table(rows, mapping=Mapping({"备注": IGNORED})).unread == ()


def test_the_rulebook_has_every_concept():
    assert tuple(each.concept for each in register_words().columns) == CONCEPTS


def test_a_very_wide_sheet_costs_little(table):
    register = table([["长" * 30 + str(number) for number in range(40_000)], HEAD, ROW])
    assert len(register.lines) == 1
