"""``gongkai report rules``: every rule that ``check`` knows."""

import argparse

from gongkai.cli.report.findings import SEVERITIES
from gongkai.cli.terminal import Terminal
from gongkai.core.message import message


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
            terminal.paragraph(terminal.words("rules.source", source=rule.source), indent=4, kind="faint")
        if terminal.format == "text":
            terminal.line()
    return 0
