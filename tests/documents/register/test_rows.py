"""A row gives exactly the events whose days stand in it; whatever is half said is refused."""

import pytest

from gongkai.documents.register import Mapping
from gongkai.rulebook.load.messages import render


def events(data):
    return [{key: value for key, value in plain.items() if key != "on"} for plain in data["events"]]


def test_a_plain_row(cell):
    assert cell("编号", "云档〔2024〕1号") == {
        "number": "云档〔2024〕1号",
        "agency": "青川市云岭区档案局",
        "applicant": {"kind": "natural_person", "name": "申请人甲"},
        "channel": "in_person",
        "subject": "开放档案目录",
        "received_on": "2024-03-04",
        "events": [{"type": "replied", "on": "2024-03-20", "outcome": "granted"}],
    }


@pytest.mark.parametrize(
    ("column", "text", "key", "meant"),
    [
        ("申请人类型", "公民", "kind", "natural_person"),
        ("申请人类型", "企业", "kind", "business"),
        ("申请人类型", "法人或其他组织-商业企业", "kind", "business"),
        ("申请人类型", "其它", "kind", "other"),
        ("申请人类型", "Legal Service", "kind", "legal_service"),
        ("申请方式", "网络", "channel", "online"),
        ("申请方式", "邮寄（EMS）", "channel", "post_signed"),
        ("申请方式", "平信", "channel", "post_ordinary"),
        ("申请方式", "ｅ－ｍａｉｌ", "channel", "email"),
    ],
)
def test_words_of_kinds_and_channels(cell, column, text, key, meant):
    data = cell(column, text)
    assert {**data, **data["applicant"]}[key] == meant


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("（一）予以公开", "granted"),
        ("部分公开", "partial"),
        ("（二）部分公开（区分处理的，只计这一情形，不计其他情形）", "partial"),
        ("属于国家秘密", "refused.state_secret"),
        ("（三）不予公开 1.属于国家秘密", "refused.state_secret"),
        ("三、本年度办理结果（三）不予公开\n4.保护第三方合法权益", "refused.third_party"),
        ("不予公开—属于四类过程性信息", "refused.process"),
        ("不予公开（危及“三安全一稳定”）", "refused.three_securities"),
        ("本机关不掌握相关政府信息", "unable.not_held"),
        ("政府信息不存在", "unable.not_held"),
        ("2.没有现成信息需要另行制作", "unable.needs_creation"),
        ("重复申请", "unprocessed.duplicate"),
        ("（六）其他处理 3.其他", "other.other"),
        ("refused.admin_query", "refused.admin_query"),
    ],
)
def test_words_of_outcomes(cell, text, meant):
    assert events(cell("答复结果", text)) == [{"type": "replied", "outcome": meant}]


@pytest.mark.parametrize(
    ("text", "event"),
    [
        (
            "申请人无正当理由逾期不补正、行政机关不再处理其政府信息公开申请",
            {"type": "lapsed", "outcome": "other.no_correction"},
        ),
        ("逾期未缴费", {"type": "lapsed", "outcome": "other.unpaid"}),
        ("申请人撤回", {"type": "withdrawn"}),
    ],
)
def test_outcomes_that_are_no_reply(cell, text, event):
    assert cell("答复结果", text)["events"] == [{**event, "on": "2024-03-20"}]


def test_what_is_not_closed_has_no_reply(cell):
    for text in ("", "办理中", "/"):
        assert cell("答复结果", text, 答复日期="")["events"] == []
    assert cell("撤回日期", "2024-3-8", 答复日期="", 答复结果="")["events"] == [
        {"type": "withdrawn", "on": "2024-03-08"}
    ]
    assert cell("撤回日期", "2024-3-20", 答复结果="撤回")["events"] == [{"type": "withdrawn", "on": "2024-03-20"}]


def test_every_event_of_a_row_in_the_order_of_days(cell):
    data = cell(
        "补正告知日期",
        "2024-3-6",
        补正收到日期="2024-3-11",
        征求第三方意见日期="2024-3-13",
        第三方收到日期="2024-3-14",
        第三方答复日期="2024-3-25",
        第三方意见="不同意公开",
        征求其他机关意见日期="2024-3-12",
        其他机关答复日期="2024-3-29",
        征求共同制作机关意见日期="2024-3-13",
        延期告知日期="2024-4-3",
        延期天数="２０个工作日",
        收费通知送达日期="2024-4-8",
        缴费日期="2024-4-10",
        合理延迟告知日期="2024-4-11",
        合理延迟答复日期="2024-6-28",
        答复日期="2024-6-20",
        答复结果="部分公开",
        复议申请日期="2024-7-1",
        复议案号="云府复〔2024〕1号",
        复议结果="结果纠正",
        复议决定日期="2024-8-1",
        诉讼立案日期="2024-9-2",
        是否经复议="是",
        诉讼结果="驳回诉讼请求",
        判决日期="2024-12-2",
    )
    assert [plain["on"] for plain in data["events"]] == sorted(plain["on"] for plain in data["events"])
    assert events(data) == [
        {"type": "correction_notice_sent"},
        {"type": "correction_received"},
        {"type": "consultation_sent", "with": "other_organ", "ref": "other_organ"},
        {"type": "consultation_sent", "with": "third_party", "ref": "third_party"},
        {"type": "consultation_sent", "with": "joint_organ", "ref": "joint_organ"},
        {"type": "consultation_received_by_third_party", "ref": "third_party"},
        {"type": "consultation_answered", "ref": "third_party", "opinion": "objects"},
        {"type": "consultation_answered", "ref": "other_organ"},
        {"type": "extension_notified", "working_days": 20},
        {"type": "fee_notice_received"},
        {"type": "fee_paid"},
        {"type": "delayed_until", "date": "2024-06-28"},
        {"type": "replied", "outcome": "partial"},
        {"type": "reconsideration_filed", "ref": "云府复〔2024〕1号"},
        {"type": "reconsideration_decided", "ref": "云府复〔2024〕1号", "result": "corrected"},
        {"type": "litigation_filed", "ref": "litigation", "after_reconsideration": True},
        {"type": "litigation_decided", "ref": "litigation", "result": "upheld"},
    ]


