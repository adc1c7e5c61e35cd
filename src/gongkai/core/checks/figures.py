"""Prose read for figures that a table holds too: what a sentence claims, and of which cells.

A quantity is compared only where the words right beside it name what it counts (新收政府信息公开申请 12 件). Before
phrases are compared, each quantity becomes one character, so that a phrase says where it stands and not how it is
written.
"""

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import NamedTuple

from gongkai.core.checks.finding import Case
from gongkai.core.checks.numerals import number
from gongkai.core.checks.prose import Passage, clauses, in_order, sentences
from gongkai.core.checks.words import COUNTED, MONEY, VAGUE, Figure, Pattern, Prose, stands
from gongkai.core.tables.form import Form
from gongkai.core.tables.report import Number

LONGEST = 3000
"""Characters of a sentence that is read for figures. A longer one is no prose, and reading costs the square of it."""
_QUANTITY = re.compile(f"[{COUNTED}{MONEY}{VAGUE}]")
_YEAR = re.compile(r"((?:19|20)\d\d)年")


class Claim(NamedTuple):
    """A sentence says that one of ``readings`` (cells to be summed) is ``number``; ``group`` names the first."""

    number: Number
    readings: tuple[tuple[str, ...], ...]
    group: str
    sentence: str
    place: str
    money: bool


class _Match(NamedTuple):
    figure: Figure
    start: int
    end: int
    at: int
    """Position of the quantity, −1 for a statement that there was none."""


class _Sentence:
    """A sentence being read: ``text`` with quantities as single characters; the rest its clauses have set so far."""

    def __init__(self, text: str, before: str) -> None:
        self.text, self.before = text, before
        self.other_year = self.others = self.detail = False


def claims(case: Case) -> Iterator[Claim]:
    """What the report's prose claims of figures of its tables, in the order of the text."""
    prose = case.words.prose
    telling = [place for place in case.passages if _tells_any(place.text, prose)]
    everything = "\n".join(place.text for place in telling)
    present = [(guard, figures) for guard, figures in prose.by_guard.items() if stands(guard, everything)]
    for place in telling:
        by_guard = {guard: figures for guard, figures in present if guard in place.text}
        if not by_guard:
            continue
        before = ""
        for start, sentence in sentences(place.text):
            figures = {id(figure): figure for guard in by_guard if guard in sentence for figure in by_guard[guard]}
            if figures and len(sentence) <= LONGEST and _tells_any(sentence, prose):
                printed = place.printed[start : start + len(sentence)].strip()
                yield from _sentence(case, place, sentence, printed, before, list(figures.values()))
            before = sentence


def _tells_any(text: str, prose: Prose) -> bool:
    """Whether a text holds a quantity, or a word that may say that there was none."""
    return any(word in text for word in prose.nothing) or prose.quantity.regex.search(text) is not None


def _sentence(
    case: Case, place: Passage, text: str, printed: str, before: str, figures: list[Figure]
) -> Iterator[Claim]:
    prose, form, year = case.words.prose, case.report.form, case.report.year
    plain, numbers = quantities(text, prose)
    read = [(start, clause, _matches(clause, figures, year)) for start, clause in clauses(plain)]
    if not any(matches for _, _, matches in read) or prose.never.search(plain):
        return
    state = _Sentence(plain, before)
    home = {table.id for table in form.tables if table.part == place.number}
    stand: list[tuple[_Match, Number, bool]] = []
    told: list[tuple[str, Number]] = []
    for start, clause, matches in read:
        rest = clause
        for match in matches:
            rest = rest[: match.start] + " " * (match.end - match.start) + rest[match.end :]
        comparable = _comparable(rest, state, case)
        for match in matches if comparable or (state.others and not state.other_year) else ():
            number = 0 if match.at < 0 else numbers[start + match.at]
            if comparable and _stands(match, number, clause, rest, start, state, prose, home):
                stand.append((match, number, match.at >= 0 and clause[match.at] == MONEY))
            elif comparable and not _found(match.figure.unless, rest):
                continue
            told.append((match.figure.id, number))
    for match, number, money in stand:
        figure = match.figure
        readings = [cells for reading in figure.readings if (cells := _cells(form, reading))]
        # Told by topics, kinds or organs, the same thing has several numbers in one sentence, and none is the whole.
        parted = any(id == figure.id and other != number for id, other in told)
        if parted or len(readings) < len(figure.readings):
            continue
        if money:
            yield _money(form, prose, figure, readings, number, printed, place)
        else:
            yield _count(form, prose, figure, readings, number, state, printed, place)


