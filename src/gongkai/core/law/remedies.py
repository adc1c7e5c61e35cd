"""The remedy notice: where an applicant may turn against an answer, in which order, until when.

Source: Administrative Reconsideration Law Arts. 20, 23 to 28, 34; Administrative Litigation Law Arts. 44 to 46; Court
interpretation of it (2018) Art. 64; civil procedure on counting (the first day is not counted, an end on a rest day
moves to the next working day). Periods and reviewing bodies are values of the law; nothing here knows a year.
"""

import calendar
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal, NamedTuple, get_args

from gongkai.core.law.outcomes import PRIOR, Outcomes
from gongkai.core.law.values import Value, Values
from gongkai.core.ledger.refusal import Refused
from gongkai.core.message import Message, message

OrganKind = Literal[
    "department",
    "local_government",
    "provincial_government",
    "state_department",
    "vertical_organ",
    "justice_bureau",
    "government_office",
    "department_unit",
    "district_unit",
    "state_department_unit",
    "authorised_organisation",
    "state_authorised_organisation",
]
"""department: of a local government at county level or above · local_government: below the province · vertical_organ:
customs, finance, foreign exchange and other organs led from above, tax, state security · justice_bureau: of a local
government, reviewing for it · government_office: dispatched by a government (派出机关) · department_unit: dispatched
by a department and acting in its own name (派出机构) · district_unit: such a unit of a department of a municipality or
a city with districts, set up by district · the last three: units of State Council departments, organisations that a
law authorises, managed by local or by State Council departments."""

BodyRole = Literal[
    "itself",
    "own_government",
    "higher_government",
    "founding_government",
    "seat_government",
    "higher_department",
    "own_department",
]
"""own_government: of the organ's level · higher_government: one level up · founding_government: that sent it out ·
seat_government: of the place where it sits · higher_department: that leads it from above · own_department: that
sent it out or manages it."""


@dataclass(frozen=True, slots=True)
class Organ:
    """The organ that answered, and the names of the bodies about it; only those that its kind needs must be given.

    ``court``: the court as the notice shall name it, where that is settled.
    """

    name: str
    kind: OrganKind
    own_government: str | None = None
    higher_government: str | None = None
    founding_government: str | None = None
    seat_government: str | None = None
    higher_department: str | None = None
    own_department: str | None = None
    court: str | None = None

    @property
    def itself(self) -> str:
        """Its own name: governments of provinces and departments of the State Council review their own acts."""
        return self.name


class Body(NamedTuple):
    """A body that may be asked for reconsideration: its relation to the organ, and its name."""

    role: BodyRole
    name: str


class Term(NamedTuple):
    """A period: its ``value`` (number, unit, source) and its ``last`` day; ``None`` where its start is not known."""

    value: Value
    last: date | None


@dataclass(frozen=True, slots=True)
class Remedy:
    """What may be done against an answer.

    ``first``: reconsideration must come before a suit. ``bodies``: one, or several to choose from. ``litigation``:
    the term of a direct suit, ``None`` if ``first``. ``after_reconsideration``: the term from the decision, or from
    the lapse of its period. ``reconsideration_limit``, ``litigation_limit``: the outer limits where the organ did
    not tell of the remedy, ``None`` where the law set none or no direct suit is open. ``ruling``: a decision on its
    own act may also be put to the State Council. ``notice``: the reply tells of the remedy.
    """

    organ: Organ
    first: bool
    order: Value
    bodies: tuple[Body, ...]
    reconsideration: Term
    litigation: Term | None
    after_reconsideration: Term
    reconsideration_limit: Term | None
    litigation_limit: Term | None
    ruling: bool
    notice: bool = True

    @property
    def sources(self) -> tuple[str, ...]:
        """Where all this stands, each once."""
        terms = (self.reconsideration, self.litigation, self.after_reconsideration)
        limits = (self.reconsideration_limit, self.litigation_limit)
        return tuple(dict.fromkeys((self.order.source, *(t.value.source for t in (*terms, *limits) if t is not None))))

    @property
    def messages(self) -> tuple[Message, ...]:
        """The sentences of the notice; where none was given, what holds then."""
        return tuple(_notice(self) if self.notice else _without_notice(self))


