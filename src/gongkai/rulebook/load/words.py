"""Reads ``rulebook/cn/words``: the words and phrases that checks of prose need.

A fault names the file, the key and what is wrong with it. Expressions are compiled only when a check needs them, or
all at once with ``strict``, which names the first that cannot be.
"""

import re
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import NamedTuple

from gongkai.core.checks.words import (
    COUNTED,
    MONEY,
    VAGUE,
    Basis,
    Fee,
    Figure,
    Kind,
    Names,
    Numbering,
    Others,
    Pattern,
    Prose,
    Titles,
    Words,
    Years,
)
from gongkai.rulebook.load.compiled import compiled
from gongkai.rulebook.load.fields import Fields, RulebookError
from gongkai.rulebook.load.toml import read_toml

FOLDER = Path(__file__).parent.parent / "cn" / "words"

_FRAGMENT = re.compile(r"\{([a-z_]+)\}")
_QUANTITIES = {"n": COUNTED, "m": MONEY, "v": VAGUE}


@cache
def words() -> Words:
    """The words of the rulebook. Raises ``RulebookError`` for a broken file."""
    return compiled("words", [Path(__file__), *FOLDER.glob("*.toml")], lambda: load(FOLDER))


def load(folder: Path, *, strict: bool = False) -> Words:
    """Read a folder of words; ``strict`` also compiles every expression."""
    reader = _Reader(folder, strict)
    titles, numbering = reader.headings("headings.toml")
    return Words(
        reader.blanks("tables.toml"),
        reader.bases("bases.toml"),
        reader.years("years.toml"),
        reader.residue("residue.toml"),
        reader.fee("fee.toml"),
        reader.names("names.toml"),
        titles,
        numbering,
        reader.prose("prose.toml", reader.figures("figures.toml")),
    )


