"""What pages read of items (主动公开): for everybody what is public, for the desk what is written.

Nothing public is read but from the projection, where what is withdrawn has no text any more.
"""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import NamedTuple

from django.db.models import Count, F, Q, QuerySet, Window
from django.db.models.functions import RowNumber

from gongkai.core.ledger.entry import Entry, Thing, amended
from gongkai.core.ledger.item import Item, item
from gongkai.core.ledger.refusal import Refused
from gongkai.core.message import Told
from gongkai.core.review.permissions import refusal
from gongkai.core.review.review import Review, review
from gongkai.services import ports
from gongkai.services.ports import Actor, Draft, Rules
from gongkai.services.publish.attachments import Attachment, attached
from gongkai.store import models
from gongkai.store.ledgers import Ledgers, Remark
from gongkai.store.naming import as_called, namings_of
from gongkai.store.rows import agency_of, entry_of

LIMIT = 25
TERMS = 8
"""So many words of a search are asked for; whoever types more has found it already."""
EXCERPT = 80


class Place(NamedTuple):
    """Where a list goes on: after the item of this day, number and agency."""

    published_on: date
    number: str
    agency: str


class Heading(NamedTuple):
    """A public item in a list; ``excerpt`` is where a search met it."""

    agency: ports.Agency
    number: str
    title: str
    document: str
    validity: str
    column: str
    published_on: date
    corrected_on: date | None
    excerpt: str = ""

    @property
    def place(self) -> Place:
        """Where a list that ends here goes on."""
        return Place(self.published_on, self.number, self.agency.id)


class Listed(NamedTuple):
    """Public items, the newest first. ``total`` counts other pages too; ``after``: where it goes on, if it does."""

    rows: tuple[Heading, ...]
    total: int
    after: Place | None


class Narrowed(NamedTuple):
    """To what a search is narrowed: an agency, a column, 有效性; all where it is empty."""

    agency: str = ""
    column: str = ""
    validity: str = ""


WHOLE = Narrowed()
"""Narrowed to nothing."""


class Hits(NamedTuple):
    """What a search found. ``counts``: for each way to narrow it, how many every choice has while the others stay."""

    listed: Listed
    counts: dict[str, dict[str, int]]
    agencies: dict[str, ports.Agency]


class VersionOf(NamedTuple):
    """A version of a public item: from which day on, whether it still holds, and from which day it is not shown."""

    number: int
    on: date
    current: bool
    hidden_on: date | None = None


class Public(NamedTuple):
    """A public item as one of its versions says; ``version`` is that one, ``index_number`` 索引号 (索引号).

    ``publisher``: what the agency was called on the day of that version (发布机构).
    """

    agency: ports.Agency
    publisher: str
    number: str
    index_number: str
    column: str
    published_on: date
    title: str
    document: str
    validity: str
    text: str
    made_on: date | None
    attachments: tuple[Attachment, ...]
    version: VersionOf
    versions: tuple[VersionOf, ...]


class Gone(NamedTuple):
    """An item that was public and was withdrawn; with ``version``, that one of an item that still is public."""

    agency: ports.Agency
    number: str
    on: date
    version: int | None = None


class Written(NamedTuple):
    """An item in the list of the desk."""

    number: str
    title: str
    column: str
    item: Item
    review: Review


class Writing(NamedTuple):
    """Items of the desk; ``after``: where the list goes on, if it does."""

    rows: tuple[Written, ...]
    after: int | None


class ItemCase(NamedTuple):
    """An item with all that its page at the desk shows. ``version`` counts its entries."""

    agency: ports.Agency
    number: str
    version: int
    draft: Draft
    history: tuple[Entry, ...]
    item: Item
    review: Review
    under_review: dict[str, str] | None
    remarks: tuple[Remark, ...]
    people: dict[str, str]


def counts(actor: Actor, agency: str) -> dict[str, int]:
    """How many public items stand in each column of an agency."""
    rows = _public().filter(agency_id=agency).values_list("column").annotate(count=Count("id"))
    return dict(rows.order_by("column"))


def newest(actor: Actor, agency: str, each: int) -> dict[str, list[Heading]]:
    """The newest public items of an agency, so many of each column, in one query whatever the columns."""
    order = (F("published_on").desc(), F("number").desc())
    place = Window(RowNumber(), partition_by="column", order_by=order)
    rows = _public().filter(agency_id=agency).annotate(place=place).filter(place__lte=each).select_related("agency")
    found: dict[str, list[Heading]] = {}
    for row in rows.order_by(*order):
        found.setdefault(row.column, []).append(_heading(row, ()))
    return found


