"""One row of a flat register to the plain line of a request, or to all that is wrong with it."""

import re
import unicodedata
from collections.abc import Mapping
from datetime import date
from typing import Any

from gongkai.core.ledger.refusal import Refused
from gongkai.core.ledger.wire import to_event
from gongkai.core.message import Message, message
from gongkai.documents.read.recognise.figures import is_blank
from gongkai.documents.register.compared import shortened
from gongkai.documents.register.dates import NoDate, read_date
from gongkai.documents.register.mapping import DEFAULTS
from gongkai.documents.register.names import Names
from gongkai.rulebook.load.register import OPEN, WITHDRAWN

_FIELDS = {"reconsideration_result": "result", "litigation_result": "result"} | {
    "third_party_opinion": "opinion",
    "after_reconsideration": "yes_no",
}
"""Columns whose cells are read as a field of another name."""

_LAPSED = ("other.no_correction", "other.unpaid")
_DAYS = re.compile(r"(\d{1,3})(?:\.0+)?(?:个?工作日|天|日|个)?")


class Row:
    """A row being read: ``cells`` by concept, ``printed`` the columns' names, ``defaults`` what stands in for blanks.

    ``problems`` grows while it is read.
    """

    def __init__(
        self,
        cells: Mapping[str, str],
        printed: Mapping[str, str],
        names: Names,
        defaults: Mapping[str, str] | None = None,
        sheet: str = "",
    ) -> None:
        self.cells, self.printed, self.names, self.defaults = cells, printed, names, defaults or {}
        self.sheet = f"「{sheet}」" if sheet else ""
        self.problems: list[Message] = []
        self._events: list[tuple[date, dict[str, Any]]] = []

    def line(self, agency: str | None) -> dict[str, Any] | None:
        """The plain line; ``None`` where something is wrong, told in ``problems``."""
        received = self._date("received_on")
        if received is None and not self._text("received_on"):
            self._missing("received_on")
        line: dict[str, Any] = {
            "number": self._wanted("number"),
            "agency": self._text("agency") or agency or self._wanted("agency"),
            "applicant": {
                "kind": self._value("applicant_kind", wanted=True),
                "name": self.cells.get("applicant_name", ""),
            },
            "channel": self._value("channel", wanted=True),
            "subject": self.cells.get("subject", ""),
            "received_on": received.isoformat() if received else None,
        }
        self._correction()
        for consulted in ("third_party", "joint_organ", "other_organ"):
            self._consultation(consulted)
        self._extension()
        self._event("fee_notice_received")
        self._event("fee_paid")
        self._end()
        self._dispute("reconsideration")
        self._dispute("litigation")
        events = [plain for _, plain in sorted(self._events, key=lambda each: each[0])]
        for plain in events:
            self._check(plain)
        return None if self.problems else {**line, "events": events}

    def _correction(self) -> None:
        self._event("correction_notice_sent")
        self._event("correction_received")

    def _consultation(self, consulted: str) -> None:
        """A letter and its answer. A row has one of each kind, so the kind names it for ever."""
        self._event("consultation_sent", f"{consulted}_sent", {"with": consulted, "ref": consulted})
        self._event("consultation_received_by_third_party", f"{consulted}_received", {"ref": consulted})
        more = {"ref": consulted}
        if consulted == "third_party" and (opinion := self._value("third_party_opinion")):
            if not self._text("third_party_answered"):
                self._say("register.needs-date", "third_party_opinion", date_column=self._name("third_party_answered"))
            more["opinion"] = opinion
        self._event("consultation_answered", f"{consulted}_answered", more)

    def _extension(self) -> None:
        days = self._days()
        if self._text("extension_notified"):
            if days is None:
                self._needs("extension_days", "extension_notified")
            self._event("extension_notified", more={"working_days": days})
        elif days and not is_blank(self.cells.get("extension_days", "")):
            self._say("register.needs-date", "extension_days", date_column=self._name("extension_notified"))
        if self._text("delay_notified") or self._text("delayed_until"):
            until = self._date("delayed_until")
            if not self._text("delayed_until"):
                self._needs("delayed_until", "delay_notified")
            elif not self._text("delay_notified"):
                self._needs("delay_notified", "delayed_until")
            self._event("delayed_until", "delay_notified", {"date": until.isoformat() if until else None})

    def _end(self) -> None:
        """How the request ended: a reply, a lapse, a withdrawal; or not yet."""
        outcome = self._value("outcome")
        replied = self._text("replied")
        if self._text("withdrawn"):
            if outcome == WITHDRAWN and replied and self._date("replied") == self._date("withdrawn"):
                replied = ""
            self._event("withdrawn")
        if outcome in (None, OPEN):
            if replied and (outcome == OPEN or not self._text("outcome")):
                self._needs("outcome", "replied")
            self._date("replied")
        elif outcome == WITHDRAWN:
            if replied:
                self._event("withdrawn", "replied")
            elif not self._text("withdrawn"):
                self._needs("withdrawn", "outcome")
        elif not replied:
            self._needs("replied", "outcome")
        else:
            self._event("lapsed" if outcome in _LAPSED else "replied", "replied", {"outcome": outcome})

    def _dispute(self, kind: str) -> None:
        """A reconsideration or a suit; one without a number of its own is called after its kind."""
        filed, decided, result = f"{kind}_filed", f"{kind}_decided", self._value(f"{kind}_result")
        ref = self._text(f"{kind}_ref")
        more: dict[str, Any] = {"ref": ref or kind}
        if ref and not self._text(filed):
            self._needs(filed, f"{kind}_ref")
        if kind == "litigation" and self._text(filed):
            after = self._value("after_reconsideration")
            if after is None and not self._text("after_reconsideration"):
                self._needs("after_reconsideration", filed)
            more["after_reconsideration"] = after == "yes"
        self._event(filed, more=more)
        if result in (None, OPEN):
            if self._text(decided) and (result == OPEN or not self._text(f"{kind}_result")):
                self._needs(f"{kind}_result", decided)
            self._date(decided)
        elif not self._text(decided):
            self._needs(decided, f"{kind}_result")
        else:
            self._event(decided, more={"ref": ref or kind, "result": result})

    def _event(self, type: str, concept: str | None = None, more: Mapping[str, Any] | None = None) -> None:
        """Add an event where the column of its day is filled."""
        on = self._date(concept or type)
        if on is not None:
            self._events.append((on, {"type": type, "on": on.isoformat(), **(more or {})}))

    def _check(self, plain: dict[str, Any]) -> None:
        if self.problems:
            return
        try:
            to_event(plain)
        except Refused as error:
            self.problems.append(error.message)

    def _text(self, concept: str) -> str:
        """What stands in a cell; "" for a blank and for a mark that stands for nothing (/, —, 无)."""
        text = self.cells.get(concept, "")
        return self.defaults.get(concept, "") if is_blank(text) else text

    def _wanted(self, concept: str) -> str:
        text = self._text(concept)
        if not text:
            self._missing(concept)
        return text

    def _date(self, concept: str) -> date | None:
        text = self._text(concept)
        if not text:
            return None
        try:
            return read_date(text)
        except NoDate as error:
            self._say(f"register.date-{error.reason}", concept, found=shortened(text))
            return None

    def _value(self, concept: str, *, wanted: bool = False) -> str | None:
        text, field = self._text(concept), _FIELDS.get(concept, concept)
        if not text:
            if wanted:
                self._missing(concept)
            return None
        value = self.names.value(field, text)
        if value is None:
            id = "register.vague-value" if self.names.is_vague(field, text) else "register.unknown-value"
            self._say(id, concept, found=shortened(text), known=self.names.usual(field), field=field)
        return value

    def _days(self) -> int | None:
        text = self._text("extension_days")
        if not text:
            return None
        match = _DAYS.fullmatch("".join(unicodedata.normalize("NFKC", text).split()))
        if match is None:
            self._say("register.not-days", "extension_days", found=shortened(text))
            return 0
        return int(match[1])

    def _name(self, concept: str) -> str:
        """A column as it is printed; one that the sheet does not have by its usual word."""
        return self.printed.get(concept) or self.names.words.word(concept)

    def _missing(self, concept: str) -> None:
        self._say("register.missing-value", concept)

    def _needs(self, concept: str, because: str) -> None:
        """Say that one column is filled and another, without which it means nothing, is blank."""
        id = "register.needs-value-or-default" if concept in DEFAULTS else "register.needs-value"
        self._say(id, concept, because=self._name(because), default=concept)

    def _say(self, id: str, concept: str, **params: object) -> None:
        said = message(id, sheet=self.sheet, column=shortened(self._name(concept)), **params)
        if said not in self.problems:
            self.problems.append(said)
