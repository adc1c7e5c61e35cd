"""Annual reports as pages read them: at the desk with their review, published on the portal, by the level above."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import NamedTuple

from django.db.models import Q

from gongkai.core.ledger.entry import Entry, amended
from gongkai.core.ledger.events import ReportFrozen, ReportPublished, ReportSubmitted, Submitted
from gongkai.core.ledger.naming import Naming, called, namings
from gongkai.core.ledger.refusal import Refused
from gongkai.core.review.permissions import refusal
from gongkai.core.review.review import Grade, Review, State, review
from gongkai.core.tables.fill import Book, Figure, fill, read
from gongkai.core.tables.form import Form
from gongkai.core.tables.report import Report
from gongkai.rulebook.load.forms import forms
from gongkai.services import ports
from gongkai.services.ports import Actor, Draft, Rules
from gongkai.services.report.annual import FIGURES, as_json, of, report_of
from gongkai.services.report.fill import form_of
from gongkai.services.report.frozen import Frozen, form_frozen, held
from gongkai.store import models
from gongkai.store.ledgers import Ledgers, Remark
from gongkai.store.naming import NAMED
from gongkai.store.rows import entry_of

OF_REPORTS = Q(kind="report") | NAMED
"""The entries about reports, and those from which what the agency was called then is known."""


class Year(NamedTuple):
    """A year's report as far as it came; ``content`` is the hash of what was published."""

    year: str
    published_on: date | None = None
    submitted_on: date | None = None
    content: str | None = None
    frozen: ReportFrozen | None = None
    reviewed: bool = False
    """It was submitted for review, whatever came of it."""
    called: str | None = None
    """What the agency was called when it published, where its ledger names it."""


class Annual(NamedTuple):
    """A year's report at the desk.

    ``now``: prose as drafted and figures as the ledger has them. ``content``: what stands, which is what was published,
    or ``now``; ``figures`` are its figures, each with what it counts. ``last``: last year's report as published, or its
    figures as the ledger has them (``last_published`` says which), if there was one.
    """

    agency: ports.Agency
    year: int
    version: int
    form: Form
    content: Mapping[str, str]
    now: Mapping[str, str]
    figures: Mapping[str, Figure]
    frozen: Frozen | None
    last: Report | None
    last_published: bool
    draft: Draft | None
    review: Review
    under_review: Mapping[str, str] | None
    remarks: tuple[Remark, ...]
    stand: Year
    history: tuple[Entry, ...]
    entries: tuple[Entry, ...]


def published(agency: ports.Agency) -> list[Year]:
    """The reports that an agency published, the newest first: anybody may know them."""
    found = stands(models.Entry.objects.filter(OF_REPORTS, agency_id=agency.id))
    return [stand for _, stand in sorted(found.items(), reverse=True) if stand.published_on is not None]


def public(ledgers: Ledgers, agency: ports.Agency, year: int) -> Report | None:
    """A published report, exactly as it was reviewed; ``None`` where it is not published."""
    stand = next((each for each in published(agency) if each.year == str(year)), None)
    return _published(ledgers, agency, stand) if stand else None


class Begun(NamedTuple):
    """A year's report as far as it came, and where its review stands: ``grade`` is whose turn it is, if somebody's."""

    stand: Year
    state: State
    grade: Grade | None


def years(actor: Actor) -> list[Begun]:
    """The reports of the actor's agency that were begun, the newest first."""
    _refuse(actor)
    reviews = models.Pending.objects.filter(agency_id=actor.agency, kind="report")
    stages = {number: stage for number, *stage in reviews.values_list("number", "state", "grade")}
    found = stands(models.Entry.objects.filter(OF_REPORTS, agency_id=actor.agency))
    drafts = models.Draft.objects.filter(agency_id=actor.agency, kind="report").values_list("number", flat=True)
    begun = {(actor.agency, year): Year(year) for year in drafts} | found
    rows = ((stand, *stages.get(year, ("none", ""))) for (_, year), stand in sorted(begun.items(), reverse=True))
    return [Begun(stand, state, grade or None) for stand, state, grade in rows]


