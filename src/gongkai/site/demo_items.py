"""What the invented bureaus of the demonstration publish: drafted, reviewed and published by its people, one by one."""

from collections.abc import Sequence
from datetime import UTC, datetime, time
from typing import TYPE_CHECKING, NamedTuple

from gongkai.core.ledger.entry import Thing
from gongkai.core.ledger.events import Submitted
from gongkai.core.review.permissions import Act
from gongkai.services.perform import perform
from gongkai.services.ports import Actor, Agency
from gongkai.services.publish.draft import DraftItem, SubmitItem
from gongkai.services.publish.judge import JudgeItem
from gongkai.services.publish.release import PublishItem

if TYPE_CHECKING:
    from gongkai.site.wiring import Web


class Planned(NamedTuple):
    """An item of a bureau: in which column, how it is called, its document number where it has one, what it says."""

    column: str
    title: str
    series: str
    text: str


ITEMS: dict[str, tuple[Planned, ...]] = {
    "云岭县民政局": (
        Planned(
            "guide",
            "云岭县民政局政府信息公开指南",
            "",
            "一、公开的信息分为主动公开和依申请公开。\n\n二、申请可以当面、邮寄或者在网上提出。",
        ),
        Planned(
            "normative_documents",
            "云岭县养老服务补贴发放办法",
            "云民发",
            "第一条　为了规范养老服务补贴的发放，制定本办法。\n\n第二条　补贴按月发放。",
        ),
        Planned("budget", "云岭县民政局{year}年部门预算", "", "一、部门职责。\n\n二、收支总体情况。"),
        Planned("livelihood", "云岭县{before}年第四季度低保资金发放情况", "", "本季度发放低保资金，按期到户。"),
    ),
    "云岭县水务局": (
        Planned("organisation", "云岭县水务局机关职能", "", "负责全县水资源管理、河道管理和水土保持。"),
        Planned("projects", "云岭县清溪河河道整治工程招标结果", "", "清溪河河道整治工程已完成招标，中标结果予以公布。"),
        Planned("statistics", "云岭县{before}年水质监测月报", "", "各监测断面水质达到或者好于三类。"),
        Planned(
            "emergencies", "云岭县防汛应急预案", "云水发", "一、总则。\n\n二、组织体系和职责。\n\n三、预警和响应。"
        ),
    ),
    "云岭县文化和旅游局": (
        Planned("rules", "云岭县文化和旅游局政府信息公开工作制度", "云文旅发", "主动公开的信息，先审查、后公开。"),
        Planned("licences", "娱乐场所经营许可办事指南", "", "一、依据。\n\n二、条件。\n\n三、程序。"),
        Planned("inspections", "{before}年文化市场检查结果", "", "检查经营单位，没有发现重大问题。"),
        Planned("plans", "云岭县文物保护规划", "云文旅发", "规划期为五年。"),
    ),
}
"""The last of each bureau is still under review. Years in titles are those of the day and before."""

EVERY = 15
REVIEWERS: tuple[tuple[Act, int], ...] = (
    *(("review_item_section", 1), ("review_item_secrecy", 2)),
    ("review_item_leader", 3),
)
"""Who of the four people judges at which grade."""


def schedule() -> list[tuple[int, str, int]]:
    """On which day, in which agency, which of its items."""
    return sorted((3 + EVERY * count, name, count) for name, planned in ITEMS.items() for count in range(len(planned)))


def live(web: "Web", agency: Agency, people: Sequence[Actor], count: int, day: datetime) -> None:
    """Draft, review and publish an item on a day; ``people``: the clerk, the head, the publisher, the leader."""
    planned = ITEMS[agency.name][count]
    clerk, publisher = people[0], people[2]
    now = datetime.combine(day.date(), time(1), UTC)

    def do(actor: Actor, act: Act, command: object) -> str:
        return (perform(web.ledgers, actor, act, command, rules=web.rules, now=now) or {}).get("number", "")

    document = f"{planned.series}〔{day.year}〕{count + 1}号" if planned.series else ""
    title = planned.title.format(year=day.year, before=day.year - 1)
    told = (planned.column, title, planned.text, document, day.date())
    number = do(clerk, "draft_item", DraftItem(agency.id, "", 0, *told))
    do(clerk, "submit_item", SubmitItem(agency.id, number, 0))
    if count == len(ITEMS[agency.name]) - 1:
        return
    submitted = web.ledgers.history(agency, Thing("item", number))[-1].event
    assert isinstance(submitted, Submitted)
    for version, (act, person) in enumerate(REVIEWERS, 1):
        do(people[person], act, JudgeItem(agency.id, number, version, submitted.content, True, ""))
    do(publisher, "publish_item", PublishItem(agency.id, number, len(REVIEWERS) + 1))