class _Reader:
    """One method a file."""

    def __init__(self, folder: Path, strict: bool) -> None:
        self.folder, self.strict = folder, strict

    def blanks(self, name: str) -> frozenset[str]:
        top = self._open(name)
        fields = top.table("blanks")
        marks = fields.texts("marks")
        _done(fields, top)
        return frozenset(marks)

    def headings(self, name: str) -> tuple[Titles, Numbering]:
        top = self._open(name)
        fields = top.table("titles")
        titles = Titles(self._pattern(fields, "year"), self._pattern(fields, "short"))
        fields.done()
        fields = top.table("numbering")
        numbering = Numbering(
            fields.text("numerals"),
            fields.text("mark"),
            self._pattern(fields, "heading"),
            self._pattern(fields, "sub", fields.texts("sub_guards", ())),
            fields.texts("sub_forms"),
        )
        _done(fields, top)
        return titles, numbering

    def bases(self, name: str) -> tuple[Basis, ...]:
        top = self._open(name)
        bases = []
        for fields in top.tables("bases"):
            basis = Basis(
                self._pattern(fields, "pattern", fields.texts("guards", ())),
                fields.integer("replaced_from"),
                fields.text("by"),
                fields.texts("parts"),
                self._pattern(fields, "excused"),
            )
            fields.done()
            bases.append(basis)
        top.done()
        return tuple(bases)

    def years(self, name: str) -> Years:
        top = self._open(name)
        plans = top.table("plans")
        fragments = _fragments(plans)
        part, named, past = plans.text("part"), self._pattern(plans, "named"), self._pattern(plans, "past")
        guards = plans.texts("guards", ())
        beginnings = tuple(self._made(plans, "patterns", text, guards, fragments) for text in plans.texts("patterns"))
        plans.done()
        periods = top.table("periods")
        guards = periods.texts("guards", ())
        spans = tuple(self._made(periods, "patterns", text, guards, {}) for text in periods.texts("patterns"))
        own = self._pattern(periods, "own", periods.texts("own_guards", ()))
        _done(periods, top)
        return Years(part, named, beginnings, past, spans, own)

    def residue(self, name: str) -> Pattern:
        top = self._open(name)
        pattern = self._either(top, "patterns", top.texts("guards"))
        top.done()
        return pattern

    def fee(self, name: str) -> Fee:
        top = self._open(name)
        fee = Fee(
            top.integer("since"),
            top.text("part"),
            self._pattern(top, "here", top.texts("here_guards", ())),
            self._pattern(top, "elsewhere", top.texts("elsewhere_guards", ())),
        )
        top.done()
        return fee

    def names(self, name: str) -> Names:
        top = self._open(name)
        kinds = []
        for fields in top.tables("kinds"):
            kinds.append(Kind(self._pattern(fields, "pattern", fields.texts("guards", ())), fields.texts("fits")))
            fields.done()
        names = Names(
            top.text("continued"),
            top.texts("followers"),
            top.integer("tail"),
            self._either(top, "compiled", top.texts("compiled_guards", ())),
            self._pattern(top, "offices"),
            self._pattern(top, "superiors"),
            self._pattern(top, "regional"),
            top.texts("organs"),
            tuple(kinds),
        )
        top.done()
        return names

    def prose(self, name: str, figures: tuple[Figure, ...]) -> Prose:
        top = self._open(name)
        money = top.table("money")
        units = tuple((unit, money.integer(unit)) for unit in money.names())
        topics = top.table("topics")
        mixed = topics.table("mixed")
        prose = Prose(
            quantity=self._pattern(top, "quantity"),
            vague=self._pattern(top, "vague"),
            leads=top.text("leads"),
            nothing=top.texts("nothing"),
            full_year=self._pattern(top, "full_year"),
            never=self._pattern(top, "never", top.texts("never_guards")),
            compared=self._pattern(top, "compared"),
            passing=self._pattern(top, "passing"),
            planned=self._pattern(top, "planned"),
            detail=self._pattern(top, "detail"),
            whole_again=self._pattern(top, "whole_again"),
            other_year=self._pattern(top, "other_year"),
            this_year=self._pattern(top, "this_year"),
            others=self._pattern(top, "others"),
            wide=self._pattern(top, "wide"),
            wide_fit=top.text("wide_fit"),
            above=self._pattern(top, "above"),
            organ=self._pattern(top, "organ", top.texts("organ_guards")),
            organ_end=top.integer("organ_end"),
            self=self._pattern(top, "self"),
            channels=self._pattern(top, "channels"),
            noise=self._pattern(top, "noise"),
            requests=self._pattern(top, "requests"),
            each=top.text("each"),
            applicants=self._pattern(top, "applicants"),
            joined=self._pattern(top, "joined"),
            followed=self._pattern(top, "followed"),
            topics=tuple((topic, self._pattern(topics, topic)) for topic in topics.names() if topic != "mixed"),
            mixed=self._pattern(mixed, "pattern"),
            money=units,
            figures=figures,
        )
        mixed.done()
        topics.done()
        _done(money, top)
        known = {topic for topic, _ in prose.topics}
        for figure in figures:
            if figure.topic is not None and figure.topic not in known:
                topics.fail(figure.topic, f"is missing; the figure {figure.id!r} belongs to it")
        return prose

    def figures(self, name: str) -> tuple[Figure, ...]:
        data = read_toml(self.folder / name, name)
        given = _written_out(name, data.pop("figures", None))
        top = Fields(name, data)
        fragments = _fragments(top)
        named = _Lists(
            self._named(top, "context"), self._named(top, "unless"), self._named(top, "apart"), self._others(top)
        )
        top.done()
        return tuple(self._figure(fields, fragments, named) for fields in given)

    def _figure(self, fields: Fields, fragments: Mapping[str, str], named: "_Lists") -> Figure:
        table = fields.text("table")
        if table not in named.context:
            fields.fail("table", f"no [context] for {table!r}")
        readings = tuple(tuple(reading.split(" + ")) for reading in fields.texts("readings"))
        flags = fields.texts("flags", ())
        if not {"whole", "shared"}.issuperset(flags):
            fields.fail("flags", f"known are whole and shared, not {', '.join(flags)}")
        if fields.has("words"):
            fragments = {**fragments, "words": fields.text("words")}
        figure = Figure(
            id=fields.text("id"),
            readings=readings,
            group=fields.text("group", readings[0][0].replace(".*", "")),
            guards=fields.texts("guards"),
            said=self._either(fields, "said", fragments=fragments),
            none=self._either(fields, "none", fragments=fragments) if fields.has("none") else None,
            context=named.context[table],
            topic=fields.text("topic") if fields.has("topic") else None,
            others=named.others.get(table),
            unless=_of(fields, "unless", named.unless, table),
            apart=_of(fields, "apart", named.apart, None),
            whole="whole" in flags,
            shared="shared" in flags,
            year=fields.integer("year") if fields.has("year") else None,
        )
        fields.done()
        return figure

    def _named(self, top: Fields, kind: str) -> dict[str, Pattern]:
        fields = top.table(kind)
        return {name: self._pattern(fields, name) for name in fields.names()}

    def _others(self, top: Fields) -> dict[str, Others]:
        """The cases told from those of a table, by table."""
        tables = top.table("others")
        found = {}
        for name in tables.names():
            fields = tables.table(name)
            cases = self._pattern(fields, "cases", fields.texts("guards", ()))
            found[name] = Others(cases, self._pattern(fields, "named"))
            fields.done()
        return found

    def _pattern(self, fields: Fields, name: str, guards: tuple[str, ...] = ()) -> Pattern:
        return self._made(fields, name, fields.text(name), guards, {})

    def _either(
        self,
        fields: Fields,
        name: str,
        guards: tuple[str, ...] = (),
        fragments: Mapping[str, str] | None = None,
    ) -> Pattern:
        """One expression out of several, none with a named group."""
        return self._made(fields, name, "|".join(fields.texts(name)), guards, fragments or {})

    def _made(
        self, fields: Fields, name: str, text: str, guards: tuple[str, ...], fragments: Mapping[str, str]
    ) -> Pattern:
        pattern = Pattern(_filled(fields, name, text, fragments), guards)
        if self.strict:
            try:
                re.compile(pattern.text)
            except re.error as error:
                fields.fail(name, f"is no regular expression: {error}")
        return pattern

    def _open(self, name: str) -> Fields:
        return Fields(name, read_toml(self.folder / name, name))


