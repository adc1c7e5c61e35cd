"""A reckoning as text for people and as an object for programs."""

from datetime import date
from typing import Any

from gongkai.cli.terminal import Terminal
from gongkai.core.law.clock import Reckoning
from gongkai.core.message import message


def dates(reckoning: Reckoning, *, provisional: bool) -> dict[str, Any]:
    """``due_on state overdue``, with ``provisional_on`` where that is wanted."""
    found: dict[str, Any] = {"due_on": iso(reckoning.due_on)}
    if provisional:
        found["provisional_on"] = iso(reckoning.provisional_on)
    return {**found, "state": reckoning.state, "overdue": reckoning.overdue}


def steps(reckoning: Reckoning, terminal: Terminal) -> list[dict[str, Any]]:
    """``on counted total text`` of each step."""
    return [
        {"on": step.on.isoformat(), "counted": step.counted, "total": step.total, "text": terminal.render(step.message)}
        for step in reckoning.steps
    ]


def iso(day: date | None) -> str | None:
    """A date as JSON has it."""
    return day.isoformat() if day else None


def show(reckoning: Reckoning, terminal: Terminal) -> None:
    """Step by step, then when the reply is due."""
    for step in reckoning.steps:
        terminal.paragraph(terminal.render(step.message), indent=2)
        terminal.line("    " + terminal.style(terminal.words("law.total", total=step.total), "faint"))
    state = terminal.render(message(f"state.{reckoning.state}"))
    if reckoning.due_on:
        said = terminal.words("law.due", date=reckoning.due_on, state=state)
    elif reckoning.provisional_on:
        said = terminal.words("law.provisional", date=reckoning.provisional_on, state=state)
    else:
        id = "law.no-due-letter" if reckoning.state == "handling" else "law.no-due"
        said = terminal.words(id, state=state)
    terminal.paragraph(said, indent=2, kind="error" if reckoning.overdue else "good")
    if reckoning.overdue:
        terminal.line("  " + terminal.style(overdue(reckoning, terminal), "error"))


def overdue(reckoning: Reckoning, terminal: Terminal) -> str:
    """Late and still owed, or closed late."""
    return terminal.words("law.overdue-closed" if reckoning.state == "closed" else "law.overdue")
