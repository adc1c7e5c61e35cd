"""``gongkai report rules``: every rule that ``check`` knows."""

import argparse

from gongkai.cli.terminal import Lang, Terminal
from gongkai.core.message import message
from gongkai.services.report.findings import SEVERITIES


def arguments(parser: argparse.ArgumentParser) -> None:
    """Nothing beside what every command takes."""


def run(args: argparse.Namespace, terminal: Terminal) -> int:
    """One object a rule: ``rule severity title text source``; always 0."""
    from gongkai.core.checks.run import RULES

    rules = [module.RULE for module in RULES]
    for severity in SEVERITIES:
        here = [rule for rule in rules if rule.severity == severity]
        if terminal.format == "text":
            terminal.line(terminal.style(f"{terminal.words(severity)} {len(here)}", severity))
        for rule in here:
            title = terminal.render(message(f"rule.{rule.id}.title"))
            text = terminal.render(message(f"rule.{rule.id}.text"))
            if terminal.format == "jsonl":
                terminal.record(
                    {"rule": rule.id, "severity": severity, "title": title, "text": text, "source": rule.source}
                )
                continue
            terminal.line("  " + terminal.style(rule.id, severity) + "  " + terminal.style(title, "head"))
            terminal.paragraph(text, indent=4)
            terminal.paragraph(
                terminal.words("rules.source", source=source(rule.source, terminal.lang)), indent=4, kind="faint"
            )
        if terminal.format == "text":
            terminal.line()
    return 0


def source(pairs: str, lang: Lang) -> str:
    """A rule's source in one language, from ``Chinese · English；…``.

    Documents keep the number by which they are cited (国办公开办函〔2021〕30号) in English too, laws have a name there.
    """
    halves = [pair.partition(" · ") for pair in pairs.split("；")]
    if lang == "zh":
        return "；".join(chinese for chinese, _, _ in halves)
    return "; ".join(_cited(chinese, english) for chinese, _, english in halves)


def _cited(chinese: str, english: str) -> str:
    number, _, place = chinese.partition("，")
    if english and number.startswith("《"):
        return english
    return ", ".join(part for part in (number, english or place) if part)
