"""核对年度报告: reports are chosen on a page, checked, read beside their findings, and downloaded corrected."""

import json
import time
from collections.abc import Callable
from functools import wraps
from pathlib import Path
from typing import NamedTuple

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from gongkai.core.checks.finding import Change
from gongkai.core.message import Message, message
from gongkai.core.tables.report import Report
from gongkai.pages import asked
from gongkai.pages.apart import Later
from gongkai.pages.language import lang, words, written
from gongkai.pages.naming import cell_name
from gongkai.pages.printed import TONES, show
from gongkai.pages.shapes import Badge, Cell, Column, Table
from gongkai.pages.upload import Broken, Taken, TooMany
from gongkai.pages.visitor import alias
from gongkai.portal.checker.keeping import SHARE, UPLOAD, Full, Gone, Kept, keep, sweep
from gongkai.portal.checker.making import FORMATS, make
from gongkai.services.report.findings import SEVERITIES, counts, finding_object
from gongkai.services.report.names import form_name
from gongkai.services.report.repairing import Repairs, check, corrected, repairs

SECONDS = 5.0
"""So long one page reads files; those behind are read when it is asked for again."""
FINDINGS = 300
"""So many findings stand beside a report; all of them are in the list to save."""
WAYS = 5
"""So many ways of a correction are shown; all that are listed can be chosen."""

COLUMNS = ("file", "result", *SEVERITIES, "report")

View = Callable[..., HttpResponse]


class Way(NamedTuple):
    """One way to correct a report: each cell by name, what stood there, what should."""

    number: int
    changes: list[tuple[str, str, int]]


def _root() -> Path:
    folder: Path = settings.DATA / "checker"
    return folder