def quantities(text: str, prose: Prose) -> tuple[str, dict[int, Number]]:
    """The sentence with every quantity as one character, and the numbers by position.

    Numbers without a unit stay as they stand, unless words like 为 lead to them; so do 条 and %, which nothing is
    compared with.
    """
    out: list[str] = []
    numbers: dict[int, Number] = {}
    length = end = 0
    money = dict(prose.money)
    for match in prose.quantity.regex.finditer(text):
        unit = match["unit"]
        before = text[max(0, match.start() - 6) : match.start()].rstrip()
        if unit is None and not before.endswith(tuple(prose.leads)):
            continue
        out.append(text[end : match.start()])
        length += match.start() - end
        end = match.end()
        value = number(match["number"])
        if value is None or match["more"] or match["after"] or prose.vague.search(before):
            out.append(VAGUE)
            length += 1
            continue
        if unit in money:
            out.append(MONEY)
            numbers[length] = value * money[unit]
        elif isinstance(value, Decimal):
            out.append(VAGUE)
        else:
            out.append(COUNTED)
            numbers[length] = value
        length += 1
    out.append(text[end:])
    return "".join(out), numbers


def _matches(clause: str, figures: list[Figure], year: int | None) -> list[_Match]:
    """What the clause says of which quantity, each quantity taken once.

    Words before a quantity go before words after it (予以公开5件 部分公开2件), a longer phrase before a shorter.
    """
    found: list[tuple[bool, int, _Match]] = []
    for figure in figures:
        if not any(guard in clause for guard in figure.guards):
            continue
        for pattern in (figure.said, figure.none):
            for match in pattern.regex.finditer(clause) if pattern else ():
                if figure.year is not None and not _year_fits(match[0], figure.year, year):
                    continue
                quantity = _QUANTITY.search(match[0]) if pattern is figure.said else None
                at = match.start() + quantity.start() if quantity else -1
                found.append(
                    (at == match.start(), match.start() - match.end(), _Match(figure, match.start(), match.end(), at))
                )
    taken: dict[int, tuple[int, int]] = {}
    kept: list[_Match] = []
    for _, _, claim in sorted(found, key=lambda item: item[:2]):
        span = (claim.start, claim.end)
        if claim.at >= 0:
            # The same words may belong to several figures; their topics tell which.
            if taken.get(claim.at, span) != span or any(
                _overlap(claim, other) and (other.start, other.end) != span for other in kept
            ):
                continue
            taken[claim.at] = span
        kept.append(claim)
    return sorted(kept, key=lambda claim: claim.start)


def _overlap(one: _Match, other: _Match) -> bool:
    return one.start < other.end and other.start < one.end


def _year_fits(phrase: str, offset: int, year: int | None) -> bool:
    named = {int(match[1]) for match in _YEAR.finditer(phrase)}
    return not named or (year is not None and year + offset in named and named <= {year, year + offset})


def _comparable(rest: str, state: _Sentence, case: Case) -> bool:
    """Whether a clause, matches left out, is about this report's year and agency; sets what holds on after it."""
    prose, year = case.words.prose, case.report.year
    rest = prose.full_year.regex.sub(lambda match: match["year"] or "", rest)
    if prose.compared.search(rest):
        return False
    named = {int(match[1]) for match in _YEAR.finditer(rest)}
    if named - {year} or prose.other_year.search(rest):
        state.other_year = True
    elif named or prose.this_year.search(rest):
        state.other_year = False
    others = _of_others(rest, case.report.agency or "", prose)
    if others is not None:
        state.others = others
    if prose.detail.search(rest):
        state.detail = True
    elif prose.whole_again.search(rest):
        state.detail = False
    return not (state.other_year or state.others or prose.passing.search(rest) or prose.planned.search(rest))


