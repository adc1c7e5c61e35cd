"""Whether every act stands as a whole: no event without what belongs to it, nothing without its event."""

from collections import Counter, defaultdict

from gongkai.core.ledger import events
from gongkai.services.oversight.verify import verify
from gongkai.store import models
from gongkai.store.rebuilding import rebuild
from gongkai.store.sealing import commitment

LETTERS = {
    events.Received: "receipt",
    events.CorrectionNoticeSent: "correction",
    events.ExtensionNotified: "extension",
    events.Replied: "reply",
}
"""Which letter leaves because of which event."""


def half_done(ledgers, rules):
    """What is not whole, in words; nothing where all is."""
    found = [str(each) for each in verify(ledgers)]
    for agency in ledgers.agencies():
        found += [f"{agency.name}: {fault}" for fault in _agency(ledgers, agency)]
    return found + [f"{agency.name}: {count} rows differ" for agency, count in rebuild(ledgers, rules) if count]


def _agency(ledgers, agency):
    told, letters = defaultdict(list), Counter()
    for entry in ledgers.entries(agency):
        if entry.thing.kind == "request":
            told[entry.thing.number].append(entry.event)
            if letter := LETTERS.get(type(entry.event)):
                letters[entry.thing.number, letter] += 1
    mine = {"agency_id": agency.id}
    sent = models.Outgoing.objects.filter(**mine, kind="request").values_list("number", "letter")
    if (outbox := Counter(sent)) != letters:
        yield f"outbox {outbox - letters}, missing {letters - outbox}"
    sealed = {row.number: bytes(row.sealed) for row in models.Outside.objects.filter(**mine, kind="request")}
    frozen = set(models.Frozen.objects.filter(**mine, kind="request").values_list("hash", flat=True))
    for number, history in told.items():
        first = history[0]
        name, subject, *salts = ledgers.sealer.unpack(sealed[number])[:4] if number in sealed else [None] * 4
        kept = tuple(map(commitment, salts, (name, subject)))
        if (first.person, first.subject) != kept:
            yield f"{number}: what is sealed is not what was received"
        if any(event.content not in frozen for event in history if isinstance(event, events.Submitted)):
            yield f"{number}: what was submitted is not kept"
    codes = set(models.Code.objects.filter(**mine).values_list("number", flat=True))
    for name, numbers in (("sealed", sealed.keys()), ("code", codes)):
        if numbers != told.keys():
            yield f"{name}: {sorted(numbers ^ told.keys())}"
    given = dict(models.Serial.objects.filter(**mine).values_list("series", "last"))
    replies = sum(count for (_, letter), count in letters.items() if letter == "reply")
    if (given.get("request", 0), given.get("reply", 0)) != (len(told), replies):
        yield f"numbers given: {given}; requests: {len(told)}, replies: {replies}"
