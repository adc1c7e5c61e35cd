"""The projections made anew from the ledgers (``gongkai doctor --rebuild``): only what differs is written."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from functools import partial
from typing import Any

from gongkai.core.calendar.days import UnknownDay
from gongkai.core.law.clock import reckon
from gongkai.core.ledger.entry import Entry, Thing, amended
from gongkai.core.ledger.events import AgencyPlaced
from gongkai.core.ledger.naming import namings
from gongkai.core.ledger.refusal import Refused
from gongkai.services import ports
from gongkai.services.ports import Rules
from gongkai.store import models
from gongkai.store.ledgers import Ledgers
from gongkai.store.projecting import REVIEWED, Row, item_row, pending_row, place_row, standing_row

_UNTOLD: Row = {}
"""What cannot be told of a row that stays as it is."""


def rebuild(ledgers: Ledgers, rules: Rules) -> Iterator[tuple[ports.Agency, int]]:
    """Agency by agency: how many of its rows were not as its ledger says. Acts on it wait for so long.

    A request whose history no longer holds with this law and calendar keeps its row: somebody must look at it.
    """
    for agency in ledgers.agencies():
        with ledgers.unit() as unit:
            unit.own(agency.id)
            differed = _rebuild(ledgers, agency, rules)
        yield agency, differed


def _rebuild(ledgers: Ledgers, agency: ports.Agency, rules: Rules) -> int:
    histories: defaultdict[Thing, list[Entry]] = defaultdict(list)
    for entry in ledgers.entries(agency):
        histories[entry.thing].append(entry)
    standings: dict[tuple[str, ...], Row] = {}
    items: dict[tuple[str, ...], Row] = {}
    places: dict[tuple[str, ...], Row] = {}
    reviews: dict[tuple[str, ...], Row] = {}
    differed = 0
    for (kind, number), history in histories.items():
        if kind in REVIEWED and (row := pending_row(history, rules.chains[REVIEWED[kind]])) is not None:
            reviews[kind, number] = row
        if kind == "request":
            standings[number,] = _standing(history, rules)
        elif kind == "item" and (shown := item_row(history, partial(ledgers.frozen, agency))) is not None:
            items[number,] = shown
        elif kind == "agency":
            for entry in history:
                if isinstance(entry.event, AgencyPlaced):
                    places[agency.id,] = place_row(entry.event)
            if named := namings(history):
                called = named[-1].event.called
                differed += models.Agency.objects.filter(id=agency.id).exclude(name=called).update(name=called)
    return (
        differed
        + _settle(models.Standing, agency, ("number",), standings)
        + _settle(models.Item, agency, ("number",), items)
        + _settle(models.Place, agency, ("agency_id",), places)
        + _settle(models.Pending, agency, ("kind", "number"), reviews)
    )


def _standing(history: list[Entry], rules: Rules) -> Row:
    told = [entry.event for entry in amended(history)]
    try:
        return standing_row(reckon(told, calendar=rules.calendar, values=rules.values, provisional=True))
    except (Refused, UnknownDay):
        return _UNTOLD


def _settle(model: Any, agency: ports.Agency, key: tuple[str, ...], wanted: Mapping[tuple[str, ...], Row]) -> int:
    """Make the agency's rows those that are wanted, by the columns of their key; how many were not."""
    rows = {tuple(getattr(row, name) for name in key): row for row in model.objects.filter(agency_id=agency.id)}
    differed = 0
    for found in rows.keys() | wanted.keys():
        values = wanted.get(found)
        if values is None:
            rows[found].delete()
        elif all(found in rows and getattr(rows[found], name) == value for name, value in values.items()):
            continue
        else:
            own = {"agency_id": agency.id, **dict(zip(key, found, strict=True))}
            model.objects.update_or_create(**own, defaults=values)
        differed += 1
    return differed
