"""A reader reports an error in an item: kept sealed, once, for the desk of the agency; closed with a note."""

import pytest
from tests.services.publishing import RULES, START

from gongkai.core.ledger.refusal import Refused
from gongkai.services.perform import perform
from gongkai.services.ports import CITIZEN, Actor
from gongkai.services.publish.errors import CloseError, ReportError
from gongkai.store import errors, models

TEXT, CONTACT = "第二条的电话有误", "yi@example.org"


def report(office, number, text=TEXT, contact=CONTACT, key=None):
    command = ReportError(office.id, number, text, contact, key)
    return perform(office.ledgers, CITIZEN, "report_error", command, rules=RULES, now=START)


def listed(office, closed=False):
    return errors.listed(office.actor("publisher"), office.ledgers, closed).rows


def test_a_report_waits_at_the_desk_until_it_is_closed(office):
    number = office.published()
    report(office, number)
    (seen,) = listed(office)
    assert (seen.number, seen.text, seen.contact, seen.at) == (number, TEXT, CONTACT, START)
    assert seen.title == office.seen(number).title
    sealed = bytes(models.ErrorReport.objects.get().sealed)
    assert TEXT.encode() not in sealed and CONTACT.encode() not in sealed
    with pytest.raises(Refused, match=r"item\.missing"):
        office.do("clerk", "close_error", CloseError(office.id, seen.id, " "))
    office.do("clerk", "close_error", CloseError(office.id, seen.id, "属实，已更正"))
    assert not listed(office) and errors.open_count(office.actor("clerk")) == 0
    (closed,) = listed(office, closed=True)
    assert (closed.text, closed.contact, closed.note, closed.closed_by) == (TEXT, "", "属实，已更正", "clerk")
    with pytest.raises(Refused, match="not-open"):
        office.do("clerk", "close_error", CloseError(office.id, seen.id, "再次"))


def test_the_same_form_twice_reports_once(office):
    number = office.published()
    for _ in range(2):
        assert report(office, number, key="k") == {"number": number}
    assert len(listed(office)) == 1
    report(office, number, key="k2")
    assert len(listed(office)) == 2


def test_only_what_is_public_can_be_reported_and_something_must_be_said(office):
    number = office.draft()
    for which in (number, "D2026-00009"):
        with pytest.raises(Refused, match="not-public"):
            report(office, which)
    office.reviewed(number)
    office.publish(number)
    with pytest.raises(Refused, match=r"item\.missing"):
        report(office, number, " \n")
    office.withdraw(number)
    with pytest.raises(Refused, match="not-public"):
        report(office, number)
    assert not models.ErrorReport.objects.exists()


def test_nobody_else_reads_or_closes_it(office):
    report(office, office.published())
    (seen,) = listed(office)
    for person in ("secrecy", "leader"):
        with pytest.raises(Refused, match="no-role"):
            errors.listed(office.actor(person), office.ledgers, False)
        with pytest.raises(Refused, match="no-role"):
            office.do(person, "close_error", CloseError(office.id, seen.id, "好"))
    with office.ledgers.unit() as unit:
        other = unit.agency("云岭县水务局")
    stranger = Actor("clerk", other.id, frozenset(("clerk",)))
    assert errors.report(stranger, office.ledgers, seen.id) is None
    command = CloseError(other.id, seen.id, "好")
    with pytest.raises(Refused, match="not-open"):
        perform(office.ledgers, stranger, "close_error", command, rules=RULES, now=START)


def test_the_list_goes_on_where_it_ended(office):
    number = office.published()
    for count in range(5):
        report(office, number, f"错{count}")
    clerk = office.actor("clerk")
    first = errors.listed(clerk, office.ledgers, False, limit=3)
    rest = errors.listed(clerk, office.ledgers, False, first.after, 3)
    assert [row.text for row in (*first.rows, *rest.rows)] == [f"错{count}" for count in range(5)]
    assert rest.after is None