def _private(view: View) -> View:
    """Nothing of a visitor's report stays in a cache or a search engine; a folder that is gone is told in words."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: object, **options: object) -> HttpResponse:
        try:
            response = view(request, *args, **options)
        except Gone:
            response = render(request, "portal/checker/gone.html", status=404)
        response["Cache-Control"] = "no-store"
        response["X-Robots-Tag"] = "noindex"
        return response

    return guarded


@csrf_exempt  # the limits must stand before anything reads the form; it is protected below
@require_http_methods(["GET", "HEAD", "POST"])
@_private
def start(request: HttpRequest) -> HttpResponse:
    """Choosing files; what is sent leads to their table."""
    if request.method != "POST":
        sweep(_root())
        return _start(request)
    try:
        taken = Taken(request, UPLOAD)
    except TooMany:
        return _start(request, message("checker.too-many", most=UPLOAD.files))
    except Broken:
        return _start(request, message("checker.broken"))
    return _take(request, taken)


@csrf_protect
def _take(request: HttpRequest, taken: Taken) -> HttpResponse:
    try:
        files = list(taken.files())
        if not files:
            return _start(request, message("checker.none"))
        kept = keep(_root(), files, alias(request))
    except TooMany:
        return _start(request, message("checker.too-many", most=UPLOAD.files))
    except Full as full:
        said = message("checker.share", size=SHARE >> 20) if full.share else message("checker.full")
        return _start(request, said, 503)
    return redirect("checker-files", token=kept.token)


def _start(request: HttpRequest, wrong: Message | None = None, status: int = 422) -> HttpResponse:
    limits = {"field": UPLOAD.field, "most": UPLOAD.files, "size": UPLOAD.bytes >> 20}
    told = {"wrong": wrong, **limits, "deleted": "deleted" in request.GET}
    return render(request, "portal/checker/start.html", told, status=status if wrong else 200)


@require_safe
@_private
def files(request: HttpRequest, token: str) -> HttpResponse:
    """The table of files: what each is, how many findings it has, or why it gave no report."""
    kept = Kept(_root(), token)
    until = time.monotonic() + SECONDS
    rows, unread, waiting = [], [], 0
    for number, name in enumerate(kept.names, 1):
        found = kept.read(number) if time.monotonic() < until else kept.known(number)
        waiting += found is None
        rows.append(_row(kept, number, name, found))
        if isinstance(found, Message):
            unread.append(found)
    heads = [Column(words(f"checker.files.{each}"), each in SEVERITIES) for each in COLUMNS]
    table = Table(words("checker.files.caption", count=len(rows)), heads, rows)
    return render(
        request, "portal/checker/files.html", {"table": table, "unread": unread, "waiting": waiting, "token": token}
    )


def _row(kept: Kept, number: int, name: str, found: Report | Message | None) -> list[Cell]:
    if found is None:
        return [Cell(name), Cell(words("checker.waiting")), *[Cell("") for _ in (*SEVERITIES, "report")]]
    if isinstance(found, Message):
        badge = Badge(words("checker.unreadable"), "due")
        return [Cell(name), Cell("", badge=badge), *[Cell("—") for _ in (*SEVERITIES, "report")]]
    counted = kept.counts(number)
    worst = next((severity for severity in SEVERITIES if counted[severity]), None)
    badge = Badge(words("checker.result." + (worst or "none")), TONES[worst] if worst else "done")
    url = reverse("checker-file", args=(kept.token, number))
    facts = " · ".join(filter(None, (found.agency, words("terminal.year", year=found.year) if found.year else "")))
    numbers = [Cell(str(counted[severity])) for severity in SEVERITIES]
    return [Cell(name, url=url), Cell("", badge=badge), *numbers, Cell(facts or words("terminal.unknown"))]


@require_safe
@_private
def file(request: HttpRequest, token: str, number: int) -> HttpResponse:
    """A report as it was read, its findings beside it, and the smallest correction."""
    report = _report(token, number)
    findings = check(report)
    counted = counts(findings)
    found = repairs(report)
    ways = found.ways if found.known else []
    told = {
        "token": token,
        "number": number,
        "report": report,
        "form_name": form_name(report.form, lang()),
        "shown": show(report, findings[:FINDINGS]),
        "untold": len(findings[FINDINGS:]),
        "counts": [(Badge(words(f"terminal.{each}"), TONES[each]), counted[each]) for each in SEVERITIES],
        "repairs": found,
        "doubt": _doubt(found),
        "ways": [Way(place, _changes(report, way)) for place, way in enumerate(ways[:WAYS], 1)],
        "more": len(ways[WAYS:]),
        "choices": range(1, len(ways) + 1),
        "remaining": counts(check(corrected(report, ways[0]))) if ways and ways[0] else None,
        "formats": FORMATS,
    }
    return render(request, "portal/checker/file.html", told)


@require_safe
@_private
def download(request: HttpRequest, token: str, number: int) -> HttpResponse:
    """The report with one of its corrections applied, in the format that was asked for (``to``, ``way``)."""
    report = _report(token, number)
    found = repairs(report)
    kind, way = request.GET.get("to", ""), asked.number(request.GET.get("way", "1"))
    ways = found.ways if found.known else []
    if kind not in FORMATS or way is None or not 1 <= way <= len(ways):
        raise Http404
    changes = ways[way - 1]
    back = {"token": token, "number": number}
    try:
        made = make(Kept(_root(), token).folder, corrected(report, changes), kind, changes)
    except Later as later:
        return render(request, "portal/checker/refused.html", {**back, "said": later.message}, status=503)
    if isinstance(made, Message):
        return render(request, "portal/checker/refused.html", {**back, "said": made})
    stem = Path(report.source).stem or "report"
    return _attached(made, f"{stem}-{words('checker.corrected')}.{kind}" if changes else f"{stem}.{kind}")


@require_safe
@_private
def findings(request: HttpRequest, token: str, number: int) -> HttpResponse:
    """The findings as JSON lines, as ``gongkai report check --format jsonl`` writes them."""
    report = _report(token, number)
    lines = [json.dumps(finding_object(report, each, written), ensure_ascii=False) for each in check(report)]
    return _attached("".join(f"{line}\n" for line in lines).encode(), f"{Path(report.source).stem}.jsonl")


@require_POST
@_private
def delete(request: HttpRequest, token: str) -> HttpResponse:
    """Everything that was sent, at once."""
    Kept(_root(), token).delete()
    return redirect(f"{reverse('checker')}?deleted=1")


def _report(token: str, number: int) -> Report:
    """The report of an address. Raises ``Http404`` where there is none, ``Gone`` with its folder."""
    kept = Kept(_root(), token)
    found = kept.read(number) if 1 <= number <= len(kept.names) else None
    if not isinstance(found, Report):
        raise Http404
    return found


def _changes(report: Report, changes: tuple[Change, ...]) -> list[tuple[str, str, int]]:
    blank = words("terminal.blank")
    return [
        (cell_name(report.form, each.cell), blank if each.before is None else str(each.before), each.after)
        for each in changes
    ]


def _doubt(found: Repairs) -> str:
    """Why no correction is known; nothing where one is."""
    if found.unread:
        return words("checker.repair.unread", count=found.unread)
    return "" if found.known else words("terminal.repair.none", size=found.size)


def _attached(data: bytes, name: str) -> HttpResponse:
    """A file to save; never shown within the site, whatever it holds."""
    disposition = content_disposition_header(True, name)
    return HttpResponse(
        data, content_type="application/octet-stream", headers={"Content-Disposition": disposition or "attachment"}
    )