def listed(
    actor: Actor, agency: str, columns: Sequence[str], total: int, after: Place | None = None, limit: int = LIMIT
) -> Listed:
    """The public items of an agency in some columns, the newest first. ``total``: of ``counts``."""
    return _listed(_public().filter(agency_id=agency, column__in=columns), total, after, limit)


def latest(actor: Actor, limit: int) -> tuple[Heading, ...]:
    """What was published last, whichever agency did."""
    return _listed(_public(), 0, None, limit).rows


def public(
    actor: Actor, ledgers: Ledgers, agency: str, number: str, version: int | None = None
) -> Public | Gone | None:
    """An item as it stands, or one of its versions (from 1); ``None`` where nothing public has this number."""
    row = models.Item.objects.select_related("agency").filter(agency_id=agency, number=number).first()
    if row is None:
        return None
    own = agency_of(row.agency)
    if row.withdrawn_on is not None:
        return Gone(own, number, row.withdrawn_on)
    found = _item(ledgers.history(own, Thing("item", number)))
    versions = tuple(
        VersionOf(count, each.on, count == len(found.versions), each.hidden_on)
        for count, each in enumerate(found.versions, 1)
    )
    if version is not None and not 0 < version <= len(versions):
        return None
    shown = versions[-1 if version is None else version - 1]
    if shown.hidden_on is not None:
        return Gone(own, number, shown.hidden_on, shown.number)
    publisher = as_called(own, namings_of(own.id).get(own.id, []), lambda each: each.event.on <= shown.on).name
    of = (own, publisher, number, row.index_number, row.column, row.published_on)
    if shown.current:
        told = (row.title, row.document, row.validity, row.text, row.made_on)
        return Public(*of, *told, attached({"attachments": row.attachments}), shown, versions)
    hash = found.versions[shown.number - 1].content
    if hash is None:
        return None
    content = ledgers.frozen(own, hash)
    made_on = date.fromisoformat(content["made_on"]) if content["made_on"] else None
    told = (content["title"], content["document"], content.get("validity", "valid"), content["text"], made_on)
    return Public(*of, *told, attached(content), shown, versions)


def terms_of(query: str) -> list[str]:
    """The words of a query that are asked for."""
    return query.replace("\0", "").split()[:TERMS]


def search(
    actor: Actor, query: str, narrowed: Narrowed = WHOLE, after: Place | None = None, limit: int = LIMIT
) -> Hits:
    """The public items that hold every word of a query in index or document number, title or text, the newest first.

    Two queries whatever is found. A part of a word is enough: Chinese has no spaces.
    """
    terms = terms_of(query)
    if not terms:
        return Hits(Listed((), 0, None), {}, {})
    rows = _public()
    for term in terms:
        held = Q(title__icontains=term) | Q(text__icontains=term)
        rows = rows.filter(held | Q(document__icontains=term) | Q(index_number__icontains=term))
    told = ("agency_id", "column", "validity", "agency__name", "agency__algorithm")
    grouped = rows.values_list(*told).annotate(count=Count("id")).order_by("agency__name")
    agencies, groups = {}, []
    for agency, column, validity, name, algorithm, count in grouped:
        agencies[agency] = ports.Agency(agency, name, algorithm)
        groups.append((Narrowed(agency, column, validity), count))
    total = sum(count for key, count in groups if _meets(key, narrowed))
    chosen = {name: value for name, value in narrowed._asdict().items() if value}
    return Hits(_listed(rows.filter(**chosen), total, after, limit, terms), _counts(groups, narrowed), agencies)


def _counts(groups: list[tuple[Narrowed, int]], narrowed: Narrowed) -> dict[str, dict[str, int]]:
    """How many each choice of a way to narrow has, while the other ways stay as they are."""
    counted: dict[str, dict[str, int]] = {name: {} for name in Narrowed._fields}
    for name, counts in counted.items():
        others = narrowed._replace(**{name: ""})
        for key, count in groups:
            if _meets(key, others):
                value = getattr(key, name)
                counts[value] = counts.get(value, 0) + count
    return counted