def _of_others(rest: str, agency: str, prose: Prose) -> bool | None:
    """Whether a clause turns to other organs or back to the agency; ``None`` where it says neither."""
    if prose.self.search(rest):
        return False
    for_all = agency.endswith(prose.wide_fit)
    if prose.wide.search(rest):
        return not for_all
    if prose.others.search(rest) or (not for_all and prose.above.search(rest)):
        return True
    organs = [in_order(match["organ"][-prose.organ_end :], agency) for match in prose.organ.all(rest)]
    return not all(organs) if organs else None


def _stands(
    match: _Match, number: Number, clause: str, rest: str, start: int, state: _Sentence, prose: Prose, home: set[str]
) -> bool:
    """Whether a match is a claim about the table at all, and not about something else that is counted in like words."""
    figure = match.figure
    earlier = state.text[: start + match.start]
    phrase = clause[match.start : match.end]
    each = prose.each in phrase
    if each and number and len(figure.readings[0]) > 1:
        return False
    if (prose.joined.search(earlier) and not each) or _found(figure.unless, rest) or _found(figure.apart, earlier):
        return False
    if _of_other_cases(figure, f"{state.before}\n{earlier}{phrase}"):
        return False
    if match.at == match.end - 1 and not prose.followed.search(clause[match.end :]):
        return False
    if prose.noise.search(rest) or (prose.noise.search(earlier) and not prose.requests.search(phrase)):
        return False
    if figure.whole and (state.detail or prose.channels.search(rest) or prose.applicants.search(rest)):
        return False
    if figure.topic is not None and _topic(earlier, prose) != figure.topic:
        return False
    if figure.readings[0][0].partition("/")[0] in home:
        return True
    return bool(figure.context.search(state.text) or figure.context.search(state.before))


def _of_other_cases(figure: Figure, text: str) -> bool:
    """Whether a text ends nearer to other cases (信访件, 许可申请) than to those of the figure's table."""
    cases = figure.others.cases.all(text) if figure.others else []
    if not figure.others or not cases:
        return False
    named = figure.others.named.all(text)
    return not named or named[-1].end() < cases[-1].end()


def _found(pattern: Pattern | None, text: str) -> bool:
    return pattern is not None and pattern.search(text) is not None


def _topic(earlier: str, prose: Prose) -> str | None:
    """The subject named last before a position; ``None`` where two were then named as one."""
    last = max((match.end() for match in prose.mixed.all(earlier)), default=-1)
    topic = None
    for name, pattern in prose.topics:
        for match in pattern.regex.finditer(earlier):
            if match.start() > last:
                last, topic = match.start(), name
    return topic


def _count(
    form: Form, prose: Prose, figure: Figure, readings: list[tuple[str, ...]], number: Number, state: _Sentence,
    printed: str, place: Passage,
) -> Claim:  # fmt: skip
    if figure.shared and prose.applicants.search(state.text):
        readings = [*readings, *_columns(form, readings)]
    return Claim(number, tuple(readings), figure.group, printed, place.name, False)


def _money(
    form: Form,
    prose: Prose,
    figure: Figure,
    readings: list[tuple[str, ...]],
    yuan: Number,
    printed: str,
    place: Passage,
) -> Claim:
    """A claim in the unit of its column."""
    unit = dict(prose.money).get(form.types[readings[0][0]].unit or "", 1)
    value = Decimal(yuan) / unit
    number = int(value) if value == int(value) else value
    return Claim(number, tuple(readings), figure.group, printed, place.name, True)


def _columns(form: Form, readings: list[tuple[str, ...]]) -> Iterator[tuple[str, ...]]:
    """The same sums for each other column of their table."""
    for cells in list(readings):
        table = form.by_table[cells[0].partition("/")[0]]
        for block in table.blocks:
            for column in block.columns:
                yield tuple(f"{cell.rpartition('/')[0]}/{column.id}" for cell in cells)


def _cells(form: Form, reading: tuple[str, ...]) -> tuple[str, ...]:
    """The cells of a reading in this form; none where the form has not all of them."""
    cells: list[str] = []
    for cell in reading:
        if "*" in cell:
            table, row, column = cell.split("/")
            prefix = f"{table}/{row.rstrip('*')}"
            matching = [id for id in form.types if id.startswith(prefix) and id.endswith("/" + column)]
        else:
            matching = [cell] if cell in form.types else []
        if not matching:
            return ()
        cells.extend(matching)
    return tuple(cells)
