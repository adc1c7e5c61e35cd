"""The annual report (政府信息公开工作年度报告): its figures from the ledger, its prose drafted, reviewed, published.

What is reviewed and published is one content: prose and figures together. A figure that moves after the review, by a
late entry, makes another content, which has to be reviewed again. Regulation (Order 711) Arts. 49, 50.
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from gongkai.core.checks.finding import Case
from gongkai.core.checks.run import run
from gongkai.core.ledger.entry import Entry, Thing
from gongkai.core.ledger.events import ReportFrozen, ReportPublished, ReportSubmitted
from gongkai.core.ledger.refusal import Refused
from gongkai.core.message import message
from gongkai.core.review.review import Grade
from gongkai.core.tables.fill import Figure, fill, read
from gongkai.core.tables.form import Form
from gongkai.core.tables.report import Report
from gongkai.documents.write.json import from_json
from gongkai.rulebook.load.fingerprint import fingerprint
from gongkai.rulebook.load.forms import forms
from gongkai.rulebook.load.words import words
from gongkai.services.outgoing.day import today
from gongkai.services.outgoing.review import judgement, refuse_unreviewed, standing, submitted
from gongkai.services.ports import Actor, Agency, New, Rules, Unit
from gongkai.services.report.fill import form_of

PROSE = ("opening", "part.1", "part.5", "part.6")
"""What people write; parts two to four are tables."""
FIGURES = "figures"


@dataclass(frozen=True)
class DraftReport:
    """The prose of a year's report, by ``PROSE``; ``version`` is that of the draft, 0 where there is none."""

    agency: str
    number: str
    version: int
    prose: Mapping[str, str]
    key: str | None = None


@dataclass(frozen=True)
class ReportStep:
    """A step on the report of a year (``number``): submitting, publishing, sending it to the office above."""

    agency: str
    number: str
    version: int
    key: str | None = None


@dataclass(frozen=True)
class JudgeReport:
    """One grade approves or returns; ``content`` is the hash of what was read."""

    agency: str
    number: str
    version: int
    content: str
    approved: bool
    remark: str
    key: str | None = None


def of(number: str) -> Thing:
    """The report of a year."""
    return Thing("report", number)


def draft_report(unit: Unit, agency: Agency, actor: Actor, command: DraftReport, rules: Rules, now: datetime) -> None:
    """Write the prose.

    Raises:
        Refused: a year before the Regulation or yet to come, or a report that is published.
        Stale: somebody else wrote meanwhile.
    """
    if not 2008 <= _year(command.number) <= today(now).year:
        raise Refused(message("report.no-year", year=command.number))
    _refuse_published(unit.history(agency, of(command.number)), command.number)
    content = {key: command.prose.get(key, "").strip() for key in PROSE}
    unit.write(agency, of(command.number), content, command.version, actor.person)


def submit_report(unit: Unit, agency: Agency, actor: Actor, command: ReportStep, rules: Rules, now: datetime) -> None:
    """Put prose and figures to review, if the year is over and no check finds an error; else ``Refused`` names it."""
    _refuse_running(command.number, now)
    history = unit.history(agency, of(command.number))
    _refuse_published(history, command.number)
    content = drafted(unit, agency, command.number)
    errors = [
        finding
        for finding in run(Case(report_of(content, agency.name, _year(command.number)), words=words()))
        if finding.rule.severity == "error"
    ]
    if errors:
        raise Refused(message("report.has-errors", count=len(errors), fault=errors[0].message))
    before = standing(history, rules.chains["report"])
    event = submitted(unit, agency, of(command.number), actor, content, before, today(now))
    unit.append(agency, [New(of(command.number), event, now)])


def judge_report(
    grade: Grade, unit: Unit, agency: Agency, actor: Actor, command: JudgeReport, rules: Rules, now: datetime
) -> None:
    """Approve or return what is not published yet; a return says why."""
    if not command.approved and not command.remark.strip():
        raise Refused(message("act.missing", field="remark"))
    history, chain = unit.history(agency, of(command.number)), rules.chains["report"]
    _refuse_published(history, command.number)
    event = judgement(history, chain, actor, grade, command.content, command.approved, today(now))
    unit.append(agency, [New(of(command.number), event, now)])
    if command.remark.strip():
        unit.remark(agency, of(command.number), actor.person, command.remark.strip(), now)


