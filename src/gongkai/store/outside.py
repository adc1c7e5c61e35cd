"""Whether what lies sealed outside the ledger is whole, and what the ledger proves it to be."""

from collections.abc import Iterator

from django.apps import apps
from django.db.models import BinaryField

from gongkai.core.ledger.entry import Thing
from gongkai.core.ledger.events import Received
from gongkai.core.ledger.refusal import Refused
from gongkai.services import ports
from gongkai.store import models
from gongkai.store.sealing import Sealer, commitment
from gongkai.store.unit import content_of


def unopened(sealer: Sealer) -> Iterator[tuple[str, int]]:
    """Every table with values that the key does not open, and how many: all that are binary are sealed."""
    for model in apps.get_app_config("gongkai").get_models():
        columns = [field.attname for field in model._meta.fields if isinstance(field, BinaryField)]
        rows = model._base_manager.values_list(*columns).iterator() if columns else ()
        if count := sum(not _opens(sealer, each) for row in rows for each in row if each is not None):
            yield model._meta.db_table, count


def exchanged(ledgers: ports.Ledgers, sealer: Sealer) -> Iterator[tuple[ports.Agency, Thing]]:
    """Things whose name, subject or contents are not those of which the ledger holds a hash, or whose contents are
    gone; a name and a subject may be erased. All of them open.
    """
    for agency in ledgers.agencies():
        frozen = dict(models.Frozen.objects.filter(agency_id=agency.id).values_list("hash", "sealed"))
        kept = models.Outside.objects.filter(agency_id=agency.id).values_list("kind", "number", "sealed")
        outside = {Thing(kind, number): bytes(sealed) for kind, number, sealed in kept}
        found = set()
        for thing, event in ((entry.thing, entry.event) for entry in ledgers.entries(agency)):
            if isinstance(event, Received) and thing in outside:
                whole = _committed(sealer, outside[thing]) == (event.person, event.subject)
            else:
                hash = getattr(event, "content", None)
                whole = hash is None or (hash in frozen and _frozen(sealer, hash, frozen[hash]))
            if not whole and thing not in found:
                found.add(thing)
                yield agency, thing


def _opens(sealer: Sealer, sealed: object) -> bool:
    return isinstance(sealed, bytes | memoryview) and sealer.opens(bytes(sealed))


def _committed(sealer: Sealer, sealed: bytes) -> tuple[str | None, str | None]:
    name, subject, *salts = sealer.unpack(sealed)
    return commitment(salts[0], name), commitment(salts[1], subject)


def _frozen(sealer: Sealer, hash: str, sealed: bytes) -> bool:
    try:
        content_of(sealer, hash, sealed)
    except Refused:
        return False
    return True
