"""The annual report at the desk: its years, a year beside its findings, a figure with its cases, the steps."""

from collections.abc import Mapping

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from gongkai.core.checks.finding import Finding
from gongkai.core.ledger.entry import Entry, Thing
from gongkai.core.review.permissions import Act, refusal
from gongkai.core.tables.fill import REQUESTS, REVIEW, part_two_recorded
from gongkai.core.tables.report import Report
from gongkai.desk.attempt import attempt
from gongkai.desk.deeds import send
from gongkai.desk.reading import of_report
from gongkai.desk.report_deeds import REPORT_DEEDS, first, moved, why_not
from gongkai.desk.report_shown import Late, Source, explained, kept, sources
from gongkai.desk.staff import allowed, frame, staff
from gongkai.pages.addresses import address
from gongkai.pages.files import report_file
from gongkai.pages.language import day, words
from gongkai.pages.naming import cell_name
from gongkai.pages.printed import Beside, Shown, show
from gongkai.pages.shapes import Badge, Cell, Column, Moment, Table
from gongkai.services.report.annual import report_of
from gongkai.services.report.prose import denied
from gongkai.services.report.repairing import check
from gongkai.store import reports, versions
from gongkai.store.reports import Annual


@require_safe
@staff
def years(request: HttpRequest) -> HttpResponse:
    """The years of which a report was begun, and the one that is due."""
    begun = reports.years(request.actor)
    due = str(request.gongkai.today.year - 1)
    rows = [
        [Cell(words("report.year", year=each.stand.year), address("report", each.stand.year)), *_state(each)]
        for each in begun
    ]
    columns = [Column(words(f"report.column.{each}")) for each in ("year", "review", "published", "submitted")]
    table = Table(words("report.years"), columns, rows) if rows else None
    return render(
        request,
        "desk/reports.html",
        frame(request, table=table, due=due if due not in {each.stand.year for each in begun} else None),
    )


