"""A register as JSON lines: each line checked against the product's own form."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from itertools import islice
from typing import Any, NoReturn

from gongkai.core.ledger.refusal import Refused
from gongkai.core.ledger.request import FOLLOWING_EVENTS
from gongkai.core.ledger.wire import to_event
from gongkai.core.message import Message, message
from gongkai.documents.read.charset import Text
from gongkai.documents.read.source import Unreadable
from gongkai.documents.register.compared import shortened
from gongkai.documents.register.dates import is_iso
from gongkai.documents.register.limits import MAX_CELLS, MAX_LINES, MAX_PROBLEMS
from gongkai.documents.register.register import Line, Problem
from gongkai.rulebook.load.register import meanings, outcomes

_KEYS = ("number", "agency", "applicant", "channel", "subject", "received_on", "events")
_APPLICANT = ("kind", "name")
_RECORDED = "recorded"
_EXPORTED = {"entry", "hash"}
"""What a line of an exported ledger holds."""


class _Wrong(ValueError):
    """Something in a line that cannot be taken."""

    def __init__(self, id: str, **params: object) -> None:
        super().__init__(id)
        self.message = message(id, **params)


def read(decoded: Text, name: str, agency: str | None = None) -> Iterator[Line | Problem]:
    """The requests of a text with one JSON object a line, and what is wrong with the others; blank lines are no line.

    Args:
        decoded: the text.
        name: what messages call the file.
        agency: whose requests these are, where a line does not say.

    Raises:
        Unreadable: more lines than ``MAX_LINES``, or an exported ledger.
    """
    if decoded.text.count("\n") >= MAX_LINES:
        raise Unreadable(message("register.too-many-lines", file=name, limit=MAX_LINES, cells=MAX_CELLS))
    for place, text in enumerate(decoded.text.split("\n"), 1):
        if not text.strip():
            continue
        if decoded.lost and "\ufffd" in text:
            yield Problem(place, message("register.characters-lost", sheet=""))
            continue
        try:
            data = _parsed(text)
            if data.keys() >= _EXPORTED:
                raise Unreadable(message("register.own-export", file=name))
            if agency is not None:
                data.setdefault("agency", agency)
            problems = list(islice(_problems(data), MAX_PROBLEMS))
        except _Wrong as error:
            problems = [error.message]
        if problems:
            yield from (Problem(place, said) for said in problems)
        else:
            yield Line(place, data)


def _parsed(text: str) -> dict[str, Any]:
    try:
        data = json.loads(text, object_pairs_hook=_object, parse_constant=_no_number)
    except _Wrong:
        raise
    except json.JSONDecodeError as error:
        raise _Wrong("register.bad-json", column=error.colno, reason=error.msg) from error
    except (ValueError, RecursionError) as error:
        raise _Wrong("register.bad-json", column=1, reason=type(error).__name__) from error
    if not isinstance(data, dict):
        raise _Wrong("register.not-an-object")
    # What no database takes: halves of a character, and the null character, both of which JSON can write.
    if "\\u" in text and _has_no_character(data):
        raise _Wrong("register.bad-character")
    return data


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    made: dict[str, Any] = {}
    for key, value in pairs:
        if key in made:
            raise _Wrong("register.key-twice", key=shortened(key))
        made[key] = value
    return made


def _no_number(text: str) -> NoReturn:
    raise _Wrong("register.bad-json", column=1, reason=text)


def _has_no_character(data: object) -> bool:
    text = json.dumps(data, ensure_ascii=False)
    return "\\u0000" in text or any("\ud800" <= character <= "\udfff" for character in text)


def _problems(data: dict[str, Any]) -> Iterator[Message]:
    """All that is wrong with a line."""
    yield from _keys(data, "", _KEYS)
    for key in ("number", "agency", "subject"):
        if key in data:
            yield from _text(data[key], key, filled=key != "subject")
    applicant = data.get("applicant")
    if isinstance(applicant, dict):
        yield from _keys(applicant, "applicant.", _APPLICANT)
        if "name" in applicant:
            yield from _text(applicant["name"], "applicant.name")
        if "kind" in applicant:
            yield from _choice(applicant["kind"], "applicant.kind", meanings()["applicant_kind"])
    elif "applicant" in data:
        yield message("register.wrong-type", key="applicant", found=_kind(applicant), wanted="{}")
    if "channel" in data:
        yield from _choice(data["channel"], "channel", meanings()["channel"])
    if "received_on" in data and not is_iso(data["received_on"]):
        yield message("register.no-such-date", key="received_on", found=_quoted(data["received_on"]))
    if _RECORDED in data:
        yield from _instant(data[_RECORDED], _RECORDED)
    events = data.get("events")
    if isinstance(events, list):
        for number, plain in enumerate(events, 1):
            yield from _event(plain, f"events[{number}]")
    elif "events" in data:
        yield message("register.wrong-type", key="events", found=_quoted(events), wanted="[]")


def _event(plain: object, key: str) -> Iterator[Message]:
    if not isinstance(plain, dict):
        yield message("register.wrong-type", key=key, found=_kind(plain), wanted="{}")
        return
    if _RECORDED in plain:
        yield from _instant(plain[_RECORDED], f"{key}.{_RECORDED}")
    try:
        event = to_event({name: value for name, value in plain.items() if name != _RECORDED}, FOLLOWING_EVENTS)
    except Refused as error:
        yield error.message
        return
    outcome = getattr(event, "outcome", None)
    if outcome is not None and outcome not in outcomes():
        yield from _choice(outcome, f"{key}.outcome", tuple(sorted(outcomes())))


def _keys(data: dict[str, Any], prefix: str, wanted: tuple[str, ...]) -> Iterator[Message]:
    for key in wanted:
        if key not in data:
            yield message("register.key-missing", key=f"{prefix}{key}")
    for key in data:
        if key not in wanted and (prefix or key != _RECORDED):
            yield message("register.key-unknown", key=shortened(f"{prefix}{key}"), known=wanted)


def _quoted(value: object) -> str:
    """A value as JSON writes it, for messages."""
    return shortened(json.dumps(value, ensure_ascii=False))


def _kind(value: object) -> str:
    """What a value is instead of itself, where it may name a person: messages are kept in logs and sent around."""
    if isinstance(value, str):
        return '"…"'
    if isinstance(value, dict | list):
        return "{…}" if isinstance(value, dict) else "[…]"
    return _quoted(value)


def _text(value: object, key: str, *, filled: bool = False) -> Iterator[Message]:
    if not isinstance(value, str):
        yield message("register.wrong-type", key=key, found=_kind(value), wanted='"…"')
    elif filled and not value.strip():
        yield message("register.empty-text", key=key)


def _choice(value: object, key: str, known: tuple[str, ...]) -> Iterator[Message]:
    if not isinstance(value, str) or value not in known:
        yield message("register.not-a-choice", key=key, found=_quoted(value), known=known)


def _instant(value: object, key: str) -> Iterator[Message]:
    try:
        if isinstance(value, str):
            instant = datetime.fromisoformat(value)
            if instant.tzinfo is not None:
                instant.astimezone(UTC)
                return
    except (ValueError, OverflowError):
        pass
    yield message("register.not-an-instant", key=key, found=_quoted(value))
