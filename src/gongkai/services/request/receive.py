"""A request comes in: filed by a citizen through the portal, or registered by the clerk from a letter (登记)."""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime

from gongkai.core.ledger.events import ApplicantKind, Channel, Received
from gongkai.core.ledger.refusal import Refused
from gongkai.core.message import message
from gongkai.services.outgoing.day import today
from gongkai.services.outgoing.mail import unreached
from gongkai.services.ports import Actor, Agency, Outside, Rules, Unit
from gongkai.services.request.case import carry_on, of
from gongkai.services.request.identity import misread
from gongkai.services.request.letters import dates, sentences

_ALPHABET = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
"""Without signs that are taken for others when they are read aloud or copied."""
CODE_LENGTH = 10


@dataclass(frozen=True)
class FileRequest:
    """What a citizen files online. ``details``: contact, the form and the route that are wished, by field."""

    agency: str
    kind: ApplicantKind
    name: str
    subject: str
    details: Mapping[str, str] = field(default_factory=dict)
    key: str | None = None


@dataclass(frozen=True)
class RegisterRequest:
    """What the clerk registers from a letter, with its legal receipt date (Art. 31)."""

    agency: str
    channel: Channel
    received_on: date
    kind: ApplicantKind
    name: str
    subject: str
    details: Mapping[str, str] = field(default_factory=dict)
    key: str | None = None


def file_request(
    unit: Unit, agency: Agency, actor: Actor, command: FileRequest, rules: Rules, now: datetime
) -> Mapping[str, str]:
    """``number code due_on provisional_on``: online the day on which the system confirms is that of receipt (Art.
    31(3), guiding case 26 of the Supreme Court), and it confirms at once. Raises ``Refused`` where the number
    of an identity card is none, or the way that is wished does not fit the contact: whoever files can mend it at once.
    """
    if said := misread(command.kind, command.details.get("identity", "")) or unreached(command.details):
        raise Refused(said)
    on = today(now)
    return _received(unit, agency, command, Received(on, command.kind, "online", submitted_on=on), rules, now)


def register_request(
    unit: Unit, agency: Agency, actor: Actor, command: RegisterRequest, rules: Rules, now: datetime
) -> Mapping[str, str]:
    """``number code due_on provisional_on`` of a request that came by letter, at the counter, by fax or e-mail.

    Whatever it lacks, it was received and its period runs: what is missing is asked for (补正, Art. 30).
    """
    return _received(unit, agency, command, Received(command.received_on, command.kind, command.channel), rules, now)


def _received(
    unit: Unit,
    agency: Agency,
    command: FileRequest | RegisterRequest,
    event: Received,
    rules: Rules,
    now: datetime,
) -> Mapping[str, str]:
    for name, text in (("name", command.name), ("subject", command.subject)):
        if not text.strip():
            raise Refused(message("act.missing", field=name))
    year = event.on.year
    number = _free_number(unit, agency, year)
    kept = unit.keep(agency, of(number), Outside(command.name.strip(), command.subject.strip(), command.details))
    event = replace(event, person=kept.name, subject=kept.subject)
    reckoning = carry_on(unit, agency, number, (), [event], rules, now)
    code = "".join(secrets.choice(_ALPHABET) for _ in range(CODE_LENGTH))
    unit.open_by_code(agency, number, code)
    answer = {"number": number, "code": code, **dates(reckoning)}
    told = {"on": today(now).isoformat(), "channel": event.channel, "reckoning": sentences(reckoning)}
    unit.send(agency, of(number), "receipt", {**answer, **told})
    return answer


def _free_number(unit: Unit, agency: Agency, year: int) -> str:
    """The next number of the year that no imported request has."""
    while True:
        number = f"{year}-{unit.serial(agency, 'request', year):04}"
        if not unit.history(agency, of(number)):
            return number
