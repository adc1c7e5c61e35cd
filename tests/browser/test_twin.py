"""The twin lived in the browser: a bureau's year 2021 as its people live it, and the report that comes of it.

The sample (``changyi-2021.txt``) got one request, answered it "not held" and printed totals of 0. The twin lives the
same year; what it publishes differs from the sample in two totals, which are 1.
"""

import json
from typing import NamedTuple

import pytest
from tests.browser.conftest import Served, sound
from tests.browser.persons import Citizen, Clerk, Publisher, Reviewer, Staff
from tests.databases import created

from gongkai.documents.read.report import read_report
from gongkai.rulebook.load.review import chains

OFFICE, TWIN = "云岭县人民政府办公室", "云岭县政务服务局"
ROSTER = {
    OFFICE: {"above": None, "people": {"孙某": ["overseer"]}},
    TWIN: {
        "above": OFFICE,
        "people": {
            "周某": ["clerk"],
            "吴某": ["head", "section"],
            "郑某": ["secrecy"],
            "冯某": ["leader"],
            "陈某": ["publisher"],
        },
    },
}
FORMATS = ("DOCX", "PDF", "HTML", "XLSX")

YEAR = {
    "2021-01-20": [("机关职能", "云岭县政务服务局主要职责"), ("规划计划", "2021年政务服务工作要点")],
    "2021-03-22": [("其他应当主动公开的信息", "政务服务大厅春季服务时间"), ("统计信息", "一季度办件统计")],
    "2021-05-20": [("其他应当主动公开的信息", "综合窗口办事指引"), ("其他应当主动公开的信息", "跨省通办事项清单")],
    "2021-07-20": [("统计信息", "上半年办件统计"), ("其他应当主动公开的信息", "自助终端使用说明")],
    "2021-09-22": [("其他应当主动公开的信息", "周末延时服务安排"), ("其他应当主动公开的信息", "好差评制度说明")],
    "2021-12-20": [
        *(("统计信息", "三季度办件统计"), ("其他应当主动公开的信息", "年末窗口服务安排")),
        *(("其他应当主动公开的信息", "证照邮寄服务指南"), ("政府信息公开指南", "政府信息公开指南（2021年版）")),
    ],
}
"""On which days which items are drafted and published: each in its column, under its title."""
ITEMS = sum(map(len, YEAR.values()))

PASTED = (
    "<!--[if gte mso 9]><xml><w:WordDocument/></xml><![endif]-->"
    '<p class="MsoNormal"><span style="font-family:仿宋">一、工作日8时30分至17时办理。</span><o:p></o:p></p>'
    "[bookmark: _GoBack]\uf0b7\t请带有效身份证件。\x0b第 PAGE \\* MERGEFORMAT 1 页"
)
"""As it comes from an office program: markup, a bookmark, a bullet of the font Symbol, a field's code."""

LOG = {
    "2021-01-20": [("领导小组调整", "调整政务公开领导小组，局长任组长")],
    "2021-03-22": [("会议", "研究全年公开工作")],
    "2021-05-20": [("培训", "全体经办人学习条例")],
    "2021-09-22": [("会议", "研究重点领域公开"), ("检查", "检查公开专栏的更新")],
    "2021-12-20": [("平台调整", "公开专栏增加统计信息栏目")],
}
"""What is logged on these days."""

HEADS = (
    "主动公开政府信息14条",
    "新收政府信息公开申请1件",
    "保密审查",
    "调整政府信息公开平台1次",
    "召开工作会议2次，组织培训1次",
)
"""What the first part says under its five heads."""


LETTER = {"申请方式": "邮寄（需签收）", "收到日期": "2021-06-01", "申请人类别": "公民", "姓名或者名称": "申请人甲"}
SOUGHT, SEARCHED = "2020年全区政务服务工作会议纪要", "已在档案室和办公系统中检索，没有此件。"
PART_FIVE = "存在的主要问题是公开的内容和形式还不够丰富。改进情况：下一步充实专栏。"


