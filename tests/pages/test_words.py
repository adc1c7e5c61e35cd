"""Words, dates, numbers and messages in the language of the page; templates drawn without a browser."""

import re
from datetime import date
from pathlib import Path

import pytest
import tests.databases  # noqa: F401 makes Django ready
from django.forms import CharField, Form
from jinja2 import FileSystemLoader

import gongkai.pages
from gongkai.core.law.strip import strip
from gongkai.core.ledger import events
from gongkai.core.message import message
from gongkai.pages import cells, engine, language
from gongkai.pages.language import left, speaking
from gongkai.pages.shapes import Cell, Column, Table
from gongkai.rulebook.load.calendar import calendar
from gongkai.rulebook.load.law import law
from gongkai.rulebook.load.messages import catalogue

FOLDER = Path(gongkai.pages.__file__).parent
D = date.fromisoformat


@pytest.fixture
def english():
    with speaking("en"):
        yield


@pytest.fixture(autouse=True)
def chinese():
    with speaking("zh"):
        yield


def drawn(name, *args, **kwargs):
    made = engine.environment(loader=FileSystemLoader(FOLDER / "templates"), autoescape=True)
    return getattr(made.globals["ui"], name)(*args, **kwargs)


def strip_of(*history):
    return strip(history, calendar=calendar().provisional(), values=law())


def received(on):
    return events.Received(D(on), "natural_person", "online")


def test_dates_and_numbers_in_chinese():
    assert language.day(D("2026-03-05")) == "2026年3月5日（周四）"
    assert language.short_day(D("2026-03-05")) == "3月5日"
    assert language.thousands(1234567) == "1,234,567"
    assert language.workdays(6) == "6 个工作日"
    assert [left(days) for days in (6, 0, -2)] == ["还剩 6 个工作日", "今天到期", "已逾期 2 个工作日"]


def test_dates_and_numbers_in_english(english):
    assert language.day(D("2026-03-05")) == "Thursday, 5 March 2026"
    assert language.short_day(D("2026-03-05")) == "5 Mar"
    assert [language.workdays(1), language.workdays(6)] == ["1 working day", "6 working days"]
    assert [left(days) for days in (1, 0, -2)] == ["1 working day left", "due today", "2 working days overdue"]


def test_messages_have_their_dates_written_out():
    said = message("clock.received", on=D("2026-02-06"), days=20, channel="online")
    assert language.written(said).startswith("2026年2月6日（周五）收到申请")
    nested = message("clock.answered", on=message("clock.answered", on=D("2026-02-06")))
    assert "2026年2月6日（周五）收到对方意见" in language.written(nested)
    with speaking("en"):
        assert language.written(said).startswith("Received on Friday, 6 February 2026 (")


def test_holidays_are_called_by_their_names(english):
    assert language.holiday("国庆节、中秋节") == "National Day, Mid-Autumn Festival"
    assert language.holiday("云岭节") == "云岭节"
    rest = next(day for day in strip_of(received("2026-02-06")) if day.on == D("2026-02-17"))
    assert language.written(rest.reason) == "day off for Spring Festival, not counted"


@pytest.mark.parametrize("year", range(2019, 2027))
def test_every_holiday_has_an_english_name(year, english):
    for name in {special.name for day, special in calendar().special.items() if day.year == year}:
        assert not re.search(r"[\u4e00-\u9fff]", language.holiday(name)), name


def test_runs_of_rest_become_one_cell():
    shown = cells.strip_cells(strip_of(received("2026-02-06")), D("2026-02-18"))
    spring = next(cell for cell in shown if cell.mark == "春节 9天")
    assert (spring.kind, spring.days, spring.date, spring.today) == ("rest", 9, "15–23日", True)
    assert [cell.mark for cell in shown if cell.kind == "counted"] == [str(n) for n in range(1, 20)]
    assert (shown[0].date, shown[0].mark) == ("2月6日", "收到")
    assert shown[-1].mark == "20 到期" and next(cell for cell in shown if cell.days == 1 and cell.kind == "rest")
    assert sum(cell.days for cell in shown) == len(strip_of(received("2026-02-06")))


def test_cells_of_what_is_awaited_and_of_dates_that_were_told():
    stopped = [received("2024-03-04"), events.CorrectionNoticeSent(D("2024-03-08"))]
    shown = cells.strip_cells(strip_of(*stopped, events.CorrectionReceived(D("2024-04-02"))))
    assert [(cell.date, cell.mark) for cell in shown if cell.kind == "paused"] == [("9日–4月1日", "等待补正 24天")]
    assert [cell.mark for cell in shown if cell.kind == "received"] == ["收到", "重新起算"]
    told = cells.strip_cells(strip_of(received("2025-03-03"), events.DelayedUntil(D("2025-03-20"), D("2025-05-12"))))
    assert told[-1].mark == "到期" and {cell.mark for cell in told if cell.kind == "beyond"} >= {"期限已满 3天"}


def test_every_kind_and_every_word_of_the_templates_is_there():
    known = set(catalogue())
    for kind in cells.Kind.__args__:
        assert f"pages.strip.kind.{kind}" in known
    for word in (*cells._WORDS.values(), "received", "rest", "beyond", "due"):
        assert f"pages.strip.mark.{word}" in known
    asked = {id for id in known if id.startswith(("pages.strip.kind.", "pages.strip.mark."))}
    for file in sorted(FOLDER.rglob("*.html")):
        asked |= set(re.findall(r'words\("([^"]+[^".])"', file.read_text(encoding="utf-8")))
    for file in sorted(FOLDER.rglob("*.py")):
        asked |= set(re.findall(r"""["'](pages\.[a-z.-]+[a-z])["']""", file.read_text(encoding="utf-8")))
    assert asked <= known
    assert {id for id in known if id.startswith("pages.")} == {id for id in asked if id.startswith("pages.")}


def test_what_people_write_is_shown_as_text():
    assert "&lt;b&gt;" in drawn("empty", text="<b>")
    table = Table("<i>", [Column("编号")], [[Cell("<b>", url="/x?a=1&b=2")]])
    assert "<b>" not in (page := drawn("table", table=table)) and "<i>" not in page and "a=1&amp;b=2" in page


def test_a_table_whose_rows_do_not_fit_is_refused():
    with pytest.raises(ValueError, match="zip"):
        drawn("table", Table("表", [Column("甲"), Column("乙")], [[Cell("1")]]))


def test_a_form_without_errors_has_no_summary():
    class Plain(Form):
        name = CharField(label="姓名", required=False)

    assert drawn("error_summary", Plain({})).strip() == ""
    assert "（选填）" in drawn("field", Plain()["name"])


def test_a_deadline_that_nobody_knows_is_said_to_be_so():
    from gongkai.core.law.clock import reckon

    history = [received("2026-12-14")]
    reckoning = reckon(history, calendar=calendar(), values=law(), provisional=True)
    page = drawn("deadline", reckoning=reckoning, days=strip_of(*history), days_left=None)
    assert "暂定答复期限" in page and "2027年1月12日（周二）" in page and "<details>" in page
    assert page.count("（暂定）") == sum(not cell.certain for cell in cells.strip_cells(strip_of(*history))) * 2
