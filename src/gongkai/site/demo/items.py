"""What the invented bureaus of the demonstration publish: drafted, reviewed and published by its people, one by one."""

from datetime import date
from typing import NamedTuple

from gongkai.services.publish.draft import DraftItem, SubmitItem
from gongkai.services.publish.judge import JudgeItem
from gongkai.services.publish.release import PublishItem
from gongkai.site.demo.people import Bureau


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


def schedule() -> list[tuple[int, str, int]]:
    """On which day, in which agency, which of its items."""
    return sorted((3 + EVERY * count, name, count) for name, planned in ITEMS.items() for count in range(len(planned)))


def live(bureau: Bureau, count: int, on: date) -> None:
    """Draft, review and publish an item on a day; the last of a bureau stays under review."""
    id, planned = bureau.agency.id, ITEMS[bureau.agency.name][count]
    document = f"{planned.series}〔{on.year}〕{count + 1}号" if planned.series else ""
    title = planned.title.format(year=on.year, before=on.year - 1)
    told = (planned.column, title, planned.text, document, on)
    number = bureau.do(0, "draft_item", DraftItem(id, "", 0, *told), on)["number"]
    bureau.do(0, "submit_item", SubmitItem(id, number, 0), on)
    if count == len(ITEMS[bureau.agency.name]) - 1:
        return
    bureau.approve("item", number, JudgeItem, "review_item_", on)
    bureau.do(2, "publish_item", PublishItem(id, number, len(bureau.history("item", number))), on)