class Year(NamedTuple):
    """What is left of the year: the installation, its ledger as exported, the published report as files."""

    office: object
    entries: list
    files: list


class Bureau:
    """The people of the twin, in the order in which a paper passes them."""

    def __init__(self, browser, url):
        self.clerk = Clerk(browser, url, "周某")
        self.head = Reviewer(browser, url, "吴某", "科室审核")
        self.secrecy = Reviewer(browser, url, "郑某", "保密审查")
        self.leader = Reviewer(browser, url, "冯某", "领导签发")
        self.publisher = Publisher(browser, url, "陈某")
        self.reviewers = (self.head, self.secrecy, self.leader)

    def approve(self, *path):
        for reviewer in self.reviewers:
            reviewer.approves(*path)

    def publish(self):
        """All that was put to review becomes public."""
        for reviewer in self.reviewers:
            reviewer.approves_items()
        self.publisher.publishes_items()


@pytest.fixture(scope="module")
def lived(database, chromium, tmp_path_factory):
    """The year on a database, from an empty installation to the report above."""
    folder = tmp_path_factory.mktemp("twin")
    with created(database, folder) as url:
        office = Served(folder, url, "2021-01-04T09:00:00+08:00")
        office.run(program=("-m", "tests.browser.founding"), given=json.dumps(ROSTER))
        with office.serving():
            bureau = Bureau(chromium, office.url)
            for day in YEAR:
                live(office, bureau, day)
                if day == "2021-05-20":
                    answer(office, bureau)
            report(office, bureau, Staff(chromium, office.url, "孙某"))
            files = read(Citizen(chromium, office.url), folder)
            office.run("ledger", "export", "-o", str(folder / "ledger.jsonl"))
            lines = (folder / "ledger.jsonl").read_text("utf-8").splitlines()
            yield Year(office, [json.loads(line)["entry"] for line in lines[:-1]], files)


def live(office, bureau, day):
    """A day: what was done is logged, what is ready is drafted, reviewed and published."""
    office.set(f"{day}T10:00:00+08:00")
    for kind, text in LOG.get(day, ()):
        bureau.clerk.logs(kind, day, text)
    for column, title in YEAR[day]:
        bureau.clerk.drafts(title, column, f"{title}。{PASTED}")
    bureau.publish()


def answer(office, bureau):
    """A letter came by post; its answer is "not held"."""
    clerk = bureau.clerk
    office.set("2021-06-02T09:00:00+08:00")
    number = clerk.registers({**LETTER, "申请内容": SOUGHT})
    assert "2021年6月30日（周三）" in clerk.page.locator("aside").inner_text()
    office.set("2021-06-10T09:00:00+08:00")
    clerk.goes("我的工作", number)
    clerk.chooses("起草答复")
    clerk.fills({"答复类型": "R4.1 无法提供：经检索信息不存在"})
    clerk.presses("下一步")
    clerk.fills({"已经检索的说明": SEARCHED})
    clerk.presses("保存答复稿")
    clerk.does("送审")
    bureau.approve("我的工作", number)
    clerk.goes("我的工作", number)
    clerk.does("发出答复")
    office.set("2021-06-15T09:00:00+08:00")
    clerk.does("登记送达", {"送达方式": "邮寄送达", "送达日期": "2021-06-13"})


def report(office, bureau, above):
    """In January the report is drafted from the record, reviewed, published, and sent to the office above."""
    office.set("2022-01-20T10:00:00+08:00")
    clerk, head = bureau.clerk, bureau.head
    clerk.goes("年报", "编制 2021 年度报告")
    clerk.chooses("起草年度报告")
    written = clerk.form.get_by_label("一、总体情况").input_value()
    assert [head for head in HEADS if head not in written] == []
    clerk.fills({"五、存在的主要问题及改进情况": PART_FIVE})
    clerk.presses("保存文字")
    clerk.does("送审")
    bureau.approve("年报", "2021 年度报告")
    head.goes("年报", "2021 年度报告")
    head.does("公布")
    above.goes("下级单位")
    assert "已公布，未报送" in above.main.locator("tr", has_text=TWIN).inner_text()
    head.does("报送主管部门")
    above.goes("下级单位")
    assert "已报送" in above.main.locator("tr", has_text=TWIN).inner_text()
    above.goes("下级单位", TWIN, "2021 年度报告")
    assert f"{TWIN}2021年政府信息公开工作年度报告" in above.reads


