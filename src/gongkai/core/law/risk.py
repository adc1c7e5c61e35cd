"""How near a request is to being late: what lists are sorted and coloured by."""

from datetime import date
from typing import Literal, NamedTuple

from gongkai.core.calendar.days import Calendar
from gongkai.core.law.clock import Reckoning
from gongkai.core.ledger.request import State

Level = Literal["closed", "overdue", "today", "urgent", "soon", "normal", "waiting"]
"""办结、逾期、今日到期、3 个工作日内、7 个工作日内、正常、等待他人（没有期限）."""

URGENT, SOON = 3, 7
EARLY = 2
"""Make-up days before a holiday may bring a provisional date forward by so many working days: it is told earlier."""


class Risk(NamedTuple):
    """The level, and the working days that are left (negative: by how many it is late); ``None`` without a due date."""

    level: Level
    days_left: int | None


def risk(reckoning: Reckoning, today: date, calendar: Calendar) -> Risk:
    """Where an open request stands on a day. A provisional date counts as two working days nearer than it is."""
    return risk_of(reckoning.state, reckoning.due_on, reckoning.provisional_on, today, calendar)


def risk_of(state: State, due_on: date | None, provisional_on: date | None, today: date, calendar: Calendar) -> Risk:
    """The same of a request of which only this is at hand, as in a list."""
    due = due_on or provisional_on
    if state == "closed":
        return Risk("closed", None)
    if due is None:
        return Risk("waiting", None)
    days = calendar.provisional()
    left = days.count(today, due) if due >= today else -days.count(due, today)
    if due_on is None:
        left -= EARLY
    if due < today:
        return Risk("overdue", left)
    if left <= 0:
        return Risk("today", left)
    return Risk("urgent" if left <= URGENT else "soon" if left <= SOON else "normal", left)


class Near(NamedTuple):
    """Whatever is due from today on, before these days, is at the level of today or of ``URGENT``."""

    certain: date
    provisional: date


def near(today: date, calendar: Calendar) -> Near:
    """The same bounds as ``risk_of``, for whoever asks a table of dates."""
    days = calendar.provisional()
    return Near(days.after(today, URGENT + 1), days.after(today, URGENT + EARLY + 1))