def publish_report(unit: Unit, agency: Agency, actor: Actor, command: ReportStep, rules: Rules, now: datetime) -> None:
    """Freeze the figures and publish, if the year is over and exactly this was approved, by another hand.

    Raises ``Refused`` otherwise, or a second time.
    """
    _refuse_running(command.number, now)
    history, thing = unit.history(agency, of(command.number)), of(command.number)
    _refuse_published(history, command.number)
    content = drafted(unit, agency, command.number)
    refuse_unreviewed(unit, agency, thing, history, rules.chains["report"], content)
    if actor.person in standing(history, rules.chains["report"]).authors:
        raise Refused(message("report.own-release"))
    on, year = today(now), _year(command.number)
    position = sum(1 for _ in unit.entries(agency))
    frozen = ReportFrozen(on, year, form_of(year, forms()).id, position, fingerprint())
    unit.append(agency, [New(thing, frozen, now), New(thing, ReportPublished(on, year), now)])


def _refuse_running(number: str, now: datetime) -> None:
    """A report is of a whole year: it is published in the January after (Arts. 49, 50)."""
    if today(now).year <= _year(number):
        raise Refused(message("report.year-running", year=number))


def submit_above(unit: Unit, agency: Agency, actor: Actor, command: ReportStep, rules: Rules, now: datetime) -> None:
    """Send the published report to the competent office (Art. 49), once."""
    told = {type(entry.event) for entry in unit.history(agency, of(command.number))}
    if ReportPublished not in told:
        raise Refused(message("report.not-published", year=command.number))
    if ReportSubmitted in told:
        raise Refused(message("report.submitted-already", year=command.number))
    unit.append(agency, [New(of(command.number), ReportSubmitted(today(now), _year(command.number)), now)])


def drafted(unit: Unit, agency: Agency, number: str) -> dict[str, str]:
    """The prose as drafted with the figures as the ledger has them now. Raises ``Refused`` where nothing is drafted."""
    draft = unit.draft(agency, of(number))
    if draft is None:
        raise Refused(message("report.no-draft", year=number))
    return {**draft.content, FIGURES: figures(unit.entries(agency), _year(number))}


def figures(entries: Any, year: int) -> str:
    """Every cell of a year's form as JSON, sorted: a part of what is reviewed."""
    kept: list[Entry] = [entry for entry in entries if entry.thing.kind != "report"]
    filled = fill(form_of(year, forms()), year, read(kept))
    return as_json(filled)


def as_json(filled: Mapping[str, Figure]) -> str:
    """The value of every cell as JSON, sorted."""
    return json.dumps({cell: _plain(figure.value) for cell, figure in filled.items()}, sort_keys=True)


def report_of(content: Mapping[str, str], agency: str, year: int, form: Form | None = None) -> Report:
    """The report of a content, as readers and checks know reports; a frozen one on the form on which it was frozen."""
    form = form or form_of(year, forms())
    parts = [
        {"number": part.number, "title": part.label.text, "text": content.get(f"part.{part.number}", "")}
        for part in form.parts
    ]
    data = {
        "form": form.id,
        "agency": agency,
        "year": year,
        "opening": content.get("opening", ""),
        "cells": json.loads(content[FIGURES]),
        "parts": parts,
    }
    return from_json(data, f"{agency}-{year}")


def _refuse_published(history: Iterable[Entry], year: str) -> None:
    if any(isinstance(entry.event, ReportPublished) for entry in history):
        raise Refused(message("report.published-already", year=year))


def _year(number: str) -> int:
    if not (number.isascii() and number.isdigit() and len(number) == 4):
        raise Refused(message("report.no-year", year=number))
    return int(number)


def _plain(value: int | Decimal) -> int | float:
    return float(value) if isinstance(value, Decimal) else value