def test_a_contradiction_of_dates_is_left_to_the_ledger(cell):
    assert [plain["on"] for plain in cell("答复日期", "2024-1-1")["events"]] == ["2024-01-01"]


@pytest.mark.parametrize(
    ("cells", "ids"),
    [
        ({"编号": ""}, ["missing-value"]),
        ({"编号": "/"}, ["missing-value"]),
        ({"收到日期": ""}, ["missing-value"]),
        ({"申请人类型": "—"}, ["missing-value"]),
        ({"申请方式": ""}, ["missing-value"]),
        ({"收到日期": "24.3.4"}, ["date-ambiguous"]),
        ({"收到日期": "2024-2-30"}, ["date-impossible"]),
        ({"答复日期": "已答复"}, ["date-unreadable"]),
        ({"申请人类型": "外星人"}, ["unknown-value"]),
        ({"申请人类型": "法人或其他组织"}, ["vague-value"]),
        ({"申请方式": "飞鸽"}, ["unknown-value"]),
        ({"申请方式": "邮寄"}, ["vague-value"]),
        ({"答复结果": "阅"}, ["unknown-value"]),
        ({"答复结果": "不予公开"}, ["vague-value"]),
        ({"答复结果": "1.信访举报投诉类申请 2.重复申请"}, ["unknown-value"]),
        ({"答复结果": ""}, ["needs-value"]),
        ({"答复结果": "办理中"}, ["needs-value"]),
        ({"答复日期": ""}, ["needs-value"]),
        ({"答复日期": "", "答复结果": "撤回"}, ["needs-value"]),
        ({"延期告知日期": "2024-3-11"}, ["needs-value-or-default"]),
        ({"延期告知日期": "2024-3-11", "延期天数": "一个月"}, ["not-days"]),
        ({"延期天数": "20"}, ["needs-date"]),
        ({"合理延迟告知日期": "2024-3-11"}, ["needs-value"]),
        ({"合理延迟答复日期": "2024-3-11"}, ["needs-value"]),
        ({"第三方意见": "同意"}, ["needs-date"]),
        ({"复议案号": "1号"}, ["needs-value"]),
        ({"复议申请日期": "2024-4-1", "复议结果": "维持"}, ["needs-value"]),
        ({"复议申请日期": "2024-4-1", "复议决定日期": "2024-5-1"}, ["needs-value"]),
        ({"复议申请日期": "2024-4-1", "复议结果": "驳回", "复议决定日期": "2024-5-1"}, ["vague-value"]),
        ({"诉讼立案日期": "2024-4-1"}, ["needs-value-or-default"]),
        ({"诉讼立案日期": "2024-4-1", "是否经复议": "也许"}, ["unknown-value"]),
        ({"编号": "", "收到日期": "", "答复结果": "阅"}, ["missing-value", "missing-value", "unknown-value"]),
    ],
)
def test_every_refusal(cell, cells, ids):
    (column, value), *others = cells.items()
    assert cell(column, value, **dict(others)) == [f"register.{id}" for id in ids]


def test_what_is_filled_in_ahead_says_nothing(cell):
    assert len(cell("是否经复议", "否", 延期天数="0", 复议结果="", 诉讼结果="尚未审结")["events"]) == 1


def test_values_and_defaults_of_a_mapping(cell):
    mapping = Mapping(values={"channel": {"信 函": "post_signed"}, "outcome": {"阅": "granted"}})
    assert cell("申请方式", "信函", mapping)["channel"] == "post_signed"
    assert cell("答复结果", "阅", mapping)["events"][0]["outcome"] == "granted"
    mapping = Mapping(defaults={"extension_days": "20", "channel": "网上", "after_reconsideration": "否"})
    data = cell("延期告知日期", "2024-3-11", mapping, 延期天数="", 申请方式="", 诉讼立案日期="2024-9-2")
    assert (data["channel"], events(data)[0]) == ("online", {"type": "extension_notified", "working_days": 20})
    assert events(data)[-1]["after_reconsideration"] is False
    assert cell("延期天数", "", mapping)["channel"] == "in_person"


def test_messages_say_what_is_wrong_where_and_what_to_do(table):
    from tests.documents.register.conftest import HEAD, ROW

    (problem,) = table([HEAD, [*ROW[:7], "不予公开"]]).problems
    for lang, words in (
        ("zh", ("“答复结果”", "“不予公开”", "属于国家秘密", "[values.outcome]")),
        ("en", ("import", "values.outcome")),
    ):
        said = render(problem.message, lang)
        assert "register." not in said and (lang == "en" or all(word in said for word in words)), said