@require_safe
@staff
def report(request: HttpRequest, year: str) -> HttpResponse:
    """A year as its form prints it, what the checks find beside it, where the review stands, the next step."""
    seen = found(request, year)
    roles = [act for act in REPORT_DEEDS if refusal(act, request.actor.roles, "own") is None]
    acts = [(act, why_not(act, request.actor, seen)) for act in roles]
    able = [act for act, said in acts if said is None]
    order = (*(act for act in roles if act.startswith("review_")), "publish_report", "submit_above", "submit_report")
    following = next((act for act in (*order, "draft_report") if act in able), None)
    compared = request.GET.get("compare") == "1"
    more = {
        "seen": seen,
        "shown": _shown(seen, last=compared),
        "compared": compared,
        "stands": _stands(seen),
        "part_two_missing": _part_two_missing(seen),
        "denied": _denied(seen),
        "moved": _moved(seen),
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
    """What one figure counts: requests, or entries of part two and the items that they are about."""
    seen = found(request, year)
    id = request.GET.get("cell", "")
    figure = seen.figures.get(id)
    if figure is None:
        raise Http404
    counted = {each.number: None for each in figure.of}
    requests = [] if not _of_requests(id) else [(number, address("case", number)) for number in counted]
    entries = [] if _of_requests(id) else [entry for entry in seen.entries if str(entry.sequence) in counted]
    published = {entry.thing.number for entry in seen.entries if entry.thing.kind == "item"}
    numbers = dict.fromkeys(entry.thing.number for entry in entries if entry.thing.number in published)
    more = {
        "seen": seen,
        "cell": cell_name(seen.form, id),
        "figure": figure,
        "links": requests or [(number, address("desk-item", number)) for number in numbers],
        "moments": [_moment(entry) for entry in entries],
    }
    return render(request, "desk/report_cell.html", frame(request, **more))


@require_safe
@staff
def differences(request: HttpRequest, year: str) -> HttpResponse:
    """What a published report was fixed on, and which late entries move which of its figures."""
    seen = found(request, year)
    if seen.frozen is None or seen.stand.frozen is None:
        raise Http404
    late: list[Late] = explained(seen.form, seen.frozen.differences)
    return render(request, "desk/report_differences.html", frame(request, seen=seen, late=late, kept=kept(seen)))


@require_http_methods(["GET", "POST"])
@staff
def act(request: HttpRequest, year: str, act_name: str) -> HttpResponse:
    """The page of a step on a report."""
    if act_name not in REPORT_DEEDS:
        raise Http404
    name: Act = act_name
    allowed(request, name)
    seen = found(request, year)
    deed, thing = REPORT_DEEDS[name], Thing("report", year)
    tried = attempt(request, name, deed, thing, {"version": seen.version, **first(name, seen)})
    if tried.done is not None:
        return redirect("report", year=year)
    told: list[Source] = sources(seen) if name == "draft_report" else []
    more = {
        "seen": seen,
        "tried": tried,
        "form": tried.form,
        "moved": _moved(seen),
        "part_two_missing": _part_two_missing(seen),
        "denied": _denied(seen),
        "label": words(f"act.{name}"),
        "send": send(name),
        "does": words(f"act.{name}.does"),
        "why_not": why_not(name, request.actor, seen) if request.method == "GET" else None,
        "sources": told,
        **(_judged(request, seen) if name.startswith("review_") or name == "publish_report" else {}),
    }
    return render(request, "desk/report_act.html", frame(request, **more), status=tried.status)


@require_safe
@staff
def file(request: HttpRequest, year: str, format: str) -> HttpResponse:
    """The report as it stands, as a file."""
    seen = found(request, year)
    if seen.draft is None:
        raise Http404
    return report_file(_report(seen, seen.content), format, f"report-{year}")


def found(request: HttpRequest, year: str) -> Annual:
    """The report of an address. Raises ``Http404`` for what is no year."""
    if not (year.isascii() and year.isdigit() and len(year) == 4 and 2008 <= int(year) <= request.gongkai.today.year):
        raise Http404
    return reports.annual(request.actor, request.gongkai.ledgers, request.own, int(year), request.gongkai.rules)


def _stands(seen: Annual) -> str:
    """How far the report came: published and submitted on which days, or where its review stands."""
    stand = seen.stand
    if stand.published_on is None:
        return words(f"review.state.{seen.review.state}")
    if stand.submitted_on is None:
        return words("report.stands.published", on=day(stand.published_on))
    return words("report.stands.submitted", on=day(stand.published_on), to=day(stand.submitted_on))


def _moved(seen: Annual) -> bool:
    """Whether prose or figures are others than those that are reviewed."""
    return seen.stand.published_on is None and seen.review.state in ("under_review", "complete") and moved(seen)


def _part_two_missing(seen: Annual) -> bool:
    """Whether the zeros of part two are only for want of records, while they can still be thought over."""
    return seen.stand.published_on is None and not part_two_recorded(seen.figures)


def _denied(seen: Annual) -> list[str]:
    """What part one says there was none of, for want of records or against them, while it can still be mended."""
    if seen.draft is None or seen.stand.published_on is not None:
        return []
    found = denied(seen.draft.content, seen.entries, seen.year)
    ids = {False: "report.denied", True: "report.denied-wrongly"}
    return [words(ids[recorded], sentence=sentence) for sentence, recorded in found.items()]


def _judged(request: HttpRequest, seen: Annual) -> dict[str, object]:
    """What was submitted last, with what changed since it was last read and what the checks find in it."""
    if seen.under_review is None or seen.review.content is None:
        return {}
    before = versions.earlier(request.actor, request.gongkai.ledgers, seen.agency, seen.history)
    read = _report(seen, seen.under_review)
    beside = Beside(before=_report(seen, before.content) if before else None)
    return {
        "reading": of_report(seen.review.content, seen.under_review, before),
        "shown": show(read, check(read, seen.last), beside),
    }


def _shown(seen: Annual, *, last: bool) -> Shown:
    """The year with its findings; before anything is drafted, of the sums alone."""
    read = _report(seen, seen.content)
    findings: list[Finding] = check(read, seen.last)
    if seen.draft is None:
        findings = [each for each in findings if each.rule.id in seen.form.sum_rules]
    address = reverse("report-cell", args=[seen.year])
    links = {id: f"{address}?cell={id}" for id, figure in seen.figures.items() if figure.of}
    return show(read, findings, Beside(links, last=seen.last if last else None))


def _report(seen: Annual, content: Mapping[str, str]) -> Report:
    return report_of(content, seen.agency.name, seen.year, seen.form)


def _of_requests(cell: str) -> bool:
    return cell.startswith((f"{REQUESTS}/", f"{REVIEW}/"))


def _moment(entry: Entry) -> Moment:
    return Moment(entry.event.on, words(f"event.{entry.event.name}"))


def _state(begun: reports.Begun) -> list[Cell]:
    stand = begun.stand
    review = words(f"grade.{begun.grade}") if begun.grade else words(f"review.state.{begun.state}")
    dates = (
        Cell(day(on) if on else "—", badge=None if on else Badge(words("report.not-yet"), "warning"))
        for on in (stand.published_on, stand.submitted_on)
    )
    return [Cell("—" if stand.published_on else review), *dates]
