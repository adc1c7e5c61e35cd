"""Takes an existing register of requests (登记台账) into the ledger, whole or not at all."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from operator import attrgetter
from typing import Any, NamedTuple

from gongkai.core.calendar.days import Calendar, UnknownDay
from gongkai.core.law.clock import Reckoning, reckon
from gongkai.core.law.outcomes import Outcomes
from gongkai.core.law.values import Values
from gongkai.core.ledger import events
from gongkai.core.ledger.entry import SHANGHAI, Thing, amended
from gongkai.core.ledger.events import Event
from gongkai.core.ledger.refusal import Refused
from gongkai.core.ledger.wire import to_event, to_plain
from gongkai.core.message import Message, message
from gongkai.documents.register import Line
from gongkai.services.ports import Agency, Ledgers, New, Outside, Unit

LONGEST = 200
"""Characters of a request's number, or of an agency's name, that the ledger keeps."""


class Problem(NamedTuple):
    """Why a line is refused; ``place`` is its number in the file."""

    place: int
    message: Message


@dataclass(frozen=True)
class Imported:
    """What an import did, or would do in a dry run. With any problem nothing was imported."""

    requests: int
    events: int
    passed_over: int
    problems: tuple[Problem, ...]
    agencies: Mapping[str, int] = field(default_factory=dict)
    """How many of the requests are each agency's."""
    made: tuple[str, ...] = ()
    """The agencies that the ledger did not know before."""


class _Told(NamedTuple):
    """An event, and when the register says that it was recorded."""

    event: Event
    recorded: datetime | None


class _Overtaken(Exception):
    """Another act took a number after it was found free; nothing of this one stands."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem)
        self.problem = problem


@dataclass(frozen=True)
class _Case:
    """A line of the register, understood."""

    place: int
    agency: str
    number: str
    outside: Outside
    told: tuple[_Told, ...]
    standing: Reckoning

    @property
    def thing(self) -> Thing:
        return Thing("request", self.number)


def import_register(
    lines: Sequence[Line],
    ledgers: Ledgers,
    *,
    calendar: Calendar,
    values: Values,
    outcomes: Outcomes,
    now: datetime,
    dry_run: bool = False,
) -> Imported:
    """Append every request of a register with its events.

    A line already there with the same content is passed over; a number twice in the file, or in the ledger with other
    content, is refused. ``recorded`` of the register is kept where the agency's chain is empty and it does not
    decrease; elsewhere ``now`` stands and the other is kept beside it as claimed. What has not happened yet, or is said
    to have been recorded later than ``now``, is refused: no later entry could follow it. What names an agency as it was
    called before is that agency's.
    """
    cases: list[_Case] = []
    problems: list[Problem] = []
    renamed = ledgers.renamed()
    for line in lines:
        try:
            case = _understood(line, calendar, values, outcomes)
            case = replace(case, agency=renamed.get(case.agency, case.agency))
            _refuse_unstorable(case)
            _refuse_future(case, now)
            cases.append(case)
        except Refused as refused:
            problems.append(Problem(line.place, refused.message))
    times = Counter((case.agency, case.number) for case in cases)
    fresh: list[_Case] = []
    for case in cases:
        if times[case.agency, case.number] > 1:
            problems.append(Problem(case.place, message("import.number-twice", number=case.number, agency=case.agency)))
        elif (there := _there(case, ledgers)) is None:
            fresh.append(case)
        elif not there:
            problems.append(
                Problem(case.place, message("import.other-content", number=case.number, agency=case.agency))
            )
    passed_over = len(cases) - len(fresh)
    made = tuple(name for name, _ in _by_agency(fresh) if ledgers.agency(name) is None)
    if problems:
        return Imported(0, 0, 0, tuple(sorted(problems, key=lambda problem: problem.place)))
    if not dry_run and fresh:
        try:
            with ledgers.unit() as unit:
                for name, own in _by_agency(fresh):
                    _append(unit, unit.agency(name), own, now)
        except _Overtaken as overtaken:
            return Imported(0, 0, 0, (overtaken.problem,))
    agencies = {name: len(own) for name, own in _by_agency(fresh)}
    return Imported(len(fresh), sum(len(case.told) for case in fresh), passed_over, (), agencies, made)


def _understood(line: Line, calendar: Calendar, values: Values, outcomes: Outcomes) -> _Case:
    """The line's events, what stands outside, and where the request stands. Raises ``Refused``."""
    data = line.data
    applicant: dict[str, Any] = data["applicant"]
    receipt = {
        "type": "received",
        "on": data["received_on"],
        "applicant": applicant["kind"],
        "channel": data["channel"],
    }
    told = [_Told(to_event(receipt), _instant(data.get("recorded")))]
    for plain in data["events"]:
        plain = dict(plain)
        recorded = _instant(plain.pop("recorded", None))
        told.append(_Told(to_event(plain), recorded))
    outside = Outside(applicant.get("name"), data.get("subject"))
    _refuse_outcomes(told, outcomes)
    try:
        standing = reckon([each.event for each in told], calendar=calendar, values=values, provisional=True)
    except UnknownDay as unknown:
        raise Refused(unknown.message) from unknown
    agency, number = data["agency"].strip(), data["number"].strip()
    return _Case(line.place, agency, number, outside, tuple(told), standing)


