"""The bureaus' annual reports: drafted from the ledger, reviewed, published, submitted to the office above."""

import json
from datetime import date

from gongkai.services.report.annual import DraftReport, JudgeReport, ReportStep, figures
from gongkai.services.report.prose import suggested
from gongkai.site.demo.people import Bureau

MEASURES = (
    "本年重点公开养老服务、低保资金和水质监测方面的信息，在政务大厅增设查阅点，并为行动不便的群众提供代查服务。",
    "本年梳理历年制发的规范性文件，逐件标注效力，已经废止的在目录中写明，方便群众辨认现行有效的规定。",
    "本年组织各科室学习修订后的工作制度，把答复文书的常见差错编成清单，送审之前逐项对照，减少退回。",
)
"""What a bureau did of its own accord, in turn by year: a report that says the same as last year's is a finding."""
PART_FIVE = "存在的主要问题是公开内容的深度不够。改进情况：下一步逐项充实重点领域信息。"


def live(bureau: Bureau, year: int, on: date, *, submitted: bool = True, slip: bool = False) -> None:
    """The report of a year on a day of the next; without ``submitted`` it is still under review.

    With ``slip`` somebody typed a figure of the prose by hand, a mistake that no sum shows.
    """
    number = str(year)
    entries = list(bureau.web.ledgers.entries(bureau.agency))
    cells = json.loads(figures(entries, year))
    prose = suggested(entries, year, cells, bureau.agency.name)
    measure = MEASURES[year % len(MEASURES)]
    told = {**prose, "part.1": f"{prose['part.1']}\n\n{measure}", "part.5": PART_FIVE}
    if slip:
        received = cells["requests/new/total"]
        told["part.1"] = told["part.1"].replace(f"申请{received}件", f"申请{received + 3}件")
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
