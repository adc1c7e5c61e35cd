"""A letter as facts and sentences, before any format; and what every letter is composed of.

Source: Regulation (Order 711) Art. 29; GB/T 9704-2012 on numbers and dates. The sentences are ``rulebook/cn/letters``.
"""

import re
from dataclasses import dataclass
from datetime import date
from typing import Literal, NamedTuple

from gongkai.core.ledger.refusal import Refused
from gongkai.core.message import message
from gongkai.documents.write.prose import one_line, paragraphs
from gongkai.rulebook.load.letters import letters

Kind = Literal["receipt", "correction_notice", "extension_notice", "reply"]

NUMBER = re.compile(r"[^〔〕\s]+〔\d{4}〕[1-9]\d*号", re.ASCII)
"""A document number (文号): organ code, year in hexagonal brackets, serial without leading zeros."""
EXAMPLE = "××公复〔2026〕12号"
_ENDS = tuple("。！？；：…”’）》】〕.!?;:)]")


@dataclass(frozen=True)
class Letter:
    """A finished letter (文书), ready to be printed; every text is kept in the normal form of ``write/prose``.

    ``document``: its number among the official documents (``D03`` …). ``organ``: who signs. ``number``: the 文号,
    ``None`` for receipts. ``remedy``: the paragraphs of the remedy notice, printed after the others. ``note``: 附注.
    """

    kind: Kind
    document: str | None
    organ: str
    title: str
    addressee: str
    paragraphs: tuple[str, ...]
    date: date
    number: str | None = None
    attachments: tuple[str, ...] = ()
    remedy: tuple[str, ...] = ()
    note: str = ""
    contact: str = ""

    def __post_init__(self) -> None:
        """Control characters and line breaks of users never reach a format."""
        for name in ("organ", "title", "addressee", "note", "contact"):
            object.__setattr__(self, name, one_line(getattr(self, name)))
        for name in ("paragraphs", "remedy"):
            object.__setattr__(self, name, paragraphs("\n".join(getattr(self, name))))
        lines = tuple(line for line in map(one_line, self.attachments) if line)
        object.__setattr__(self, "attachments", lines)
        if self.number is not None:
            object.__setattr__(self, "number", one_line(self.number))


@dataclass(frozen=True)
class RequestFacts:
    """What a letter says of the request: register number, legal day of receipt (Art. 31), content, applicant.

    ``organisation``: the applicant is no natural person, and is spoken to otherwise.
    """

    register: str
    received_on: date
    content: str
    applicant: str
    organisation: bool = False

    @property
    def you(self) -> str:
        """How the applicant is spoken to."""
        return letters().common("organisation" if self.organisation else "person")


class Deadline(NamedTuple):
    """A last day; ``provisional``: reckoned before the notice of that year's holidays, and marked so (暂定)."""

    on: date
    provisional: bool = False

    def __str__(self) -> str:
        said = day(self.on)
        return letters().common("provisional", date=said) if self.provisional else said


def day(on: date) -> str:
    """A date in Arabic numerals, month and day without leading zeros (GB/T 9704-2012, 7.3.5.4)."""
    return f"{on.year}年{on.month}月{on.day}日"


def facts(request: RequestFacts) -> str:
    """The receipt of the request, and the content asked for, quoted."""
    return letters().common(
        "facts",
        on=day(request.received_on),
        you=request.you,
        register=filled(request.register, "letters.register"),
        content=filled(request.content, "letters.content"),
    )


def filled(text: str, what: str) -> str:
    """A text that must be there, trimmed. Raises ``Refused`` naming ``what``, the id of its words."""
    kept = "\n".join(paragraphs(text))
    if not kept:
        raise Refused(message("letters.blank", what=message(what)))
    return kept


def ended(text: str) -> str:
    """A clerk's text with a full stop where it has no ending mark."""
    return text if text.endswith(_ENDS) else f"{text}。"


def numbered(items: tuple[str, ...]) -> tuple[str, ...]:
    """Items with their numbers, the only one without."""
    if len(items) == 1:
        return items
    return tuple(letters().common("item", number=place, text=item) for place, item in enumerate(items, 1))


def check(request: RequestFacts, organ: str, on: date, number: str | None = None) -> None:
    """What must be right in every letter: names, the form of the number, no date before the receipt."""
    filled(organ, "letters.organ")
    filled(request.applicant, "letters.applicant")
    if number is not None and not NUMBER.fullmatch(number):
        raise Refused(message("letters.number-form", number=number, example=EXAMPLE))
    if on < request.received_on:
        raise Refused(message("letters.dated-before-receipt", date=day(on), received=day(request.received_on)))
