"""Events as plain values, for files, databases and other programs, and back.

    {"type": "extension_notified", "on": "2024-10-15", "working_days": 10}

Versions above 1 stand beside as ``v``. Whoever changes an event's fields raises its version and adds to ``UPCASTS`` how
the old is read: stored events are never rewritten.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import MISSING, fields
from datetime import date
from functools import cache
from types import NoneType, UnionType
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

from gongkai.core.ledger.events import EVENTS, Event, own_fields
from gongkai.core.ledger.refusal import Refused
from gongkai.core.message import message

Upcast = Callable[[dict[str, Any]], dict[str, Any]]
UPCASTS: dict[tuple[str, int], Upcast] = {("replied", 1): lambda data: data}
"""How the plain values of an older version become those of the next: ``(type, version) → function``."""

_OUTSIDE = {"consulted": "with"}
"""Fields that files call by a word that Python keeps for itself."""
_FIELDS = {outside: inside for inside, outside in _OUTSIDE.items()}
_SYNONYMS = {("with", "organ"): "other_organ"}


def to_plain(event: Event) -> dict[str, Any]:
    """The plain values of an event; fields that are as they are by default are left out."""
    plain: dict[str, Any] = {"type": event.name, "on": event.on.isoformat()}
    if event.version > 1:
        plain["v"] = event.version
    for field in fields(event)[1:]:
        value = getattr(event, field.name)
        if value != field.default:
            plain[_OUTSIDE.get(field.name, field.name)] = _plain(value)
    return plain


def _plain(value: object) -> object:
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Event):
        return to_plain(value)
    return list(value) if isinstance(value, tuple) else value


def to_event(plain: object, kinds: Mapping[str, type[Event]] = EVENTS) -> Event:
    """The event of plain values, of one of the ``kinds`` by name.

    Raises:
        Refused: no such type, a field that is missing, unknown or of the wrong kind, a date that does not exist.
    """
    if not isinstance(plain, Mapping):
        raise Refused(message("ledger.not-an-event", found=plain))
    data = dict(plain)
    if "type" not in data:
        raise Refused(message("ledger.no-type", found=tuple(data) or "—", known=tuple(kinds)))
    name = data.pop("type")
    kind = kinds.get(name) if isinstance(name, str) else None
    if kind is None:
        raise Refused(message("ledger.unknown-event", found=name, known=tuple(kinds)))
    version = data.pop("v", 1)
    if not isinstance(version, int) or not 1 <= version <= kind.version:
        raise Refused(message("ledger.unknown-version", event=name, found=version, known=kind.version))
    for step in range(version, kind.version):
        data = UPCASTS[kind.name, step](data)
    return _read(kind, data)


def _read(kind: type[Event], data: dict[str, Any]) -> Event:
    hints = _hints(kind.name)
    values: dict[str, Any] = {}
    for outside, value in data.items():
        field = _FIELDS.get(outside, outside)
        if field not in hints:
            known = ("on", *(_OUTSIDE.get(name, name) for name in own_fields(kind)))
            raise Refused(message("ledger.unknown-field", event=kind.name, field=outside, known=known))
        values[field] = _value(kind.name, outside, value, hints[field])
    try:
        return kind(**values)
    except TypeError:
        missing = next(name for name in hints if name not in values and not _has_default(kind, name))
        raise Refused(message("ledger.missing-field", event=kind.name, field=_OUTSIDE.get(missing, missing))) from None


@cache
def _hints(name: str) -> dict[str, Any]:
    kind = EVENTS[name]
    hints = get_type_hints(kind)
    return {name: hints[name] for name in ("on", *own_fields(kind))}


def _has_default(kind: type[Event], name: str) -> bool:
    return any(field.name == name and field.default is not MISSING for field in fields(kind))


def _value(event: str, field: str, value: object, wanted: Any) -> object:
    """A plain value as its field wants it."""
    origin = get_origin(wanted)
    if origin in (Union, UnionType):
        (inner,) = (each for each in get_args(wanted) if each is not NoneType)
        return None if value is None else _value(event, field, value, inner)
    if origin is Literal:
        value = _SYNONYMS.get((field, value), value) if isinstance(value, str) else value
        if value in get_args(wanted):
            return value
        raise Refused(message("ledger.not-a-choice", event=event, field=field, found=value, known=get_args(wanted)))
    if wanted is date:
        return to_date(value, event=event, field=field)
    if origin is tuple:
        if isinstance(value, list | tuple) and all(isinstance(item, str) and item for item in value):
            return tuple(value)
    elif wanted is Event:
        return to_event(value)
    elif isinstance(value, wanted) and isinstance(value, bool) == (wanted is bool) and value != "":
        return value
    raise Refused(message("ledger.wrong-kind", event=event, field=field, found=value))


_DATE = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)


def to_date(value: object, *, event: str, field: str) -> date:
    """A civil date written ``YYYY-MM-DD``. Raises ``Refused`` for anything else, a 30 February too."""
    if isinstance(value, date):
        return value
    try:
        if isinstance(value, str) and _DATE.fullmatch(value):
            return date.fromisoformat(value)
    except ValueError:
        pass
    raise Refused(message("ledger.no-such-date", event=event, field=field, found=value))