def _instant(text: object) -> datetime | None:
    if text is None:
        return None
    try:
        instant = datetime.fromisoformat(text) if isinstance(text, str) else None
    except ValueError:
        instant = None
    if instant is None or instant.tzinfo is None:
        raise Refused(message("import.no-instant", found=text))
    return instant


def _refuse_outcomes(told: Iterable[_Told], outcomes: Outcomes) -> None:
    """Raise ``Refused`` for a reply without an outcome, or with one that no form knows."""
    for event, _ in told:
        if isinstance(event, events.Replied):
            if event.outcome is None and event.after is None:
                raise Refused(message("import.no-outcome", on=event.on))
            if event.outcome is not None and event.outcome not in outcomes.rows:
                raise Refused(message("import.unknown-outcome", found=event.outcome, on=event.on))
            if event.answer is not None:
                _refuse_other_outcome(event, outcomes)


def _refuse_other_outcome(event: events.Replied, outcomes: Outcomes) -> None:
    """The outcome follows from the answer and its grounds (Art. 36); a refusal's own ground need not be repeated."""
    answer = event.answer or ""
    own = outcomes.by_code.get(answer)
    grounds = event.grounds or ((answer,) if own and own.grounds == "own" else ())
    expected = outcomes.outcome_of(answer, grounds)
    if event.outcome is not None and event.outcome != expected:
        said = {"answer": answer, "found": event.outcome, "expected": expected, "on": event.on}
        raise Refused(message("import.other-outcome", **said))


def _refuse_unstorable(case: _Case) -> None:
    for key, text in (("number", case.number), ("agency", case.agency)):
        if len(text) > LONGEST:
            raise Refused(message("import.too-long", key=key, length=len(text), limit=LONGEST))
        if any(not character.isprintable() for character in text):
            raise Refused(message("import.not-printable", key=key))
    if "\x00" in (case.outside.name or "") + (case.outside.subject or ""):
        raise Refused(message("register.bad-character"))


def _refuse_future(case: _Case, now: datetime) -> None:
    today = now.astimezone(SHANGHAI).date()
    for event, recorded in case.told:
        if event.on > today:
            raise Refused(message("import.not-yet-happened", event=event.name, on=event.on, today=today))
        if recorded is not None and recorded > now:
            raise Refused(message("import.recorded-later", found=recorded.isoformat(), now=now.isoformat()))


def _there(case: _Case, ledgers: Ledgers) -> bool | None:
    """Whether the ledger has this request with the same content; ``None`` where it has none of the number."""
    agency = ledgers.agency(case.agency)
    history = ledgers.history(agency, case.thing) if agency else []
    if agency is None or not history:
        return None
    stored = [_bare(entry.event) for entry in amended(history)]
    return stored == [_bare(told.event) for told in case.told] and ledgers.outside(agency, case.thing) in (
        None,
        case.outside,
    )


def _bare(event: Event) -> dict[str, Any]:
    """The plain values of an event without its commitments, whose salt differs from one import to the next."""
    plain = to_plain(event)
    if isinstance(event, events.Received):
        plain.pop("person", None)
        plain.pop("subject", None)
    return plain


def _by_agency(cases: Iterable[_Case]) -> list[tuple[str, list[_Case]]]:
    found: defaultdict[str, list[_Case]] = defaultdict(list)
    for case in cases:
        found[case.agency].append(case)
    return sorted(found.items())


def _append(unit: Unit, agency: Agency, cases: list[_Case], now: datetime) -> None:
    last = unit.last_recorded(agency)
    new: list[New] = []
    for case in cases:
        try:
            commitments = unit.keep(agency, case.thing, case.outside)
        except Refused as refused:
            raise _Overtaken(Problem(case.place, refused.message)) from refused
        highest: datetime | None = None
        for event, claimed in case.told:
            if isinstance(event, events.Received):
                event = replace(event, person=commitments.name, subject=commitments.subject)
            recorded = now if last is not None or claimed is None else claimed
            if highest is not None and recorded < highest:
                recorded = now
            highest = recorded
            new.append(New(case.thing, event, recorded, claimed if claimed not in (None, recorded) else None))
        unit.stand(agency, case.number, case.standing)
    new.sort(key=attrgetter("recorded"))
    unit.append(agency, new)