def remedy(
    answer: str,
    *,
    organ: Organ,
    on: date,
    values: Values,
    outcomes: Outcomes,
    grounds: Iterable[str] = (),
    received: date | None = None,
    is_working: Callable[[date], bool] | None = None,
    notice: bool = True,
) -> Remedy:
    """The remedy against an answer (``R1`` … ``RP``) or a report row (``granted`` …).

    Args:
        answer: an answer's code or a row id.
        organ: who answered.
        on: the day of the reply; the law in force on it holds.
        values: the law, for the place of the organ.
        outcomes: the answers as data.
        grounds: for a partial answer, the grounds on which a part was withheld.
        received: the day on which the applicant received the reply, not that of posting. Without it no last day.
        is_working: whether a day is a working day; needed with ``received``. What it raises is passed on.
        notice: whether the reply tells of the remedy; if not, ``messages`` tell the outer limits.

    Raises ``Refused`` for an unknown answer, contradictory grounds or a body without a name, ``MissingValue`` for a
    day before the law that is asked for.
    """
    if received is not None and is_working is None:
        raise TypeError("is_working is needed with received")

    def term(id: str, start: date | None = received) -> Term:
        value = values.at(id, on)
        return Term(value, None if start is None or is_working is None else last_day(start, value, is_working))

    prior = outcomes.remedy_of(answer, grounds) == PRIOR
    order = values.at("refusal_remedy_order" if prior else "remedy_order", on)
    first = order.word == "reconsideration_first"
    roles = values.at(f"reconsideration_bodies_{organ.kind}", on).words
    limits = ("reconsideration_no_notice_limit_years", "litigation_no_notice_limit_years")
    before, after = (term(id) if values.has(id, on) else None for id in limits)
    return Remedy(
        organ=organ,
        first=first,
        order=order,
        bodies=tuple(_body(organ, role) for role in roles),
        reconsideration=term("reconsideration_days"),
        litigation=None if first else term("litigation_months"),
        after_reconsideration=term("litigation_after_reconsideration_days", None),
        reconsideration_limit=before,
        litigation_limit=None if first else after,
        ruling="itself" in roles,
        notice=notice,
    )


def last_day(start: date, period: Value, is_working: Callable[[date], bool]) -> date:
    """The last day of a period of days, months or years that begins with ``start``, which is not counted.

    A month without the day of ``start`` ends the period on its last day; a rest day moves it to the next working day.
    """
    if period.unit == "days":
        last = start + timedelta(days=period.number)
    elif period.unit in ("months", "years"):
        last = _months_later(start, period.number * (12 if period.unit == "years" else 1))
    else:
        raise TypeError(f"{period.id} is counted in {period.unit}")
    while not is_working(last):
        last += timedelta(days=1)
    return last


def _months_later(start: date, months: int) -> date:
    year, month = divmod(start.year * 12 + start.month - 1 + months, 12)
    return date(year, month + 1, min(start.day, calendar.monthrange(year, month + 1)[1]))


def _body(organ: Organ, role: str) -> Body:
    name: str | None = getattr(organ, role)
    if not name:
        raise Refused(message("law.body-without-name", organ=organ.name, kind=organ.kind, role=role))
    return Body(_ROLES[role], name)


_ROLES: Mapping[str, BodyRole] = {role: role for role in get_args(BodyRole)}


def _notice(found: Remedy) -> Iterator[Message]:
    """What a reply prints at its end."""
    days, names = found.reconsideration.value.number, tuple(body.name for body in found.bodies)
    several = len(names) > 1
    if found.litigation is None:
        if several:
            yield message("law.remedy-first-choice", days=days, bodies=names)
        else:
            yield message("law.remedy-first", days=days, body=names[0])
        yield message("law.remedy-suit-after", days=found.after_reconsideration.value.number)
    else:
        months = found.litigation.value.number
        if several:
            yield message("law.remedy-free-choice", days=days, bodies=names, months=months)
        else:
            yield message("law.remedy-free", days=days, body=names[0], months=months)
    if found.organ.court is not None:
        yield message("law.remedy-court", court=found.organ.court)
    if found.ruling:
        yield message("law.remedy-ruling")
    if found.reconsideration.last is not None:
        yield message("law.remedy-last-reconsideration", last=found.reconsideration.last)
    if found.litigation is not None and found.litigation.last is not None:
        yield message("law.remedy-last-suit", last=found.litigation.last)


def _without_notice(found: Remedy) -> Iterator[Message]:
    """What holds where the reply said nothing of remedies."""
    before, after = found.reconsideration_limit, found.litigation_limit
    if before is not None:
        yield message("law.remedy-limit-reconsideration", years=before.value.number)
        if before.last is not None:
            yield message("law.remedy-last-reconsideration", last=before.last)
    if after is not None:
        yield message("law.remedy-limit-suit", years=after.value.number)
        if after.last is not None:
            yield message("law.remedy-last-suit", last=after.last)
