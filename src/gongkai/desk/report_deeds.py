"""The steps of an annual report as pages: the form of each, its command, and when it is possible."""

import json
from collections.abc import Mapping
from typing import Any

from gongkai.core.message import Message, message
from gongkai.core.review.permissions import Act
from gongkai.core.review.review import why_not_judged
from gongkai.core.review.turn import GRADES
from gongkai.desk import forms
from gongkai.desk.deeds import Deed
from gongkai.desk.possible import why_not_covered
from gongkai.services.ports import Actor
from gongkai.services.report.annual import FIGURES, PROSE, DraftReport, JudgeReport, ReportStep
from gongkai.services.report.prose import suggested
from gongkai.store.reports import Annual


def _step(agency: str, number: str, f: Mapping[str, Any]) -> ReportStep:
    return ReportStep(agency, number, f["version"], f["key"])


def _judged(agency: str, number: str, f: Mapping[str, Any]) -> JudgeReport:
    return JudgeReport(agency, number, f["version"], f["content"], f["verdict"] == "approved", f["remark"], f["key"])


def _drafted(agency: str, number: str, f: Mapping[str, Any]) -> DraftReport:
    return DraftReport(agency, number, f["version"], {key: f[key] for key in PROSE}, f["key"])


REPORT_DEEDS: dict[Act, Deed] = {
    "draft_report": Deed(forms.DraftReportForm, _drafted),
    "submit_report": Deed(forms.StepForm, _step),
    "review_report_section": Deed(forms.JudgeForm, _judged),
    "review_report_legal": Deed(forms.JudgeForm, _judged),
    "review_report_secrecy": Deed(forms.JudgeForm, _judged),
    "review_report_leader": Deed(forms.JudgeForm, _judged),
    "publish_report": Deed(forms.StepForm, _step),
    "submit_above": Deed(forms.StepForm, _step),
}


def why_not(act: Act, actor: Actor, seen: Annual) -> Message | None:
    """Why a step cannot be done now; the step itself says the rest."""
    if (grade := GRADES.get(act)) is not None:
        return why_not_judged(seen.review, grade, actor.person)
    if act != "draft_report" and seen.draft is None:
        return message("report.no-draft", year=seen.year)
    if act == "submit_above":
        return _why_not_above(seen)
    if seen.stand.published_on is not None:
        return message("report.published-already", year=seen.year)
    if act == "submit_report" and seen.review.state in ("under_review", "complete") and not moved(seen):
        return message("review.submitted-already")
    if act == "publish_report":
        own = message("report.own-release") if actor.person in seen.review.authors else None
        return why_not_covered(seen.review, not moved(seen)) or own
    return None


def _why_not_above(seen: Annual) -> Message | None:
    if seen.stand.published_on is None:
        return message("report.not-published", year=seen.year)
    return message("report.submitted-already", year=seen.year) if seen.stand.submitted_on else None


def moved(seen: Annual) -> bool:
    """Whether prose or figures are others than those submitted last."""
    return seen.draft is not None and seen.under_review is not None and dict(seen.now) != dict(seen.under_review)


def first(name: Act, seen: Annual) -> Mapping[str, object]:
    """What the form of a step says to begin with: prose is suggested from the record."""
    if name == "draft_report":
        if seen.draft is not None:
            return {**seen.draft.content, "version": seen.draft.version}
        return {**suggested(seen.entries, seen.year, json.loads(seen.now[FIGURES]), seen.agency.name), "version": 0}
    return {"content": seen.review.content} if name.startswith("review_") else {}