class _Lists(NamedTuple):
    """The lists of words that figures name, by name."""

    context: Mapping[str, Pattern]
    unless: Mapping[str, Pattern]
    apart: Mapping[str, Pattern]
    others: Mapping[str, Others]


def _written_out(file: str, given: object) -> Iterator[Fields]:
    """Each figure by itself; those listed under ``each`` share the keys beside it."""
    if not isinstance(given, list) or not given:
        raise RulebookError(file, "figures", "must be a list of tables, with at least one")
    for number, outer in enumerate(given, 1):
        key = f"figures[{number}]"
        common = {name: value for name, value in outer.items() if name != "each"}
        if "each" not in outer:
            yield Fields(file, common, key)
            continue
        for place, inner in enumerate(outer["each"], 1):
            yield Fields(file, {**common, **inner}, f"{key}.each[{place}]")


def _of(fields: Fields, name: str, patterns: Mapping[str, Pattern], default: str | None) -> Pattern | None:
    """The list of words of this name; the table's own where the figure names none."""
    if not fields.has(name):
        return patterns.get(default) if default else None
    key = fields.text(name)
    if key not in patterns:
        fields.fail(name, f"no {key!r} below [{name}]; known: {', '.join(patterns)}")
    return patterns[key]


def _fragments(fields: Fields) -> dict[str, str]:
    table = fields.table("fragments")
    return {name: table.text(name) for name in table.names()}


def _filled(fields: Fields, name: str, text: str, fragments: Mapping[str, str]) -> str:
    """The expression with its {fragments} written out; a fragment may hold others."""
    while match := _FRAGMENT.search(text):
        fragment = _QUANTITIES.get(match[1]) or fragments.get(match[1])
        if fragment is None:
            fields.fail(name, f"no fragment {{{match[1]}}}; known: {', '.join([*_QUANTITIES, *fragments])}")
        text = text[: match.start()] + fragment + text[match.end() :]
    return text


def _done(*tables: Fields) -> None:
    for fields in tables:
        fields.done()
