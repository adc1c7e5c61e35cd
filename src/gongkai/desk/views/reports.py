"""The annual report at the desk: its years, a year with its figures, a figure with its cases, the steps."""

from collections.abc import Mapping
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from gongkai.core.message import Message, message
from gongkai.core.review.permissions import Act, refusal
from gongkai.core.tables.fill import REQUESTS, REVIEW
from gongkai.core.tables.form import Row
from gongkai.desk import forms
from gongkai.desk.attempt import attempt
from gongkai.desk.deeds import Deed
from gongkai.desk.staff import allowed, frame, staff
from gongkai.pages.addresses import numbered
from gongkai.pages.files import report_file
from gongkai.pages.language import day, words
from gongkai.pages.shapes import Badge, Cell, Column, Table
from gongkai.services.report.annual import FIGURES, PROSE, DraftReport, JudgeReport, ReportStep, figures, report_of
from gongkai.services.report.prose import suggested
from gongkai.store import reports
from gongkai.store.reports import Annual


def _step(agency: str, number: str, f: Mapping[str, Any]) -> ReportStep:
    return ReportStep(agency, number, f["version"], f["key"])


def _judged(agency: str, number: str, f: Mapping[str, Any]) -> JudgeReport:
    return JudgeReport(agency, number, f["version"], f["content"], f["verdict"] == "approved", f["remark"], f["key"])


def _drafted(agency: str, number: str, f: Mapping[str, Any]) -> DraftReport:
    return DraftReport(agency, number, f["version"], {key: f[key] for key in PROSE}, f["key"])


DEEDS: dict[Act, Deed] = {
    "draft_report": Deed(forms.DraftReportForm, _drafted),
    "submit_report": Deed(forms.StepForm, _step),
    "review_report_section": Deed(forms.JudgeForm, _judged),
    "review_report_legal": Deed(forms.JudgeForm, _judged),
    "review_report_secrecy": Deed(forms.JudgeForm, _judged),
    "review_report_leader": Deed(forms.JudgeForm, _judged),
    "publish_report": Deed(forms.StepForm, _step),
    "submit_above": Deed(forms.StepForm, _step),
}


@require_safe
@staff
def years(request: HttpRequest) -> HttpResponse:
    """The years of which a report was begun, and the one that is due."""
    begun = reports.years(request.actor)
    due = str(request.gongkai.today.year - 1)
    rows = [
        [Cell(words("report.year", year=each.year), reverse("report", args=[each.year])), *_state(each)]
        for each in begun
    ]
    columns = [Column(words(f"report.column.{each}")) for each in ("year", "published", "submitted")]
    table = Table(words("report.years"), columns, rows) if rows else None
    return render(
        request,
        "desk/reports.html",
        frame(request, table=table, due=due if due not in {e.year for e in begun} else None),
    )


@require_safe
@staff
def report(request: HttpRequest, year: str) -> HttpResponse:
    """A year: the figures as the ledger has them, the prose, where the review stands, the next step."""
    seen = found(request, year)
    acts = [(act, why_not(act, request, seen)) for act in DEEDS if refusal(act, request.actor.roles, "own") is None]
    able = [act for act, said in acts if said is None]
    order = (*(act for act in DEEDS if act.startswith("review_")), "publish_report", "submit_above", "submit_report")
    following = next((act for act in (*order, "draft_report") if act in able), None)
    moved = seen.stand.content is not None and seen.under_review is not None and _moved(seen)
    more = {
        "seen": seen,
        "tables": _tables(seen),
        "prose": [(words(f"report.{key}"), seen.draft.content[key]) for key in PROSE] if seen.draft else [],
        "review": words(f"review.state.{seen.review.state}"),
        "state": _state(seen.stand),
        "moved": moved,
        "next_act": following
        and {"label": words(f"act.{following}"), "url": reverse("report-act", args=[year, following])},
        "others": [
            {"label": words(f"act.{act}"), "url": reverse("report-act", args=[year, act]), "why_not": said}
            for act, said in acts
            if act != following
        ],
    }
    return render(request, "desk/report.html", frame(request, **more))


@require_safe
@staff
def cell(request: HttpRequest, year: str) -> HttpResponse:
    """What one figure counts: its requests, each leading to its page."""
    seen = found(request, year)
    id = request.GET.get("cell", "")
    figure = seen.figures.get(id)
    if figure is None:
        raise Http404
    links = [(each.number, numbered("case", each.number)) for each in figure.of]
    return render(
        request, "desk/report_cell.html", frame(request, seen=seen, cell=_label(id), figure=figure, links=links)
    )


@require_http_methods(["GET", "POST"])
@staff
def act(request: HttpRequest, year: str, act_name: str) -> HttpResponse:
    """The page of a step on a report."""
    if act_name not in DEEDS:
        raise Http404
    name: Act = act_name
    allowed(request, name)
    seen = found(request, year)
    tried = attempt(request, name, DEEDS[name], year, {"version": seen.version, **_first(name, seen)})
    if tried.done is not None:
        return redirect("report", year=year)
    more = {
        "seen": seen,
        "form": tried.form,
        "label": words(f"act.{name}"),
        "does": words(f"act.{name}.does"),
        "why_not": why_not(name, request, seen) if request.method == "GET" else None,
        "reads": name.startswith("review_") and seen.under_review,
        "prose": [(words(f"report.{key}"), seen.under_review[key]) for key in PROSE] if seen.under_review else [],
        "tables": _tables(seen),
    }
    return render(request, "desk/report_act.html", frame(request, **more), status=tried.status)


