"""A blank to copy for a new check: name the file after the rule, fill it in, add it to ``RULES`` in ``run.py``.

Say here what must hold, in words that a lawyer can check, and when the check is silent. Its sentences go into
``rulebook/messages/checks.toml``: ``rule.<id>.title``, ``rule.<id>.text``, and one for every message below.
"""

from collections.abc import Iterator

from gongkai.core.checks.finding import Case, Finding, Rule
from gongkai.core.message import message

RULE = Rule("my-rule", "notice", "the notice and its paragraph")


def check(case: Case) -> Iterator[Finding]:
    """What is a finding.

    Source: the provision.
    Silent: where the check cannot know.
    """
    if not case.report.title:
        yield Finding(RULE, None, None, None, message("my-rule.what-is-wrong", file=case.report.source))
