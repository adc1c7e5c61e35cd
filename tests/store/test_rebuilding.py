"""The projections made anew from the ledgers are those that the acts wrote; what was changed behind them is found."""

from datetime import date

from tests.services.publishing import RULES, START, TITLE, Office

from gongkai.core.ledger import events
from gongkai.core.ledger.chain import GENESIS, link, text_of
from gongkai.core.ledger.entry import Entry, Thing
from gongkai.services.perform import perform
from gongkai.services.ports import CITIZEN, New
from gongkai.services.request.extend import Extend
from gongkai.services.request.receive import FileRequest
from gongkai.store import models
from gongkai.store.rebuilding import rebuild
from gongkai.store.rows import entry_row

PROJECTIONS = (models.Standing, models.Item, models.Place)


def lived(ledgers):
    """An agency below another, with two requests and items in every state."""
    office = Office(ledgers)
    with ledgers.unit() as unit:
        above = unit.agency("云岭县人民政府办公室")
        for region in ("000000", None):
            placed = events.AgencyPlaced(START.date(), above.id, region)
            unit.append(unit.own(office.id), [New(Thing("agency", office.id), placed, START)])
    for _ in range(2):
        command = FileRequest(office.id, "natural_person", "申请人甲", "低保名单")
        filed = perform(ledgers, CITIZEN, "file_request", command, rules=RULES, now=START)
    office.do("head", "extend", Extend(office.id, filed["number"], 1, 5, "查找档案"))
    numbers = [office.published(title=f"{TITLE}{count}") for count in range(3)]
    office.draft(numbers[1], 1, text="更正的内容")
    office.reviewed(numbers[1])
    office.correct(numbers[1])
    office.withdraw(numbers[2])
    office.draft()
    return office


def stand():
    return [sorted(map(str, model.objects.values())) for model in PROJECTIONS]


def test_what_the_acts_wrote_is_what_the_ledger_says(ledgers):
    office = lived(ledgers)
    before = stand()
    assert [len(rows) for rows in before] == [2, 3, 1]
    assert dict(rebuild(ledgers, RULES)) == {office.agency: 0, ledgers.agency("云岭县人民政府办公室"): 0}
    assert stand() == before


def test_what_was_changed_lost_or_added_behind_the_ledger_is_counted_and_mended(ledgers):
    office = lived(ledgers)

    def told():
        return [
            sorted(tuple(value for name, value in row.items() if name != "id") for row in model.objects.values())
            for model in PROJECTIONS
        ]

    before = [sorted(map(str, rows)) for rows in told()]
    models.Standing.objects.filter(number="2026-0001").update(due_on=date(2030, 1, 1))
    models.Standing.objects.filter(number="2026-0002").delete()
    models.Standing.objects.create(agency_id=office.id, number="2026-0009", received_on=START.date())
    models.Item.objects.filter(withdrawn_on=None).update(title="改动")
    models.Place.objects.update(competent=True)
    assert dict(rebuild(ledgers, RULES))[office.agency] == 6
    assert [sorted(map(str, rows)) for rows in told()] == before
    assert sum(differed for _, differed in rebuild(ledgers, RULES)) == 0


def test_a_request_whose_history_no_longer_holds_keeps_its_row(ledgers):
    office = lived(ledgers)
    twice = events.ExtensionNotified(START.date(), 5)
    with ledgers.unit() as unit:
        unit.append(unit.own(office.id), [New(Thing("request", "2026-0002"), twice, START)])
    before = stand()
    assert dict(rebuild(ledgers, RULES))[office.agency] == 0
    assert stand() == before


def test_a_name_that_does_not_follow_its_ledger_is_mended(ledgers):
    agency = Office(ledgers).agency
    named = events.AgencyNamed(START.date(), "云岭县民生局")
    entry = Entry(agency.id, 1, Thing("agency", agency.id), named, START)
    text = text_of(entry)
    entry_row(entry, text, link(GENESIS, text)).save()
    assert ledgers.agency("云岭县民生局") is None
    assert dict(rebuild(ledgers, RULES)) == {agency: 1}
    assert ledgers.agency("云岭县民生局").id == agency.id
    assert [differed for _, differed in rebuild(ledgers, RULES)] == [0]
