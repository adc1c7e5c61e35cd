"""The twin: an invented bureau that lives the year of a real report, one letter and fourteen items, in 2021."""

from datetime import date

from gongkai.services.publish.draft import DraftItem, SubmitItem
from gongkai.services.publish.judge import JudgeItem
from gongkai.services.publish.release import PublishItem
from gongkai.services.report.log import LogWork
from gongkai.services.request.receive import RegisterRequest
from gongkai.services.request.reply import DraftReply, JudgeReply, ReleaseReply, SubmitReply
from gongkai.site.demo import reports
from gongkai.site.demo.people import Bureau

YEAR, ITEMS = 2021, 14


def live(twin: Bureau) -> None:
    """The year, and in January the report of it."""
    for month in range(1, 13):
        on = date(YEAR, month, 20)
        _publish(twin, f"{month}月工作动态", on)
        if month % 6 == 0:
            _publish(twin, f"上{month}个月办件统计", on)
        if month == 5:
            _answer_a_letter(twin)
        if month in (3, 9):
            twin.do(0, "log_work", LogWork(twin.agency.id, "meeting", date(YEAR, month, 15), "研究公开工作"), on)
    reports.live(twin, YEAR, date(YEAR + 1, 1, 20))


def _publish(twin: Bureau, title: str, on: date) -> None:
    id = twin.agency.id
    number = twin.do(0, "draft_item", DraftItem(id, "", 0, "other", title, f"{title}的正文。"), on)["number"]
    twin.do(0, "submit_item", SubmitItem(id, number, 0), on)
    twin.approve("item", number, JudgeItem, "review_item_", on)
    twin.do(2, "publish_item", PublishItem(id, number, len(twin.history("item", number))), on)


def _answer_a_letter(twin: Bureau) -> None:
    id, on = twin.agency.id, date(YEAR, 6, 10)
    letter = RegisterRequest(id, "post_signed", date(YEAR, 6, 1), "natural_person", "申请人甲", "会议纪要")
    number = twin.do(0, "register_request", letter, date(YEAR, 6, 2))["number"]
    twin.do(0, "draft_reply", DraftReply(id, number, 0, "R4.1", (), {"search": "已查档案室"}), on)
    twin.do(0, "submit_reply", SubmitReply(id, number, 1), on)
    twin.approve("request", number, JudgeReply, "review_", on)
    twin.do(0, "release_reply", ReleaseReply(id, number, len(twin.history("request", number))), on)