def annual(actor: Actor, ledgers: Ledgers, agency: ports.Agency, year: int, rules: Rules) -> Annual:
    """A year's report of the actor's agency, with the figures of today."""
    _refuse(actor)
    entries = tuple(ledgers.entries(agency))
    own = [entry for entry in entries if entry.thing == of(str(year))]
    state = review([entry.event for entry in amended(own)], rules.chains["report"])
    stand, form = _stand(str(year), own, namings(entries)), form_of(year, forms())
    book = read(entry for entry in entries if entry.thing.kind != "report")
    figures, draft, frozen = fill(form, year, book), ledgers.draft(agency, of(str(year))), None
    now = {**(draft.content if draft else {}), FIGURES: as_json(figures)}
    content: Mapping[str, str] = now
    if stand.frozen is not None and stand.content is not None:
        content, form = ledgers.frozen(agency, stand.content), form_frozen(stand.frozen)
        frozen = held(entries, stand.frozen, content)
        agency = agency._replace(name=stand.called or agency.name)
        figures = dict(frozen.figures)
    last, last_published = _last(ledgers, agency, year - 1, entries, book)
    return Annual(
        agency,
        year,
        len(own),
        form,
        content,
        now,
        figures,
        frozen,
        last,
        last_published,
        draft,
        state,
        None if state.content is None else ledgers.frozen(agency, state.content),
        ledgers.said(agency, of(str(year))).remarks,
        stand,
        tuple(amended(own)),
        entries,
    )


def _last(
    ledgers: Ledgers, agency: ports.Agency, year: int, entries: Sequence[Entry], book: Book
) -> tuple[Report | None, bool]:
    """The report of the year before as it was published; else its figures, if the ledger knows anything of the year."""
    stand = _stand(str(year), [entry for entry in entries if entry.thing == of(str(year))], namings(entries))
    if stand.content is not None:
        return _published(ledgers, agency, stand), True
    if not any(entry.event.on.year == year for entry in entries if entry.thing.kind not in ("report", "agency")):
        return None, False
    content = {FIGURES: as_json(fill(form_of(year, forms()), year, book))}
    return report_of(content, agency.name, year), False


def _published(ledgers: Ledgers, agency: ports.Agency, stand: Year) -> Report | None:
    if stand.content is None or stand.frozen is None:
        return None
    content, name = ledgers.frozen(agency, stand.content), stand.called or agency.name
    return report_of(content, name, stand.frozen.year, form_frozen(stand.frozen))


def log(actor: Actor, ledgers: Ledgers, limit: int = 50) -> list[tuple[Entry, str | None]]:
    """The work log of the actor's agency, the newest first, each with its words."""
    _refuse(actor)
    rows = models.Entry.objects.filter(agency_id=actor.agency, kind="worklog").order_by("-sequence")[:limit]
    entries = [entry_of(row.text) for row in rows]
    words = ledgers.subjects(actor.agency, [entry.thing.number for entry in entries], kind="worklog")
    return [(entry, words.get(entry.thing.number)) for entry in entries]


def stands(rows: Iterable[models.Entry]) -> dict[tuple[str, str], Year]:
    """How far each report came, by agency and year, of rows that are ``OF_REPORTS``."""
    found: dict[tuple[str, str], list[Entry]] = {}
    named: dict[str, list[Entry]] = {}
    for row in sorted(rows, key=lambda row: row.sequence):
        of = named.setdefault(row.agency_id, [])
        (of if row.kind == "agency" else found.setdefault((row.agency_id, row.number), [])).append(entry_of(row.text))
    return {key: _stand(key[1], entries, namings(named[key[0]])) for key, entries in found.items()}


def _stand(year: str, entries: Iterable[Entry], named: Sequence[Naming]) -> Year:
    published_on, submitted_on, content, last, frozen = None, None, None, None, None
    for entry in amended(entries):
        event = entry.event
        if isinstance(event, Submitted):
            last = event.content
        elif isinstance(event, ReportFrozen):
            frozen = event
        elif isinstance(event, ReportPublished):
            published_on, content = event.on, last
        elif isinstance(event, ReportSubmitted):
            submitted_on = event.on
    then = called(named, lambda each: frozen is not None and each.sequence <= frozen.position) if content else None
    return Year(year, published_on, submitted_on, content, frozen, last is not None, then)


def _refuse(actor: Actor) -> None:
    if said := refusal("look", actor.roles, "own"):
        raise Refused(said)