def read(citizen, folder):
    """Somebody looks for an item by a word and by its column, then reads the report; its files."""
    title = "综合窗口办事指引"
    citizen.searches("综合窗口")
    citizen.follows(title)
    page = citizen.reads
    assert "•　请带有效身份证件。" in page and not [each for each in ("Mso", "bookmark", "MERGE", "<") if each in page]
    citizen.starts()
    citizen.follows(TWIN, "法定主动公开内容", "统计信息（3）", "三季度办件统计")
    assert "三季度办件统计。" in citizen.reads
    citizen.starts()
    citizen.follows(TWIN, "2021 年度报告")
    assert [head for head in HEADS if head not in citizen.reads] == []
    assert "本机关不掌握相关政府信息" in citizen.reads
    sound(citizen.page, 390)
    return [citizen.takes(name, folder) for name in FORMATS]


ONE = ["requests/new", "requests/unable.not_held", "requests/total"]
"""The rows in which the year has its one request; every other cell is 0."""


def cells_of(lived):
    """The cells of each file, as the command reads them."""
    said = lived.office.run("report", "read", "--format", "jsonl", *map(str, lived.files))
    return [json.loads(line)["cells"] for line in said.splitlines()]


def test_its_report_counts_one_request_and_nothing_else(lived):
    ones = {f"{row}/{column}" for row in ONE for column in ("natural_person", "total")}
    for cells in cells_of(lived):
        assert {cell for cell, value in cells.items() if value} == ones
        assert {cells[cell] for cell in ones} == {1}
        assert None not in cells.values()


def test_its_report_is_the_samples_but_for_two_totals(lived, shared):
    sample = read_report(shared / "samples" / "changyi-2021.txt")
    for cells in cells_of(lived):
        others = {cell: (value, sample.value(cell)) for cell, value in cells.items() if value != sample.value(cell)}
        assert others == {f"requests/total/{column}": (1, 0) for column in ("natural_person", "total")}


def test_the_checks_find_no_error_in_its_files(lived):
    assert lived.office.run("report", "check", "--format", "jsonl", *map(str, lived.files)) == ""


def test_fourteen_items_are_public(lived):
    told = [entry["event"]["type"] for entry in lived.entries if entry["kind"] == "item"]
    assert told.count("item_published") == ITEMS == 14 and "item_withdrawn" not in told


RELEASED = {"replied": "reply", "item_published": "item", "report_published": "report"}


def test_nothing_left_without_a_complete_review_by_others(lived):
    stories, left = {}, 0
    for entry in lived.entries:
        event, story = entry["event"], stories.setdefault((entry["agency"], entry["kind"], entry["number"]), [])
        if event["type"] in RELEASED:
            left += 1
            last = max(place for place, each in enumerate(story) if each["type"] == "submitted")
            submitted, judged = story[last], [each for each in story[last:] if each["type"] == "reviewed"]
            assert [each["grade"] for each in judged] == list(chains()[RELEASED[event["type"]]])
            assert {(each["content"], each["verdict"]) for each in judged} == {(submitted["content"], "approved")}
            assert event.get("content", submitted["content"]) == submitted["content"]
            assert not {submitted["author"], *submitted["writers"]} & {each["by"] for each in judged}
        story.append(event)
    assert left == ITEMS + 2


def test_its_ledger_is_whole(lived):
    assert "台账完整" in lived.office.run("ledger", "verify")
