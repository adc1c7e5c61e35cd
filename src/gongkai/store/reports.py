"""Annual reports as pages read them: at the desk with their review, published on the portal, by the level above."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import NamedTuple

from gongkai.core.ledger.entry import Entry, amended
from gongkai.core.ledger.events import ReportPublished, ReportSubmitted, Submitted
from gongkai.core.ledger.refusal import Refused
from gongkai.core.review.permissions import refusal
from gongkai.core.review.review import Review, review
from gongkai.core.tables.fill import Figure, fill, read
from gongkai.core.tables.form import Form
from gongkai.rulebook.load.forms import forms
from gongkai.services import ports
from gongkai.services.ports import Actor, Draft, Rules
from gongkai.services.report.annual import of
from gongkai.services.report.fill import form_of
from gongkai.store import models
from gongkai.store.ledgers import Ledgers, Remark
from gongkai.store.rows import entry_of


class Year(NamedTuple):
    """A year's report as far as it came; ``content`` is the hash of what was published."""

    year: str
    published_on: date | None
    submitted_on: date | None
    content: str | None


class Annual(NamedTuple):
    """A year's report at the desk: figures as the ledger has them now, each with what it counts."""

    agency: ports.Agency
    year: int
    version: int
    form: Form
    figures: Mapping[str, Figure]
    draft: Draft | None
    review: Review
    under_review: Mapping[str, str] | None
    remarks: tuple[Remark, ...]
    stand: Year
    entries: tuple[Entry, ...]


class Below(NamedTuple):
    """An agency below the competent office, and how far its report of the year came."""

    agency: ports.Agency
    stand: Year


def published(agency: ports.Agency) -> list[Year]:
    """The reports that an agency published, the newest first: anybody may know them."""
    stands = _stands(models.Entry.objects.filter(agency_id=agency.id, kind="report"))
    return [stand for _, stand in sorted(stands.items(), reverse=True) if stand.published_on is not None]


def public(ledgers: Ledgers, agency: ports.Agency, year: int) -> Mapping[str, str] | None:
    """The content of a published report; ``None`` where it is not published."""
    stand = next((each for each in published(agency) if each.year == str(year)), None)
    return ledgers.frozen(agency, stand.content) if stand and stand.content else None


def years(actor: Actor) -> list[Year]:
    """The reports of the actor's agency that were begun, the newest first."""
    _refuse(actor, "own")
    stands = _stands(models.Entry.objects.filter(agency_id=actor.agency, kind="report"))
    drafts = models.Draft.objects.filter(agency_id=actor.agency, kind="report").values_list("number", flat=True)
    begun = {(actor.agency, year): Year(year, None, None, None) for year in drafts} | stands
    return [stand for _, stand in sorted(begun.items(), reverse=True)]


def annual(actor: Actor, ledgers: Ledgers, agency: ports.Agency, year: int, rules: Rules) -> Annual:
    """A year's report of the actor's agency, with the figures of today."""
    _refuse(actor, "own")
    entries = tuple(ledgers.entries(agency))
    own = [entry for entry in entries if entry.thing == of(str(year))]
    state = review([entry.event for entry in amended(own)], rules.chains["report"])
    form = form_of(year, forms())
    book = read(entry for entry in entries if entry.thing.kind != "report")
    stand = _stand(str(year), own)
    content = None if state.content is None else ledgers.frozen(agency, state.content)
    return Annual(
        agency,
        year,
        len(own),
        form,
        fill(form, year, book),
        ledgers.draft(agency, of(str(year))),
        state,
        content,
        tuple(ledgers.remarks(agency, of(str(year)))),
        stand,
        entries,
    )


def below(actor: Actor, year: int) -> list[Below]:
    """The agencies below the actor's office and their reports of a year, those that have not submitted first."""
    _refuse(actor, "below")
    places = models.Place.objects.select_related("agency").filter(parent_id=actor.agency).order_by("agency__name")
    agencies = [ports.Agency(place.agency_id, place.agency.name) for place in places]
    rows = models.Entry.objects.filter(agency_id__in=[each.id for each in agencies], kind="report", number=str(year))
    stands = _stands(rows)
    nothing = Year(str(year), None, None, None)
    listed = [Below(agency, stands.get((agency.id, str(year)), nothing)) for agency in agencies]
    return sorted(listed, key=lambda each: (each.stand.submitted_on is not None, each.stand.published_on is not None))


def log(actor: Actor, ledgers: Ledgers, limit: int = 50) -> list[tuple[Entry, str | None]]:
    """The work log of the actor's agency, the newest first, each with its words."""
    _refuse(actor, "own")
    rows = models.Entry.objects.filter(agency_id=actor.agency, kind="worklog").order_by("-sequence")[:limit]
    entries = [entry_of(row.text) for row in rows]
    words = ledgers.subjects(actor.agency, [entry.thing.number for entry in entries], kind="worklog")
    return [(entry, words.get(entry.thing.number)) for entry in entries]


def _stands(rows: Iterable[models.Entry]) -> dict[tuple[str, str], Year]:
    """How far each report came, by agency and year."""
    found: dict[tuple[str, str], list[Entry]] = {}
    for row in sorted(rows, key=lambda row: row.sequence):
        found.setdefault((row.agency_id, row.number), []).append(entry_of(row.text))
    return {key: _stand(key[1], entries) for key, entries in found.items()}


def _stand(year: str, entries: Iterable[Entry]) -> Year:
    published_on, submitted_on, content, last = None, None, None, None
    for entry in amended(entries):
        event = entry.event
        if isinstance(event, Submitted):
            last = event.content
        elif isinstance(event, ReportPublished):
            published_on, content = event.on, last
        elif isinstance(event, ReportSubmitted):
            submitted_on = event.on
    return Year(year, published_on, submitted_on, content)


def _refuse(actor: Actor, relation: str) -> None:
    if said := refusal("look", actor.roles, "own" if relation == "own" else "below"):
        raise Refused(said)
