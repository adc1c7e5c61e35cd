"""The people of one's agency and their roles, through the pages and through the door."""

import re

import pytest
from django.urls import reverse
from tests.site.conftest import FIRST, NOW, OTHER

from gongkai.core.ledger.refusal import Refused
from gongkai.services.agency.founding import FoundAgency
from gongkai.services.agency.people import AssignRoles, EndPerson, InvitePerson, ResetPerson
from gongkai.services.perform import perform
from gongkai.services.ports import machine
from gongkai.store import models, queries


def roles(login):
    return set(models.Holding.objects.filter(person__login=login).values_list("role", flat=True))


def link_in(answer):
    return re.search(r"<code>https?://[^/]+(/desk/enrol/[^<]+)</code>", answer.content.decode())[1]


def test_somebody_is_invited_given_other_roles_and_ended(county):
    head = county.client("head")
    sent = {"name": "周某", "login": "zhou", "roles": ["clerk", "section"], "key": "k-1"}
    answer = head.post(reverse("person-new"), sent)
    link = link_in(answer)
    assert link_in(head.post(reverse("person-new"), sent)) == link  # sent twice, invited once
    assert models.Person.objects.filter(login="zhou").count() == 1 and roles("zhou") == {"clerk", "section"}
    assert county.client(None).get(link, follow=True).status_code == 200
    shown = head.get(reverse("people")).content.decode()
    assert "周某" in shown and "等待启用" in shown and "经办人、科室负责人" in shown
    who = models.Person.objects.get(login="zhou").id
    head.post(reverse("person", args=[who]), {"roles": ["legal"]})
    assert roles("zhou") == {"legal"}
    again = head.post(reverse("person-act", args=[who, "reset_person"]), {"key": ""})
    assert county.client(None).get(link, follow=True).status_code == 410
    assert county.client(None).get(link_in(again), follow=True).status_code == 200
    assert head.post(reverse("person-act", args=[who, "end_person"])).status_code == 302
    assert county.client(None).get(link_in(again), follow=True).status_code == 410
    shown = head.get(reverse("people")).content.decode()
    assert "已结束" in shown


def test_what_is_missing_or_taken_is_said_and_nothing_typed_is_lost(county):
    head = county.client("head")
    answer = head.post(reverse("person-new"), {"name": "周某", "login": "clerk", "roles": ["legal"]})
    shown = answer.content.decode()
    assert answer.status_code == 422 and "已有人使用" in shown and 'value="周某"' in shown
    assert head.post(reverse("person-new"), {"name": "周某", "login": "zhou"}).status_code == 422
    assert head.post(reverse("person-new"), {"name": "周某", "login": "zhou", "roles": ["citizen"]}).status_code == 422
    assert not models.Person.objects.filter(name="周某").exists()


def test_nobody_makes_themselves_a_reviewer_or_shuts_themselves_out(county):
    head = county.client("head")
    assert "<form" not in head.get(reverse("person", args=["head"])).content.decode().partition("<main")[2]
    for name, args, sent in (
        ("person", ["head"], {"roles": ["head", "leader"]}),
        ("person-act", ["head", "end_person"], {}),
        ("person-act", ["head", "reset_person"], {}),
    ):
        assert head.post(reverse(name, args=args), sent).status_code == 422
    assert roles("head") == {"head", "section"} and queries.person("head") is not None


def test_the_people_of_another_agency_are_not_ones_own(county):
    head = county.client("head")
    assert head.get(reverse("person", args=["stranger"])).status_code == 404
    assert head.post(reverse("person-act", args=["stranger", "end_person"])).status_code == 404
    assert "stranger" not in head.get(reverse("people")).content.decode()
    own, other = county.ids[FIRST], county.ids[OTHER]
    for act, command in (
        ("end_person", EndPerson(other, "stranger")),
        ("end_person", EndPerson(own, "stranger")),
        ("reset_person", ResetPerson(other, "stranger")),
        ("assign_roles", AssignRoles(own, "stranger", ("leader",))),
        ("invite_person", InvitePerson(other, "周某", "zhou", ("head",))),
    ):
        with pytest.raises(Refused):
            county.do("head", act, command)
    assert queries.person("stranger").actor.roles == {"clerk"}


def test_roles_count_from_the_next_page_on(county):
    clerk, head = county.client("clerk"), county.client("head")
    assert clerk.get(reverse("register")).status_code == 200
    head.post(reverse("person", args=["clerk"]), {"roles": ["legal"]})
    assert clerk.get(reverse("register")).status_code == 403


def test_every_change_of_access_is_in_the_ledger_and_on_the_page(county):
    agency = county.ledgers.agency(FIRST)
    head = county.client("head")
    for act in ("reset_person", "end_person"):
        address = reverse("person-act", args=["leader", act])
        assert head.post(address, {"key": act}).status_code in (200, 302)
    head.post(reverse("person", args=["leader"]), {"roles": ["legal"]})
    told = [entry.event for entry in county.ledgers.entries(agency) if entry.event.name == "access_changed"]
    assert [(each.whom, each.change, each.by, each.roles) for each in told] == [
        *(("leader", "renewed", "head", ()), ("leader", "ended", "head", ())),
        ("leader", "roles", "head", ("legal",)),
    ]
    shown = head.get(reverse("person", args=["leader"])).content.decode()
    assert "head重新发给启用链接" in shown and "head结束账号" in shown and "岗位：法制审核" in shown


def test_an_agency_is_founded_by_the_machine_alone_and_once(county):
    def found(actor, name="云岭县财政局"):
        command = FoundAgency(name, county.ids[FIRST], "999999", None, True)
        return perform(county.ledgers, actor, "found_agency", command, rules=county.rules, now=NOW)

    with pytest.raises(Refused):
        found(queries.person("head").actor)
    id = found(machine())["agency"]
    history = [entry.event for entry in county.ledgers.entries(county.ledgers.agency("云岭县财政局"))]
    assert [event.name for event in history] == ["agency_named", "agency_placed"]
    place = models.Place.objects.get(agency_id=id)
    assert (place.parent_id, place.region, place.competent) == (county.ids[FIRST], "999999", True)
    with pytest.raises(Refused) as told:
        found(machine())
    assert told.value.message.id == "act.agency-there"
    with pytest.raises(Refused):
        found(machine(), " ")
