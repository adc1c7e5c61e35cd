"""The words that prose rules need, as data: marks for a blank, old bases, plans, residue, names, prose figures.

The words themselves are ``rulebook/cn/words/*.toml``, read by ``rulebook/load/words.py`` into these classes. A check
holds no Chinese word of its own, so that a word that proves wrong is corrected without touching code.
"""

import re
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

COUNTED, MONEY, VAGUE = "\ue000", "\ue001", "\ue002"
"""What a quantity becomes before prose is compared: a count, a sum of money, a number not meant exactly."""


def stands(word: str, text: str) -> bool:
    """Whether a word stands in a long text: its characters are looked for first, each many times faster than a word."""
    return word[-1] in text and word[0] in text and word in text


@dataclass(frozen=True)
class Pattern:
    """A regular expression, compiled when it is first needed: most reports need few of them.

    ``guards`` are words of which one must stand in a text that can match; looking for them is far cheaper.
    """

    text: str
    guards: tuple[str, ...] = ()

    @cached_property
    def regex(self) -> re.Pattern[str]:
        """The compiled expression."""
        return re.compile(self.text)

    def may_match(self, text: str) -> bool:
        """Whether one of the guards stands in the text; always so without guards."""
        return not self.guards or any(stands(guard, text) for guard in self.guards)

    def search(self, text: str) -> re.Match[str] | None:
        """The first match."""
        return self.regex.search(text) if self.may_match(text) else None

    def all(self, text: str) -> list[re.Match[str]]:
        """Every match, none overlapping another."""
        return list(self.regex.finditer(text)) if self.may_match(text) else []


class Basis(NamedTuple):
    """A notice that no longer is the basis of reports ``replaced_from`` a year; ``by`` is the one to cite.

    A sentence with one of the words ``excused`` tells that the notice was replaced, and is right.
    """

    pattern: Pattern
    replaced_from: int
    by: str
    parts: tuple[str, ...]
    excused: Pattern


class Years(NamedTuple):
    """How plans and statistical periods name their year. Groups: ``year``, and ``until`` for the end of a period.

    ``part`` is the label key of the part that holds the plans, ``named`` any year. ``own``: how the opening names
    the report itself.
    """

    part: str
    named: Pattern
    plans: tuple[Pattern, ...]
    past: Pattern
    periods: tuple[Pattern, ...]
    own: Pattern


class Fee(NamedTuple):
    """What counts as a statement on the information processing fee (信息处理费), asked for since a year.

    ``here`` suffices in the part with the label key ``part``, elsewhere it takes ``elsewhere``.
    """

    since: int
    part: str
    here: Pattern
    elsewhere: Pattern


class Kind(NamedTuple):
    """A kind of organ by the word that it uses of itself: 我局 fits a name that holds one of ``fits``."""

    pattern: Pattern
    fits: tuple[str, ...]


class Names(NamedTuple):
    """How agencies are named, continued, shortened; see the check ``agency-name``.

    ``continued``: 政府 wrongly hung on the agency's name, when one of ``followers`` comes next. ``compiled``: who says
    that it compiled the report (group ``name``), with ``offices`` that write for their agency; ``superiors``: the
    government that may stand inside the name of its street office. ``organs``: endings of a whole name. ``kinds``:
    words for oneself.
    """

    continued: str
    followers: tuple[str, ...]
    tail: int
    compiled: Pattern
    offices: Pattern
    superiors: Pattern
    regional: Pattern
    organs: tuple[str, ...]
    kinds: tuple[Kind, ...]


class Titles(NamedTuple):
    """How a title names the year, and how it begins when the agency's name in it is cut short (市…, 县…)."""

    year: Pattern
    short: Pattern


class Numbering(NamedTuple):
    """Headings: ``heading`` of parts (groups ``printed`` and ``number``), ``sub`` of the level below (group
    ``number``).

    ``sub_forms``: the brackets of a sub-heading, the proper ones first.
    """

    numerals: str
    mark: str
    heading: Pattern
    sub: Pattern
    sub_forms: tuple[str, ...]


class Others(NamedTuple):
    """``cases`` that are counted in the words of a table's own (受理, 办结, 结转), and how its own are ``named``."""

    cases: Pattern
    named: Pattern


class Figure(NamedTuple):
    """One thing that prose counts and a table counts too.

    ``readings``: sums of cells it may mean, the likeliest first; a row may end in ``*``. ``group`` names the first
    as one cell (``requests/refused/total``). ``said``: phrases with the quantity as one character (``COUNTED``,
    ``MONEY``); ``none``: phrases that say there was none. ``context``: words of which one must stand in this
    sentence or the one before, except in the table's own part. ``topic``: the nearest subject before must be this
    one. ``others``: cases of which it may be told instead. ``unless``: words of its clause, ``apart``: words anywhere
    before in its sentence, that make it a count of something else. ``whole``: silent in details (其中 …).
    ``shared``: result of a request, which may be told for one kind of applicant. ``year``: a year named in the phrase
    itself must be the report's plus this.
    """

    id: str
    readings: tuple[tuple[str, ...], ...]
    group: str
    guards: tuple[str, ...]
    said: Pattern | None
    none: Pattern | None
    context: Pattern
    topic: str | None
    others: Others | None
    unless: Pattern | None
    apart: Pattern | None
    whole: bool
    shared: bool
    year: int | None


@dataclass(frozen=True)
class Prose:
    """What makes a sentence's figures comparable with the tables, or not.

    ``quantity``: a number and its unit (groups ``number more unit after``); ``leads``: what must stand before one
    without a unit; ``vague``: what before it says that it is not meant exactly. Silences: ``never`` (公文) holds for
    its sentence; ``compared`` (同比), ``passing`` (累计, 月), ``planned``, ``detail`` (其中), ``channels`` for their
    clause; ``other_year`` and other organs hold on until ``this_year`` or ``self``. Other organs: ``wide`` (全区) and
    those ``above`` (县政府), but not for an agency that ends in ``wide_fit`` and reports for all; ``others`` (各部门);
    an ``organ`` by a name of which the last ``organ_end`` characters do not stand in the agency's. ``noise``: counts
    of other things. ``each``: one figure for several things, each by itself. ``applicants``: words for kinds of
    applicants. ``topics``: subjects by name; ``mixed``: several at once.
    """

    quantity: Pattern
    vague: Pattern
    leads: str
    nothing: tuple[str, ...]
    full_year: Pattern
    never: Pattern
    compared: Pattern
    passing: Pattern
    planned: Pattern
    channels: Pattern
    detail: Pattern
    whole_again: Pattern
    other_year: Pattern
    this_year: Pattern
    wide: Pattern
    wide_fit: str
    above: Pattern
    others: Pattern
    organ: Pattern
    organ_end: int
    self: Pattern
    noise: Pattern
    requests: Pattern
    each: str
    applicants: Pattern
    joined: Pattern
    followed: Pattern
    topics: tuple[tuple[str, Pattern], ...]
    mixed: Pattern
    money: tuple[tuple[str, int], ...]
    figures: tuple[Figure, ...]

    @cached_property
    def by_guard(self) -> dict[str, list[Figure]]:
        """The figures by each of their guards, in the order of the file."""
        found: dict[str, list[Figure]] = {}
        for figure in self.figures:
            for guard in figure.guards:
                found.setdefault(guard, []).append(figure)
        return found


class Words(NamedTuple):
    """All of it."""

    blanks: frozenset[str]
    bases: tuple[Basis, ...]
    years: Years
    residue: Pattern
    fee: Fee
    names: Names
    titles: Titles
    numbering: Numbering
    prose: Prose
