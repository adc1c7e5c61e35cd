"""Persons who do their work in the browser: from page to page by links and buttons, by the words that they see."""

import re

PATIENCE = 20_000
"""Milliseconds after which a page that does not answer is a failure."""


def opened(browser, url, width):
    """A browser of somebody's own, at the entrance of the portal."""
    context = browser.new_context(viewport={"width": width, "height": 900}, accept_downloads=True)
    context.grant_permissions(["clipboard-read", "clipboard-write"], origin=url)
    page = context.new_page()
    page.set_default_timeout(PATIENCE)
    page.goto(url)
    return page


def leads(link):
    """A link or a button is reached by the keyboard and pressed, and the page to which it leads is there."""
    with link.page.expect_navigation(wait_until="domcontentloaded"):
        link.press("Enter")


def fill(form, **fields):
    """The fields of a form by their names, whatever they are."""
    for name, value in fields.items():
        field = form.locator(f"[name={name}]")
        if field.first.get_attribute("type") == "radio":
            form.locator(f"[name={name}][value={value}]").check()
        elif field.evaluate("each => each.tagName") == "SELECT":
            field.select_option(value)
        else:
            field.fill(value)


class Staff:
    """Somebody of an agency at the desk."""

    def __init__(self, browser, url, name):
        self.page = opened(browser, url, 1280)
        leads(self.page.locator("footer").get_by_role("link", name="工作人员"))
        leads(self.page.get_by_role("button", name=re.compile(f"^{name}（")))
        self.main = self.page.locator("main")
        self.form = self.main.locator("form")

    @property
    def reads(self):
        """What stands on the page."""
        return self.main.inner_text()

    def goes(self, *names):
        """To a place of the desk, and by links on its page further."""
        first, *others = names
        leads(self.page.locator(".site-nav").get_by_role("link", name=first, exact=True))
        for name in others:
            leads(self.main.get_by_role("link", name=name, exact=True))

    def fills(self, fields):
        """The fields of the form, by their labels."""
        for label, value in fields.items():
            field = self.form.get_by_label(label)
            kind = field.evaluate("field => field.type")
            if value is True:
                field.check()
            elif kind.startswith("select"):
                field.select_option(label=value)
            else:
                field.fill(value)

    def pastes(self, label, text):
        """Into a field, what was copied in another program."""
        self.page.evaluate("text => navigator.clipboard.writeText(text)", text)
        self.form.get_by_label(label).focus()
        self.page.keyboard.press("Control+V")

    def presses(self, button):
        """What was filled in is sent."""
        leads(self.form.get_by_role("button", name=button, exact=True))

    def does(self, act, fields=None):
        """An act on the thing whose page is open, on a page of its own, and back."""
        there = self.page.url
        self.chooses(act)
        self.fills(fields or {})
        leads(self.form.locator(".buttons button"))
        assert self.page.url == there, self.reads

    def chooses(self, act):
        """An act of those that the page of a thing offers."""
        leads(self.page.locator("aside, .findings").get_by_role("link", name=act, exact=True))


class Clerk(Staff):
    """经办人: drafts, registers, logs; what leaves has passed others."""

    def drafts(self, title, column, text):
        """An item, put to review."""
        self.goes("主动公开", "起草信息")
        self.fills({"栏目": column, "标题": title})
        self.pastes("正文", text)
        self.presses("保存稿件")
        self.does("送审")

    def registers(self, letter):
        """A letter; its number."""
        self.goes("登记申请")
        self.fills(letter)
        self.presses("登记")
        return self.page.locator("h1").inner_text()

    def logs(self, kind, on, text):
        """What was done on a day."""
        self.goes("工作台账")
        self.fills({"类别": kind, "日期": on, "内容": text})
        self.presses("记入台账")
        assert text in self.main.locator(".timeline").inner_text()


class Reviewer(Staff):
    """科室负责人、保密审查员、分管领导: everything passes each of them."""

    def __init__(self, browser, url, name, grade):
        super().__init__(browser, url, name)
        self.grade = grade

    def approves(self, *path):
        """What is found by these links, after reading it."""
        self.goes(*path)
        self.does(self.grade, {"同意": True})

    def approves_items(self):
        """Every item that waits for this grade."""
        for number in numbers(self, f"待{self.grade}"):
            self.approves("主动公开", number)


class Publisher(Staff):
    """信息发布员."""

    def publishes_items(self):
        """Every item that passed its review."""
        for number in numbers(self, "待发布"):
            self.goes("主动公开", number)
            self.does("发布")


def numbers(person, state):
    """The items in a state, as the list tells them; the oldest first."""
    person.goes("主动公开")
    rows = person.main.locator("tbody tr", has=person.page.get_by_text(state, exact=True))
    return rows.locator("th").all_inner_texts()[::-1]


class Citizen:
    """Somebody with a telephone, without an account."""

    def __init__(self, browser, url):
        self.url = url
        self.page = opened(browser, url, 390)
        self.main = self.page.locator("main")

    @property
    def reads(self):
        """What stands on the page."""
        return self.main.inner_text()

    def starts(self):
        self.page.goto(self.url)

    def follows(self, *names):
        """Links by their words, one after the other."""
        for name in names:
            leads(self.main.get_by_role("link", name=name, exact=True).first)

    def searches(self, word):
        self.page.get_by_label("找已公开的信息").fill(word)
        leads(self.page.get_by_role("button", name="搜索"))

    def takes(self, name, folder):
        """A file that a link offers, kept in a folder."""
        with self.page.expect_download() as download:
            self.main.get_by_role("link", name=name, exact=True).click()
        path = folder / download.value.suggested_filename
        download.value.save_as(path)
        return path
