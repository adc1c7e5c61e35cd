"""The bureaus' annual reports: drafted from the ledger, reviewed, published, submitted to the office above."""

import json
from datetime import date

from gongkai.services.report.annual import DraftReport, JudgeReport, ReportStep, figures
from gongkai.services.report.prose import suggested
from gongkai.site.demo.people import Bureau

PART_FIVE = "存在的主要问题是公开内容的深度不够。改进情况：下一步逐项充实重点领域信息。"


def live(bureau: Bureau, year: int, on: date, *, submitted: bool = True) -> None:
    """The report of a year on a day of the next; without ``submitted`` it is still under review."""
    number = str(year)
    entries = list(bureau.web.ledgers.entries(bureau.agency))
    prose = suggested(entries, year, json.loads(figures(entries, year)), bureau.agency.name)
    told = {**prose, "part.5": PART_FIVE}
    bureau.do(0, "draft_report", DraftReport(bureau.agency.id, number, 0, told), on)
    _step(bureau, 0, "submit_report", number, on)
    if not submitted:
        return
    bureau.approve("report", number, JudgeReport, "review_report_", on)
    _step(bureau, 1, "publish_report", number, on)
    _step(bureau, 1, "submit_above", number, on)


def _step(bureau: Bureau, person: int, act: str, number: str, on: date) -> None:
    step = ReportStep(bureau.agency.id, number, len(bureau.history("report", number)))
    bureau.do(person, act, step, on)  # type: ignore[arg-type]
