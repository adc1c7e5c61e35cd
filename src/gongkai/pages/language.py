"""Messages, dates and numbers in the language of the page."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date
from functools import cache, lru_cache

from django.utils import translation

from gongkai.core.message import Message, message
from gongkai.rulebook.load.messages import Lang, catalogue, render

WEEKDAYS = "一二三四五六日"

_AFTER_DATE = re.compile(f"(?<=日（周[{WEEKDAYS}]）) ")
"""The space that sentences leave after a date in figures; after a closing bracket there is none."""


_SPOKEN: ContextVar[Lang] = ContextVar("lang", default="zh")
"""Asked hundreds of times a page; Django's own answer takes twenty times as long."""


@contextmanager
def speaking(lang: Lang) -> Iterator[None]:
    """Within it a page is in this language, and so is what Django says of itself."""
    before = _SPOKEN.set(lang)
    try:
        with translation.override("en" if lang == "en" else "zh-hans"):
            yield
    finally:
        _SPOKEN.reset(before)


def lang() -> Lang:
    """The language of the page as the rulebook calls it."""
    return _SPOKEN.get()


def words(id: str, /, **params: object) -> str:
    """A sentence of the rulebook in the language of the page."""
    return render(message(id, **params), lang()) if params else _plain(id, lang())


@cache
def _plain(id: str, lang: Lang) -> str:
    """A sentence that says always the same: most of what a page says."""
    return render(message(id), lang)


def written(said: Message) -> str:
    """A message in the language of the page, its dates written out and holidays called by their English names."""
    if lang() == "en":
        return render(_in_english(said), "en", day)
    shown = render(said, "zh", day)
    return _AFTER_DATE.sub("", shown) if "） " in shown else shown


def day(on: date) -> str:
    """``2026年3月5日（周四）`` or ``Thursday, 5 March 2026``."""
    return _day(on, lang())


@lru_cache(10_000)
def _day(on: date, lang: Lang) -> str:
    if lang == "en":
        return f"{on:%A}, {on.day} {on:%B %Y}"
    return f"{on.year}年{on.month}月{on.day}日（周{WEEKDAYS[on.weekday()]}）"


def short_day(on: date) -> str:
    """``3月5日`` or ``5 Mar``, where the year is plain."""
    return f"{on.day} {month(on)}" if lang() == "en" else f"{month(on)}{on.day}日"


def month(on: date) -> str:
    """``3月`` or ``Mar``."""
    return f"{on:%b}" if lang() == "en" else f"{on.month}月"


def thousands(number: int) -> str:
    """``12,345``."""
    return f"{number:,}"


def workdays(count: int) -> str:
    """``6 个工作日`` or ``6 working days``."""
    return words("pages.workday" if count == 1 else "pages.workdays", days=thousands(count))


def left(count: int) -> str:
    """``还剩 6 个工作日``, ``今天到期`` or ``已逾期 2 个工作日``: working days left to a due date."""
    return _left(count, lang())


@cache
def _left(count: int, lang: Lang) -> str:
    """A list says the same of many; no more than a few thousand days are ever told."""
    if count == 0:
        return words("pages.left.today")
    return words("pages.left.days" if count > 0 else "pages.left.overdue", days=workdays(abs(count)))


def size(bytes: int) -> str:
    """``12 KB`` or ``3.4 MB``, never less than is there."""
    if bytes < 1 << 20:
        return f"{thousands(-(-bytes // 1024))} KB"
    return f"{-(-bytes * 10 // (1 << 20)) / 10:.1f} MB"


def holiday(name: str) -> str:
    """A holiday in the language of the page; the notice's own name where no other is known."""
    if lang() == "zh":
        return name
    return ", ".join(_english_holidays().get(each, each) for each in name.split("、"))


def _in_english(said: Message) -> Message:
    """The same with holidays and cells of forms by their English names."""
    params = {name: _named(name, value) for name, value in said.params.items()}
    if "name" in params and said.id.startswith("strip.day."):
        params["name"] = holiday(str(params["name"]))
    return Message(said.id, params)


def _named(name: str, value: object) -> object:
    from gongkai.pages.naming import cell_called  # which speaks with the words of this module

    if isinstance(value, Message):
        return _in_english(value)
    if name.rpartition("_")[2] == "cell" and isinstance(value, str):
        return cell_called(value)
    if name.rpartition("_")[2] == "cells" and isinstance(value, tuple | list):
        return tuple(cell_called(str(each)) for each in value)
    return value


@cache
def _english_holidays() -> dict[str, str]:
    return {words["zh"]: words["en"] for id, words in catalogue().items() if id.startswith("strip.holiday.")}
