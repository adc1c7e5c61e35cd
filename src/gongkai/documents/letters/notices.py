"""The letters of the procedure: receipt (D03), correction notice (D04), extension notice (D06).

Source: Regulation (Order 711) Arts. 30, 31, 33. They carry no remedy notice: what they say is no decision and is not
reviewed separately (国办函〔2021〕132号 Art. 3).
"""

from collections.abc import Sequence
from datetime import date

from gongkai.core.ledger.events import Channel
from gongkai.documents.letters.letter import (
    Deadline,
    Letter,
    RequestFacts,
    check,
    day,
    ended,
    facts,
    filled,
    numbered,
)
from gongkai.rulebook.load.letters import letters


def receipt(
    request: RequestFacts,
    *,
    organ: str,
    channel: Channel,
    due: Deadline,
    reckoning: Sequence[str],
    code: str,
    on: date,
    contact: str,
    note: str = "",
) -> Letter:
    """D03 登记回执: when the request was received in law (Art. 31), until when it is answered, and why.

    Args:
        channel: how it came, which decides the day of receipt.
        due: the last day for the reply, marked where it is provisional.
        reckoning: the sentences that tell how the day was found.
        code: the query code, with which the applicant follows the request.
        on: the date of the receipt.
        contact: whom to ask at the office.

    Raises ``Refused`` for a fact that is missing.
    """
    check(request, organ, on)
    words, way = letters().receipt, letters().channels[channel]
    register = filled(request.register, "letters.register")
    steps = [ended(filled(step, "letters.reckoning")) for step in reckoning]
    said = [
        words("registered", you=request.you, channel=way.name, register=register),
        words("query", code=filled(code, "letters.query-code")),
        words("content", content=filled(request.content, "letters.content")),
        words("received", on=day(request.received_on), rule=way.rule),
        words("due", due=due),
        *([words("reckoning")] if steps else []),
        *steps,
        words("changes"),
    ]
    return Letter(
        kind="receipt",
        document=words.document,
        organ=organ,
        title=words("title", organ=organ),
        addressee=request.applicant,
        paragraphs=tuple(said),
        date=on,
        note=note,
        contact=contact,
    )


def correction_notice(
    request: RequestFacts,
    *,
    organ: str,
    number: str,
    items: Sequence[str],
    until: date,
    on: date,
    guidance: Sequence[str] = (),
    note: str = "",
    contact: str = "",
) -> Letter:
    """D04 补正告知书 (Art. 30): all that is to be corrected, at once; until when; what silence means; the clock.

    ``guidance``: what the office explains beside. Raises ``Refused`` where nothing is named, or a fact is missing.
    """
    check(request, organ, on, number)
    words = letters().correction
    wanted = tuple(ended(filled(item, "letters.items")) for item in items or ("",))
    said = [
        facts(request),
        words("unclear"),
        *numbered(wanted),
        *guidance,
        words("until", you=request.you, until=day(until)),
        words("silence"),
        words("clock"),
    ]
    return Letter(
        kind="correction_notice",
        document=words.document,
        organ=organ,
        title=words("title", organ=organ),
        addressee=request.applicant,
        paragraphs=tuple(said),
        date=on,
        number=number,
        note=note,
        contact=contact,
    )


def extension_notice(
    request: RequestFacts,
    *,
    organ: str,
    number: str,
    old: Deadline,
    new: Deadline,
    working_days: int,
    reason: str,
    on: date,
    history: Sequence[str] = (),
    note: str = "",
    contact: str = "",
) -> Letter:
    """D06 延期答复告知书 (Art. 33(2)): the old and the new last day, marked where provisional, and the reason.

    ``working_days``: those of the extension, which ``core/law`` has allowed. ``history``: what happened since the
    receipt. Raises ``Refused`` for a fact that is missing.
    """
    check(request, organ, on, number)
    words = letters().extension
    said = [
        facts(request),
        *history,
        words("old", old=old, days=working_days),
        words("reason", reason=ended(filled(reason, "letters.reason"))),
        words("new", new=new),
    ]
    return Letter(
        kind="extension_notice",
        document=words.document,
        organ=organ,
        title=words("title", organ=organ),
        addressee=request.applicant,
        paragraphs=tuple(said),
        date=on,
        number=number,
        note=note,
        contact=contact,
    )
