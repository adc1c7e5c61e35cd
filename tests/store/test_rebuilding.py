"""The projections made anew from the ledgers are those that the acts wrote; what was changed behind them is found."""

from datetime import date

from django.core.management import call_command
from tests.services.publishing import REVIEWERS, RULES, START, TITLE, Office

from gongkai.core.ledger import events
from gongkai.core.ledger.chain import GENESIS, link, text_of
from gongkai.core.ledger.entry import Entry, Thing
from gongkai.services.perform import perform
from gongkai.services.ports import CITIZEN, New
from gongkai.services.request.extend import Extend
from gongkai.services.request.receive import FileRequest
from gongkai.services.request.reply import DraftReply, JudgeReply, ReleaseReply, SubmitReply
from gongkai.store import models
from gongkai.store.rebuilding import rebuild
from gongkai.store.rows import entry_row

PROJECTIONS = (models.Standing, models.Item, models.Place, models.Pending)


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
    office.submit(office.draft())
    return office


def reply(office, number, grades):
    """A reply drafted, submitted and approved at so many grades."""
    thing = Thing("request", number)

    def seen():
        return (office.id, number, len(office.ledgers.history(office.agency, thing)))

    office.do("clerk", "draft_reply", DraftReply(office.id, number, 0, "R4.1", (), {"search": "已查档案室"}))
    office.do("clerk", "submit_reply", SubmitReply(*seen()))
    content = office.ledgers.history(office.agency, thing)[-1].event.content
    for person, grade in REVIEWERS[:grades]:
        office.do(person, f"review_{grade}", JudgeReply(*seen(), content, True, ""))
    if grades == len(REVIEWERS):
        office.do("clerk", "release_reply", ReleaseReply(*seen()))


def told():
    """What the projections say, whatever the ids of their rows."""
    plain = [[{name: row[name] for name in row if name != "id"} for row in m.objects.values()] for m in PROJECTIONS]
    return [sorted(map(str, rows)) for rows in plain]


def stand():
    return [sorted(map(str, model.objects.values())) for model in PROJECTIONS]


def test_what_the_acts_wrote_is_what_the_ledger_says(ledgers):
    office = lived(ledgers)
    before = stand()
    assert [len(rows) for rows in before] == [2, 3, 1, 1]
    assert dict(rebuild(ledgers, RULES)) == {office.agency: 0, ledgers.agency("云岭县人民政府办公室"): 0}
    assert stand() == before


def test_what_was_changed_lost_or_added_behind_the_ledger_is_counted_and_mended(ledgers):
    office = lived(ledgers)
    before = told()
    models.Standing.objects.filter(number="2026-0001").update(due_on=date(2030, 1, 1))
    models.Standing.objects.filter(number="2026-0002").delete()
    models.Standing.objects.create(agency_id=office.id, number="2026-0009", received_on=START.date())
    models.Item.objects.filter(withdrawn_on=None).update(title="改动")
    models.Place.objects.update(competent=True)
    models.Pending.objects.update(grade="leader")
    assert dict(rebuild(ledgers, RULES))[office.agency] == 7
    assert told() == before
    assert sum(differed for _, differed in rebuild(ledgers, RULES)) == 0


def test_an_older_installation_gets_what_the_acts_would_have_written(ledgers):
    office = lived(ledgers)
    reply(office, "2026-0001", 3)
    reply(office, "2026-0002", 1)
    before = told()
    assert models.Standing.objects.filter(awaits="service").count() == 1
    call_command("migrate", "gongkai", "0011", verbosity=0)
    call_command("migrate", "gongkai", verbosity=0)
    assert told() == before


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
