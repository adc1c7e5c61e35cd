"""Two versions of a text beside each other: what stays, what was taken out, what was put in (对比)."""

import re
from collections import Counter
from difflib import SequenceMatcher
from itertools import groupby
from typing import Literal, NamedTuple

Kind = Literal["same", "removed", "added"]

_WORD = re.compile(r"[A-Za-z]+|[0-9][0-9,.]*|\s+|.", re.S)
"""A word: letters or figures that stand together; Chinese has no spaces, each of its characters is one."""
_ISLAND = 2
"""So few characters that stayed between two changes are told with them: a page full of holes cannot be read."""
_ALIKE = 0.6
"""Paragraphs that share less of their characters than this are not two versions of one."""
_NEAR, _LONGEST = 5, 1500
"""Among so many paragraphs the earlier version of one is looked for, and so long a one is compared by words: what a
comparison costs stays bounded.
"""
_PAIRS = 120_000
"""Two paragraphs with more pairs of like words are told whole; prose and tables of ``_LONGEST`` have less."""


class Run(NamedTuple):
    """Some text that stays, was taken out or was put in."""

    kind: Kind
    text: str


Paragraph = list[Run]


def compare(before: str | None, after: str) -> list[Paragraph]:
    """The paragraphs of ``after`` with what changed since ``before``, in its place, to the word.

    Nothing to compare with (``None``): everything stays.
    """
    new = _paragraphs(after)
    if before is None:
        return [[Run("same", each)] for each in new]
    old = _paragraphs(before)
    found: list[Paragraph] = []
    for tag, a, b, c, d in SequenceMatcher(None, old, new).get_opcodes():
        if tag == "equal":
            found += [[Run("same", each)] for each in new[c:d]]
        else:
            found += _rewritten(old[a:b], new[c:d])
    return found


def _rewritten(old: list[str], new: list[str]) -> list[Paragraph]:
    """Paragraphs that took the place of others: those alike are compared by words, the rest went or came whole."""
    found: list[Paragraph] = []
    told = 0
    """So many of the old ones have been told."""
    for paragraph in new:
        near = range(told, min(told + _NEAR, len(old)))
        like = next((place for place in near if _alike(old[place], paragraph)), None)
        if like is None:
            found.append([Run("added", paragraph)])
            continue
        found += [[Run("removed", each)] for each in old[told:like]]
        found.append(_words(old[like], paragraph))
        told = like + 1
    return found + [[Run("removed", each)] for each in old[told:]]


def _alike(one: str, other: str) -> bool:
    if max(len(one), len(other)) > _LONGEST:
        return False
    matcher = SequenceMatcher(None, one, other)
    return matcher.real_quick_ratio() >= _ALIKE and matcher.quick_ratio() >= _ALIKE


def _words(before: str, after: str) -> Paragraph:
    old, new = _WORD.findall(before), _WORD.findall(after)
    counts = Counter(new)
    if sum(counts[word] for word in old) > _PAIRS:
        return [Run("removed", before), Run("added", after)]
    pairs: list[tuple[str, str]] = []
    """What was taken out and what was put in, for each stretch; the same where it stays."""
    for tag, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        pair = ("".join(old[a:b]), "".join(new[c:d]))
        island = tag == "equal" and bool(pairs) and d < len(new) and len(pair[1]) <= _ISLAND
        changed = tag != "equal" or island
        if changed and pairs and pairs[-1][0] != pairs[-1][1]:
            pairs[-1] = (pairs[-1][0] + pair[0], pairs[-1][1] + pair[1])
        else:
            pairs.append(pair)
    runs: Paragraph = []
    for gone, come in pairs:
        if gone == come:
            runs.append(Run("same", gone))
            continue
        runs += [Run("removed", gone)] * bool(gone) + [Run("added", come)] * bool(come)
    return [Run(kind, "".join(run.text for run in run_of)) for kind, run_of in groupby(runs, key=lambda run: run.kind)]


def _paragraphs(text: str) -> list[str]:
    return [line for each in text.splitlines() if (line := each.strip())]
