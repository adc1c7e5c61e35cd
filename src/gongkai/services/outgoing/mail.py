"""What a mail to an applicant says: that there is news, and where. Never a name, a subject or the query code.

Whoever reads a mail that went astray learns that somebody asked this agency for something, and no more.
"""

import re
import unicodedata
from collections.abc import Mapping
from datetime import date
from typing import Literal, NamedTuple

from gongkai.core.message import Message, message
from gongkai.documents.letters.letter import day
from gongkai.rulebook.load.messages import LANGS, render

Way = Literal["mail", "paper"]

TO_APPLICANT = frozenset(("receipt", "correction", "extension", "reply"))
"""The letters that are the applicant's own: seen on the tracking page, and the only ones that are mailed about."""

_BESIDE = r"\s\u3400-\u9fff,;:()<>\[\]{}\"/|、。《》【】“”"
_ADDRESS = re.compile(
    rf"(?<![^{_BESIDE}])[A-Za-z0-9._%+'-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+(?=[.!?]*(?:[{_BESIDE}]|$))"
)
"""An address whole: beside it stand blanks, marks and Chinese words, and never a letter or sign that it might lack."""

_NOT_POSTAL = re.compile(r"[\W\d_]+|电话|手机|联系|邮箱|tel|phone|mobile|e-?mail", re.IGNORECASE)
_SHORTEST = 4
"""So many letters has a postal address beside its figures: 某县某路 12 号."""


class Mail(NamedTuple):
    """A mail before its envelope."""

    subject: str
    text: str


def address(details: Mapping[str, str]) -> str | None:
    """The e-mail address that an applicant gave as contact (联系方式)."""
    found = _ADDRESS.search(unicodedata.normalize("NFKC", details.get("contact", "")))
    return found[0] if found else None


def unreached(details: Mapping[str, str]) -> Message | None:
    """Why a reply would not arrive by the way that is wished (获取途径, Art. 29): the contact lacks what it needs."""
    route, contact = details.get("route"), details.get("contact", "")
    if route == "email" and address(details) is None:
        return message("act.route-without-email")
    if route == "post" and len(_NOT_POSTAL.sub("", _ADDRESS.sub("", contact))) < _SHORTEST:
        return message("act.route-without-address")
    return None


def way(letter: str, content: Mapping[str, str], details: Mapping[str, str]) -> Way:
    """How a letter leaves: by mail where the applicant gave an address, else printed and posted.

    The receipt of a request that did not come online carries the query code, which no mail may hold; a reply goes the
    way that was wished (获取途径, Art. 29).
    """
    if letter not in TO_APPLICANT or address(details) is None:
        return "paper"
    if letter == "receipt" and content["channel"] != "online":
        return "paper"
    if letter == "reply" and details.get("route", "email") != "email":
        return "paper"
    return "mail"


def compose(letter: str, content: Mapping[str, str], agency: str, url: str) -> Mail:
    """The mail about a letter, Chinese above English; ``url``: where the request is followed."""
    kind = "receipt" if letter == "receipt" else "news"
    parts = []
    for lang in LANGS:
        said = message(f"mail.{kind}", agency=agency, url=url, number=content.get("number", ""))
        parts.append("\n".join((render(said, lang), *_promised(content, lang), render(message("mail.end"), lang))))
    return Mail(render(message("mail.subject")), "\n\n".join(parts) + "\n")


def _promised(content: Mapping[str, str], lang: str) -> list[str]:
    """The date by which the reply is promised, called provisional where it is; its reckoning in the receipt's words."""
    due, provisional = content.get("due_on"), content.get("provisional_on")
    lines = []
    if on := due or provisional:
        that = date.fromisoformat(on)
        shown = day(that) if lang == "zh" else f"{that.day} {that:%B %Y}"
        lines.append(render(message("mail.due" if due else "mail.due-provisional", on=shown), lang))
    if lang == "zh":
        lines += content.get("reckoning", "").splitlines()
    return lines