def _meets(key: Narrowed, narrowed: Narrowed) -> bool:
    return all(wanted in ("", found) for wanted, found in zip(narrowed, key, strict=True))


def writing(actor: Actor, ledgers: Ledgers, rules: Rules, after: int | None = None, limit: int = LIMIT) -> Writing:
    """The items of the actor's agency, the newest first; two queries whatever their number."""
    _refuse(actor)
    rows = models.Draft.objects.filter(agency_id=actor.agency, kind="item").order_by("-id")
    found = list((rows.filter(id__lt=after) if after is not None else rows)[: limit + 1])
    shown = found[:limit]
    numbers = [row.number for row in shown]
    texts = models.Entry.objects.filter(agency_id=actor.agency, kind="item", number__in=numbers).order_by("sequence")
    histories: dict[str, list[Entry]] = {number: [] for number in numbers}
    for text in texts.values_list("text", flat=True):
        entry = entry_of(text)
        histories[entry.thing.number].append(entry)
    drafts = ledgers.opened(shown)
    listed = tuple(_written(row.number, drafts[row.number], histories[row.number], rules) for row in shown)
    return Writing(listed, shown[-1].id if len(found) > limit else None)


def case(actor: Actor, ledgers: Ledgers, number: str, rules: Rules) -> ItemCase | None:
    """An item of the actor's agency; ``None`` where there is none of this number."""
    _refuse(actor)
    row = models.Agency.objects.filter(id=actor.agency).first()
    own, thing = (agency_of(row) if row else None), Thing("item", number)
    draft = ledgers.draft(own, thing) if own else None
    if own is None or draft is None:
        return None
    history = ledgers.history(own, thing)
    standing = amended(history)
    state = review((entry.event for entry in standing), rules.chains["item"])
    said = ledgers.said(own, thing)
    return ItemCase(
        own,
        number,
        len(history),
        draft,
        tuple(standing),
        _item(history),
        state,
        None if state.content is None else dict(ledgers.frozen(own, state.content)),
        said.remarks,
        said.people,
    )


def lost_files(ledgers: ports.Ledgers) -> Iterator[tuple[str, str, str]]:
    """The files of public items that cannot be given out: agency, title, name of the file."""
    for row in _public().exclude(attachments="").select_related("agency").iterator():
        for file in attached({"attachments": row.attachments}):
            try:
                ledgers.files.read(file.hash)
            except Told:
                yield row.agency.name, row.title, file.name


def _public() -> QuerySet[models.Item]:
    return models.Item.objects.filter(withdrawn_on=None)


def _listed(
    rows: QuerySet[models.Item], total: int, after: Place | None, limit: int, terms: Sequence[str] = ()
) -> Listed:
    if after is not None:
        day, number, agency = after
        same = Q(published_on=day)
        further = same & Q(number__lt=number) | same & Q(number=number, agency_id__gt=agency)
        rows = rows.filter(Q(published_on__lt=day) | further)
    ordered = rows.select_related("agency").order_by("-published_on", "-number", "agency_id")
    found = [_heading(row, terms) for row in ordered[: limit + 1]]
    return Listed(tuple(found[:limit]), total, found[limit - 1].place if len(found) > limit else None)


def _heading(row: models.Item, terms: Sequence[str]) -> Heading:
    told = (row.number, row.title, row.document, row.validity, row.column, row.published_on, row.corrected_on)
    return Heading(agency_of(row.agency), *told, _excerpt(row.text, terms))


def _excerpt(text: str, terms: Sequence[str]) -> str:
    """Where the first of the words stands, with what is around it; the beginning where the text holds none."""
    if not terms:
        return ""
    lower = text.lower()
    at = next((place for term in terms if (place := lower.find(term.lower())) >= 0), 0)
    begins = max(0, at - EXCERPT // 4)
    cut = " ".join(text[begins : begins + EXCERPT].split())
    return f"{'…' if begins else ''}{cut}{'…' if begins + EXCERPT < len(text) else ''}"


def _written(number: str, content: dict[str, str], history: list[Entry], rules: Rules) -> Written:
    state = review((entry.event for entry in amended(history)), rules.chains["item"])
    return Written(number, content["title"], content["column"], _item(history), state)


def _item(history: Sequence[Entry]) -> Item:
    return item(entry.event for entry in amended(history))


def _refuse(actor: Actor) -> None:
    if said := refusal("look", actor.roles, "own"):
        raise Refused(said)
