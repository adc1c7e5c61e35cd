"""Figures out of text in which the tables have lost their cells.

One cell a line, blanks for columns, labels broken over lines, digits run together: what is left of a table is the
order of its words and numbers. The words of the rows are found in order, whatever numbers stand between their
characters; the numbers that follow a row's words are its figures. Where the words have been torn off from the
numbers, the order of the numbers alone tells, if it tells at all.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from gongkai.core.message import Message, message
from gongkai.core.tables.form import Column, Form, Row, Table
from gongkai.core.tables.report import Cell, Place
from gongkai.documents.read.limits import MAX_FLAT_CHARACTERS
from gongkai.documents.read.recognise.apart import Apart, Figure, Match, take_apart
from gongkai.documents.read.recognise.index import TableIndex
from gongkai.documents.read.recognise.labels import key_text, keys, number
from gongkai.documents.read.recognise.rows import MAX_PRINTED, Slot, Token, cut, fill, sums, unclear
from gongkai.documents.read.source import Paragraph

_GAP = re.compile(r"\s*\t\s*|\s{2,}")
_WORDS = re.compile(r"[^\W\d_]{2}")
_NO_FIGURE = re.compile(r"[^\s\d,.+\-−/／\\—–－|│]")
_PIECE = re.compile(r"[^\s|│]+")
ABOVE = 12
"""Characters of words, the column heads at least, that separate a table's first row from anything before the table."""

HEAD = 200
"""Characters of words above a table's first row among which its column heads stand."""

MAX_REPEATS = 3
"""How often a table may name its rows, on average: prose may repeat some."""


@dataclass
class Flat:
    """What flat text gave: cells, problems, and the positions of the paragraphs that were table."""

    cells: dict[str, Cell] = field(default_factory=dict)
    problems: list[Message] = field(default_factory=list)
    used: set[int] = field(default_factory=set)


def read_flat(form: Form, index: TableIndex, lines: Sequence[tuple[int, Paragraph]]) -> Flat:
    """Cells of one table from paragraphs given as ``(position, paragraph)``, in order; none out of more text than a
    report has.
    """
    if sum(len(paragraph.text) + 1 for _, paragraph in lines) > MAX_FLAT_CHARACTERS:
        return Flat()
    text = take_apart(lines)
    if index.table.layout == "across":
        return _across(form, index, text)
    return _down(form, index, text)