@require_safe
@staff
def file(request: HttpRequest, year: str, format: str) -> HttpResponse:
    """The report as it stands now, as a file."""
    seen = found(request, year)
    if seen.draft is None:
        raise Http404
    content = {**seen.draft.content, FIGURES: figures(seen.entries, seen.year)}
    return report_file(report_of(content, seen.agency.name, seen.year), format, f"report-{year}")


@require_safe
@staff
def below(request: HttpRequest) -> HttpResponse:
    """The level below: who has submitted, who has not."""
    year = request.gongkai.today.year - 1
    listed = reports.below(request.actor, year)
    columns = [Column(words(f"report.column.{each}")) for each in ("agency", "published", "submitted")]
    rows = [[_agency(each, year), *_state(each.stand)] for each in listed]
    table = Table(words("report.board", year=year), columns, rows) if rows else None
    return render(request, "desk/below.html", frame(request, table=table, year=year))


def found(request: HttpRequest, year: str) -> Annual:
    """The report of an address. Raises ``Http404`` for what is no year."""
    if not (year.isascii() and year.isdigit() and len(year) == 4 and 2008 <= int(year) <= request.gongkai.today.year):
        raise Http404
    return reports.annual(request.actor, request.gongkai.ledgers, request.own, int(year), request.gongkai.rules)


def why_not(act: Act, request: HttpRequest, seen: Annual) -> Message | None:
    """Why a step cannot be done now; the step itself says the rest."""
    if act.startswith("review_report_"):
        grade = act.removeprefix("review_report_")
        if seen.review.next is None:
            return message("review.nothing-under-review")
        if seen.review.next != grade:
            return message("review.other-grade", grade=grade, next=seen.review.next)
        return message("review.own-content", grade=grade) if request.actor.person in seen.review.authors else None
    if act != "draft_report" and seen.draft is None:
        return message("report.no-draft", year=seen.year)
    if act == "submit_above":
        return _why_not_above(seen)
    if seen.stand.published_on is not None:
        return message("report.published-already", year=seen.year)
    if act == "submit_report" and seen.review.state in ("under_review", "complete") and not _moved(seen):
        return message("desk.under-review-already")
    if act == "publish_report" and (seen.review.state != "complete" or _moved(seen)):
        return message("review.not-covered")
    return None


def _why_not_above(seen: Annual) -> Message | None:
    if seen.stand.published_on is None:
        return message("report.not-published", year=seen.year)
    return message("report.submitted-already", year=seen.year) if seen.stand.submitted_on else None


def _moved(seen: Annual) -> bool:
    """Whether prose or figures are others than those submitted last."""
    if seen.draft is None or seen.under_review is None:
        return False
    return {**seen.draft.content, FIGURES: figures(seen.entries, seen.year)} != dict(seen.under_review)


def _first(name: Act, seen: Annual) -> Mapping[str, object]:
    if name == "draft_report":
        if seen.draft is not None:
            return {**seen.draft.content, "version": seen.draft.version}
        values = {id: figure.value for id, figure in seen.figures.items()}
        return {**suggested(seen.entries, seen.year, values, seen.agency.name), "version": 0}  # type: ignore[arg-type]
    return {"content": seen.review.content} if name.startswith("review_") else {}


def _state(stand: reports.Year) -> list[Cell]:
    return [
        Cell(day(on) if on else "—", badge=None if on else Badge(words("report.not-yet"), "warning"))
        for on in (stand.published_on, stand.submitted_on)
    ]


def _agency(each: reports.Below, year: int) -> Cell:
    url = reverse("public-report", args=[each.agency.id, year]) if each.stand.published_on else ""
    return Cell(each.agency.name, url)


def _tables(seen: Annual) -> list[Table]:
    """The tables of the form, each figure leading to what it counts."""
    address = reverse("report-cell", args=[seen.year])
    made = []
    for table in seen.form.tables:
        for block in table.blocks:
            columns = [
                Column(words("report.row")),
                *(Column(column.label.text, numeric=True) for column in block.columns),
            ]
            rows = [
                [
                    Cell(_row(row)),
                    *(_figure(seen, f"{table.id}/{row.id}/{column.id}", address) for column in block.columns),
                ]
                for row in block.rows
                if row.id not in table.alternatives
            ]
            caption = block.heading.text if block.heading else words(f"report.table.{table.id}")
            made.append(Table(caption, columns, rows))
    return made


def _row(row: Row) -> str:
    """The label of a row, after its innermost group: 1.属于国家秘密 alone says nothing."""
    return f"{row.under[-1].text} {row.label.text}" if len(row.under) > 1 else row.label.text


def _figure(seen: Annual, id: str, address: str) -> Cell:
    figure = seen.figures.get(id)
    if figure is None:
        return Cell("")
    leads = figure.of and id.startswith((f"{REQUESTS}/", f"{REVIEW}/"))
    return Cell(str(figure.value), f"{address}?cell={id}" if leads else "")


def _label(id: str) -> str:
    return words("report.cell", cell=id)
