"""The demonstration county: invented agencies and people, whose requests are lived day by day through the one door."""

import random
from collections.abc import Mapping
from datetime import UTC, datetime, time, timedelta
from typing import TYPE_CHECKING

from gongkai.core.ledger import events
from gongkai.core.ledger.entry import Thing
from gongkai.core.ledger.events import ApplicantKind
from gongkai.core.ledger.refusal import Refused
from gongkai.core.review.permissions import Act, Role
from gongkai.services.perform import perform
from gongkai.services.ports import CITIZEN, Actor, New
from gongkai.services.request.correction import AskCorrection, NoteCorrection
from gongkai.services.request.receive import FileRequest
from gongkai.services.request.reply import DraftReply, JudgeReply, ReleaseReply, SubmitReply
from gongkai.site import demo_items

if TYPE_CHECKING:
    from gongkai.site.wiring import Web

OFFICE = "云岭县人民政府办公室"
BUREAUS = ("云岭县民政局", "云岭县水务局", "云岭县文化和旅游局")
PEOPLE: tuple[tuple[str, tuple[Role, ...]], ...] = (
    ("王某", ("clerk",)),
    ("李某", ("head", "section")),
    ("赵某", ("secrecy", "publisher")),
    ("钱某", ("leader",)),
)
"""The smallest bureau: three or four people, several roles in one hand."""

DAYS, A_BUREAU = 70, 24
SUBJECTS = (
    "2025 年度低保对象名单汇总数",
    "河道整治工程中标公告",
    "文物保护单位修缮批复",
    "养老服务补贴发放办法",
    "水质监测月报",
)
TEXT = "在本机关档案室和业务系统中检索，没有找到您所申请的信息"


def make(web: "Web") -> int:
    """Live the last ``DAYS`` days of the county; how many requests there are then."""
    from gongkai.store import models

    now = web.now()
    start = now - timedelta(days=DAYS)
    agencies = {}
    with web.ledgers.unit() as unit:
        for name in (OFFICE, *BUREAUS):
            agency = unit.agency(name)
            agencies[name] = agency
            above = None if name == OFFICE else agencies[OFFICE].id
            placed = events.AgencyPlaced(start.date(), above, competent=name == OFFICE)
            unit.append(agency, [New(Thing("agency", agency.id), placed, start)])
    ids = {name: agency.id for name, agency in agencies.items()}
    for name in (OFFICE, *BUREAUS):
        staff = PEOPLE if name != OFFICE else (*PEOPLE, ("孙某", ("overseer",)))
        for number, (person, roles) in enumerate(staff):
            id = f"{ids[name]}{number}"
            models.Person.objects.create(id=id, agency_id=ids[name], name=person, login=id)
            models.Holding.objects.bulk_create(models.Holding(person_id=id, role=role) for role in roles)
    chance = random.Random(7)
    plans = sorted((chance.randrange(DAYS), name, chance.random()) for name in BUREAUS for _ in range(A_BUREAU))
    waiting = demo_items.schedule()
    for day, name, luck in plans:
        while waiting and waiting[0][0] <= day:
            on, publisher, count = waiting.pop(0)
            demo_items.live(web, agencies[publisher], _staff(ids[publisher]), count, start + timedelta(days=on))
        _live(web, ids[name], start + timedelta(days=day), luck, now, chance)
    return len(plans)


def _live(web: "Web", agency: str, filed: datetime, luck: float, now: datetime, chance: random.Random) -> None:
    """One request from its filing as far as it comes until today."""
    clerk, head, secrecy, leader = _staff(agency)

    def do(actor: Actor, act: Act, command: object, days: int) -> Mapping[str, str]:
        when = min(datetime.combine(filed.date() + timedelta(days=days), time(2), UTC), now)
        return perform(web.ledgers, actor, act, command, rules=web.rules, now=when) or {}

    kind: ApplicantKind = "natural_person" if chance.random() < 0.8 else "business"
    subject = chance.choice(SUBJECTS)
    number = do(CITIZEN, "file_request", FileRequest(agency, kind, f"申请人{chance.randrange(100)}", subject), 0)[
        "number"
    ]
    age = (now.date() - filed.date()).days
    version = 1
    try:
        if luck < 0.2 and age > 3:
            until = filed.date() + timedelta(days=20)
            do(clerk, "ask_correction", AskCorrection(agency, number, version, "请写明所需信息的年度。", until), 3)
            version += 1
            if age > 12 and luck < 0.15:
                corrected = filed.date() + timedelta(days=9)
                do(clerk, "note_correction", NoteCorrection(agency, number, version, corrected, "2025 年度"), 9)
                version += 1
            else:
                return
        if age < 16 or luck > 0.9:
            return
        do(clerk, "draft_reply", DraftReply(agency, number, 0, "R4.1", (), {"search": TEXT}), 14)
        do(clerk, "submit_reply", SubmitReply(agency, number, version), 15)
        content = _submitted(web, agency, number)
        judges: tuple[tuple[Actor, Act], ...] = (
            *((head, "review_section"), (secrecy, "review_secrecy")),
            (leader, "review_leader"),
        )
        for actor, act in judges:
            version += 1
            do(actor, act, JudgeReply(agency, number, version, content, True, ""), 16)
        do(clerk, "release_reply", ReleaseReply(agency, number, version + 1), 16)
    except Refused:
        return  # the law does not admit it on that day; the request stays where it is


def _staff(agency: str) -> list[Actor]:
    """The four people of a bureau as they act."""
    return [Actor(f"{agency}{number}", agency, frozenset(roles)) for number, (_, roles) in enumerate(PEOPLE)]


def _submitted(web: "Web", id: str, number: str) -> str:
    """The hash of what was submitted last."""
    agency = next(agency for agency in web.ledgers.agencies() if agency.id == id)
    told = (entry.event for entry in web.ledgers.history(agency, Thing("request", number)))
    return next(event.content for event in reversed(list(told)) if isinstance(event, events.Submitted))