def _down(form: Form, index: TableIndex, text: Apart) -> Flat:
    table = index.table
    rows = [(row, block.columns) for block in table.blocks for row in block.rows]
    matches = _matches(table, text.words)
    chain = _last_repeated(text, _named(table, matches), matches)
    flat = Flat()
    if len(chain) > len(rows) // 3 and len(matches) > MAX_REPEATS * len(rows):
        # 新收—自然人：3 新收—商业企业：0 …: a list, not a table; its order must not be taken for that of columns.
        return flat
    if chain and (_figures_first(text, chain[0]) or _heads_in_another_order(table, text, chain[0])):
        ids = [
            id for match in chain for id in (f"{table.id}/{rows[match.row][0].id}/{c.id}" for c in rows[match.row][1])
        ]
        flat.cells, flat.problems = unclear(ids, text.text[text.origin[chain[0].start] :][:MAX_PRINTED], None)
        return flat
    if len(chain) >= max(2, len(rows) // 3) and _is_table(index, text, chain):
        ends = [match.start for match in chain[1:]] + [_end_of_last(text, chain[-1])]
        found = [(rows[match.row], text.tokens(match, end)) for match, end in zip(chain, ends, strict=True)]
        # Only where no row has lost or gained a figure are the others believed as they stand.
        groups = [row for row, tokens in found if row[0].id in table.alternatives and not tokens]
        certain = all(row in groups or len(_slots(text, tokens)[0]) == len(row[1]) for row, tokens in found)
        for row, tokens in found:
            _enter(form, table, row, tokens, text, flat, certain=certain)
        if flat.problems:
            # Figures are left over: they may belong to a row that seems to have none.
            flat.problems.extend(without_figures(table, [row.id for (row, _), tokens in found if tokens]))
        with_figures = [tokens for _, tokens in found if tokens]
        if len(with_figures) * 2 > len(chain):
            _mark_used(index, text, chain[0].start, with_figures[-1], flat)
            return flat
        flat = Flat()
    flat = _by_order(form, index, text, [rows[match.row] for match in chain])
    if not flat.cells and text.atoms and len(chain) * 2 > len(rows) and _is_table(index, text, chain):
        # Most rows are named, and their figures stand elsewhere or are torn: not one of them may be called missing.
        printed = " ".join(text.text[text.origin[chain[0].start] :].split())[:MAX_PRINTED]
        flat.cells, flat.problems = unclear(tuple(table.cells()), printed, None)
    return flat


def _named(table: Table, matches: list[Match]) -> list[Match]:
    """The rows that a text names. Of a group's words and a row that may stand for it (（六）其他处理 3.其他) the row
    counts.
    """
    chain = _chain(matches)
    ids = [row.id for block in table.blocks for row in block.rows]
    named = {ids[match.row] for match in chain}
    groups = {id for id, others in table.alternatives.items() if id in named and not named.isdisjoint(others)}
    without = _chain([match for match in matches if ids[match.row] not in groups]) if groups else []
    return without if len(without) >= len(chain) else chain


def _last_repeated(text: Apart, chain: list[Match], matches: list[Match]) -> list[Match]:
    """The chain, its last row by the last of its words where they are printed several times, as a merged cell may be:
    its figures stand behind that one.
    """
    again = {match.start: match for match in matches if chain and match.row == chain[-1].row}
    while chain and chain[-1].end in again and not text.free(chain[-1].end - 1, chain[-1].end):
        chain = [*chain[:-1], again[chain[-1].end]]
    return chain


def without_figures(table: Table, found: Sequence[str]) -> list[Message]:
    """A problem for each row that is not among those ``found`` with figures, nor has another printed in its place."""
    present = {*found, *(row for other, rows in table.alternatives.items() if other in found for row in rows)}
    problems = []
    for block in table.blocks:
        for row in block.rows:
            if row.id not in present and row.id not in table.alternatives:
                ids = tuple(f"{table.id}/{row.id}/{column.id}" for column in block.columns)
                problems.append(message("read.row-without-figures", cells=ids, row=row.label.text))
    return problems


def _figures_first(text: Apart, first: Match) -> bool:
    """Figures that stand free right above the first row: then they may go before their labels, and nobody can tell."""
    above = text.free(first.start - ABOVE - 1, first.start)
    return sum(atom.text.isdigit() for atom in above) >= 2


def _is_table(index: TableIndex, text: Apart, chain: list[Match]) -> bool:
    """Prose may name rows in order too; a table has heads, or figures after most of its rows."""
    if len(chain) > 8:
        return True
    plain = key_text(text.words)
    return any(len(word) > 2 and word in plain for word in {*index.columns, *index.headings})


def _enter(
    form: Form,
    table: Table,
    row: tuple[Row, Sequence[Column]],
    tokens: list[Figure],
    text: Apart,
    flat: Flat,
    *,
    certain: bool,
) -> None:
    wanted = [(f"{table.id}/{row[0].id}/{column.id}", column) for column in row[1]]
    if tokens:
        _fill(form, wanted, tokens, text, flat, certain=certain)
    elif row[0].id not in table.alternatives:
        flat.cells.update((id, Cell(None, "", None)) for id, _ in wanted)


def _fill(
    form: Form,
    wanted: Sequence[tuple[str, Column]],
    tokens: Sequence[Figure],
    text: Apart,
    flat: Flat,
    *,
    certain: bool,
) -> None:
    slots, lines = _slots(text, tokens)
    cells, problems = fill(form, wanted, slots, lines=lines, certain=certain)
    flat.cells.update(cells)
    flat.problems.extend(problems)


def _slots(text: Apart, tokens: Sequence[Figure]) -> tuple[list[Slot], bool]:
    """The figures of one row, and whether each stands for a line: spread over lines, each line is a cell; on one line,
    what stands between wide gaps is, or each figure where there are none.
    """
    by_line: dict[int, list[str]] = {}
    for token in tokens:
        by_line.setdefault(text.line_of(token.where), []).append(token.text)
    if len(by_line) > 1:
        return [(" ".join(texts), text.lines[line][1].place) for line, texts in by_line.items()], True
    if not tokens:
        return [], False
    printed = text.text[tokens[0].where : tokens[-1].where + len(tokens[-1].text)]
    pieces = _GAP.split(printed)
    if len(pieces) < 2 or not re.search(r"\d \d", printed) or any(_WORDS.search(piece) for piece in pieces):
        pieces = [token.text for token in tokens]
    return [(piece, _place(text, tokens[0])) for piece in pieces], False


def _place(text: Apart, token: Figure) -> Place:
    return text.lines[text.line_of(token.where)][1].place


def _matches(table: Table, words: str) -> list[Match]:
    """Where the words name the table's rows, row after row."""
    found: list[Match] = []
    for place, (body, before) in enumerate(_patterns(table)):
        last = 0
        for match in body.finditer(words):
            # Its own number in front is looked for last: to try it at every character would cost more than all else.
            start = match.start()
            own = before.search(words, max(last, start - LONGEST_NUMBER), start) if before else None
            found.append(Match(place, own.start() if own else start, match.end()))
            last = match.end()
    return found


LONGEST_NUMBER = 8
"""Characters of a row's number in a form, its brackets counted; the longest has 3."""


@lru_cache(maxsize=32)
def _patterns(table: Table) -> tuple[tuple[re.Pattern[str], re.Pattern[str] | None], ...]:
    """For each row its words, with any punctuation between them, and its own number at the end of what is before."""
    patterns = []
    for block in table.blocks:
        for row in block.rows:
            printed = re.sub(r"\W", "", number(row.label.text))
            variants = sorted(keys(row.label), key=len, reverse=True)
            bodies = [
                "[^\\w]{0,3}".join(map(re.escape, word)).replace("其[^\\w]{0,3}他", "其[他它]") for word in variants
            ]
            before = re.compile(rf"[（(]?{printed}[）)、.．,，]\Z") if printed else None
            patterns.append((re.compile("|".join(bodies)), before))
    return tuple(patterns)


def _chain(matches: Sequence[Match]) -> list[Match]:
    """The rows in their order: the chain of matches, each after the one before, that covers most words.

    n log n: the matches in the order in which they begin, and for each row the best chain that has ended by then. Equal
    covers are decided for the later, tighter chain: a sentence above the table may name its first rows.
    """
    matches = sorted(matches, key=lambda match: (match.start, match.row))
    rows = max((match.row for match in matches), default=0) + 1
    # The best of chains ended, with the place of its last match, over the rows before each, as a Fenwick tree.
    ended = [(0, -1)] * (rows + 1)
    waiting = sorted(range(len(matches)), key=lambda place: matches[place].end)
    done = 0
    best: list[tuple[int, int]] = []
    for match in matches:
        while done < len(waiting) and matches[waiting[done]].end <= match.start:
            place = waiting[done]
            mine = (best[place][0], place)
            row = matches[place].row + 1
            while row <= rows:
                ended[row] = max(ended[row], mine)
                row += row & -row
            done += 1
        before = (0, -1)
        row = match.row
        while row:
            before = max(before, ended[row])
            row &= row - 1
        best.append((before[0] + 1 + match.end - match.start, before[1]))
    if not best:
        return []
    here = max(range(len(best)), key=lambda place: best[place][0])
    chain = []
    while here >= 0:
        chain.append(matches[here])
        here = best[here][1]
    return chain[::-1]


def _end_of_last(text: Apart, match: Match) -> int:
    """Where the figures of the last row end: at the first words after them."""
    words = _WORDS.search(text.words, match.end)
    end = words.start() if words else len(text.words)
    while end > match.end and not text.words[end - 1].isdigit():
        end -= 1
    return end


def _across(form: Form, index: TableIndex, text: Apart) -> Flat:
    """Table four: all figures follow its last head."""
    table = index.table
    flat = Flat()
    wanted = [
        (f"{table.id}/{row.id}/{column.id}", column)
        for block in table.blocks
        for row in block.rows
        for column in block.columns
    ]
    heads = list(_heads(table).finditer(text.words))
    if len(heads) < len(table.blocks[0].columns):
        # Heads set vertically are broken over lines; the figures alone are believed where they add up.
        tokens = [token for line in _figure_lines(text) for token in line]
        if len(tokens) == len(wanted):
            _fill(form, wanted, tokens, text, flat, certain=False)
            if not flat.problems:
                flat.problems.append(message("read.by-order", table=table.id, count=len(tokens)))
            flat.used.update(text.lines[text.line_of(token.where)][0] for token in tokens)
            letters = set("".join(_own_words(table)))
            flat.used.update(position for position, line in text.lines if set(key_text(line.text)) <= letters)
        return flat
    last = Match(0, heads[-1].start(), heads[-1].end())
    end = _end_of_last(text, last)
    tokens = text.tokens(last, end)
    if not tokens:
        return flat
    slots, _ = _slots(text, tokens)
    _fill(form, wanted, tokens, text, flat, certain=len(slots) == len(wanted))
    _mark_used(index, text, heads[0].start(), tokens, flat)
    return flat


def _heads_in_another_order(table: Table, text: Apart, first: Match) -> bool:
    """Whether the column heads above the first row stand otherwise than in the form: then nobody knows which figure is
    whose. Heads of one level are compared, since a head over two lines is read level by level, and only by their full
    words: 其他 stands in 法人或其他组织 too.
    """
    above = text.words[max(0, first.start - HEAD) : first.start]
    for block in table.blocks:
        for level in (True, False):
            columns = [column for column in block.columns if bool(column.under) is level]
            words = [key_text(column.label.text) for column in columns]
            places = [above.rfind(word) for word in words if not level or len(word) > 2]
            found = [place for place in places if place >= 0]
            if found != sorted(found):
                return True
    return False


@lru_cache(maxsize=16)
def _heads(table: Table) -> re.Pattern[str]:
    words = {word for block in table.blocks for column in block.columns for word in keys(column.label)}
    return re.compile(
        "|".join("[^\\w]{0,3}".join(map(re.escape, word)) for word in sorted(words, key=len, reverse=True))
    )


def _by_order(form: Form, index: TableIndex, text: Apart, named: list[tuple[Row, Sequence[Column]]]) -> Flat:
    """Labels and figures apart: as many lines, or as many figures, as the table has, in its order."""
    table = index.table
    flat = Flat()
    everything = [(row, block.columns) for block in table.blocks for row in block.rows]
    usual = [pair for pair in everything if pair[0].id not in table.alternatives]
    replaced = {row for rows in table.alternatives.values() for row in rows}
    short = [pair for pair in everything if pair[0].id not in replaced]
    lines = _figure_lines(text)
    tokens = [token for line in lines for token in line]
    candidates = [rows for rows in (usual, named, short) if rows]
    for rows in candidates:
        if len(lines) == len(rows) and len(rows) > 1:
            for row, line in zip(rows, lines, strict=True):
                _enter(form, table, row, line, text, flat, certain=not _has_sums(form, table))
            break
        in_one_run = tokens and not _WORDS.search(text.text, tokens[0].where, tokens[-1].where)
        if len(tokens) == sum(len(columns) for _, columns in rows) and in_one_run:
            for row, line in zip(rows, _deal(form, table, rows, tokens), strict=True):
                _enter(form, table, row, line, text, flat, certain=not _has_sums(form, table))
            break
    else:
        return flat
    flat.problems.append(message("read.by-order", table=table.id, count=len(tokens)))
    _mark_used(index, text, tokens[0].at, tokens, flat)
    return flat


def _has_sums(form: Form, table: Table) -> bool:
    """Whether sums of this table can confirm what was assigned by order alone."""
    return any(identity.table == table.id and not identity.previous for identity in form.identities)


def _deal(
    form: Form, table: Table, rows: Sequence[tuple[Row, Sequence[Column]]], tokens: list[Figure]
) -> list[list[Figure]]:
    """Row by row, or column by column where more of the rows' sums hold that way."""
    by_row, start = [], 0
    for _, columns in rows:
        by_row.append(tokens[start : start + len(columns)])
        start += len(columns)
    width = len(rows[0][1])
    if any(len(columns) != width for _, columns in rows):
        return by_row
    by_column = [tokens[place :: len(rows)] for place in range(len(rows))]

    def holding(lines: list[list[Figure]]) -> int:
        count = 0
        for (row, columns), line in zip(rows, lines, strict=True):
            ids = tuple(f"{table.id}/{row.id}/{column.id}" for column in columns)
            values = cut([Token(token.text) for token in line], len(ids), ())
            count += values is not None and all(
                (values[total] or 0) == sum(values[place] or 0 for place in plus) for total, plus in sums(form, ids)
            )
        return count

    return by_column if holding(by_column) > holding(by_row) else by_row


def _figure_lines(text: Apart) -> list[list[Figure]]:
    """The lines that hold figures and nothing else."""
    at = {atom.where: atom.at for atom in text.atoms}
    lines: list[list[Figure]] = []
    offset = 0
    for line in text.text.split("\n"):
        if line.strip() and not _NO_FIGURE.search(line):
            pieces = [(offset + match.start(), match[0]) for match in _PIECE.finditer(line)]
            lines.append([Figure(at.get(where, 0), where, piece) for where, piece in pieces])
        offset += len(line) + 1
    return lines


def _mark_used(index: TableIndex, text: Apart, first: int, tokens: Sequence[Figure], flat: Flat) -> None:
    """The paragraphs from the table's first words to its last figure are table, not prose; so are its heads above."""
    begin = text.line_of(text.origin[first]) if first < len(text.origin) else text.line_of(tokens[0].where)
    end = max(begin, *(text.line_of(token.where) for token in tokens))
    while begin and _belongs(index, text.lines[begin - 1][1].text):
        begin -= 1
    while end + 1 < len(text.lines) and _belongs(index, text.lines[end + 1][1].text):
        end += 1
    flat.used.update(position for position, _ in text.lines[begin : end + 1])


def _belongs(index: TableIndex, line: str) -> bool:
    """A line of figures, or of nothing but the table's own words (heads, groups, the corner's sentence)."""
    rest = key_text(re.sub(r"\d", "", line))
    for word in _own_words(index.table):
        rest = rest.replace(word, "")
        if not rest:
            return True
    # A head set vertically, one or two characters a line.
    return not rest or (len(rest) <= 2 and len(line.strip()) <= 3 and any(rest in word for word in index.columns))


@lru_cache(maxsize=16)
def _own_words(table: Table) -> tuple[str, ...]:
    """All words of a table but its rows', the longest first."""
    labels = [label for block in table.blocks for label in (block.heading, block.row_heading) if label]
    for block in table.blocks:
        labels.extend(group for row in block.rows for group in row.under)
        labels.extend(group for column in block.columns for group in column.under)
        labels.extend(column.label for column in block.columns)
        if table.layout == "across":
            labels.extend(row.label for row in block.rows)
    words = {key_text(text) for label in labels for text in label.all} | {key_text(table.corner or "")} - {""}
    return tuple(sorted(words - {""}, key=len, reverse=True))
