"""Rulings into frames: the ruled skeleton of a table, with the cells that its lines leave."""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from gongkai.documents.read.limits import MAX_PDF_CROSSINGS
from gongkai.documents.read.pdf.drawing import Ruling

_SAME = 3.0
"""Lines at most this far apart (points) are one: double lines, and pieces drawn cell by cell that do not quite meet."""

_OVERHANG = 8.0
"""A line reaching this far past the outermost crossing line shows a table open on that side."""

_SAME_EDGE = 4.0
"""Edges at most this far apart are those of one table on two pages."""

_SHORTEST = 4.0
_MOST = 50
"""Tables on a page; beyond these the smallest are ornaments."""


@dataclass(frozen=True, slots=True)
class Frame:
    """A ruled table on a page: ``xs`` and ``ys`` its lines, ``slots[row][column]`` the number of the cell there.

    ``scrap``: too little to be a table by itself; it may be what a page break left of one.
    """

    xs: list[float]
    ys: list[float]
    slots: list[list[int]]
    scrap: bool = False

    @property
    def area(self) -> float:
        """Its surface, in square points."""
        return (self.xs[-1] - self.xs[0]) * (self.ys[-1] - self.ys[0])

    def cell_at(self, x: float, y: float) -> int | None:
        """The cell that covers a point, ``None`` outside the frame."""
        if not (self.xs[0] <= x < self.xs[-1] and self.ys[0] <= y < self.ys[-1]):
            return None
        return self.slots[bisect_right(self.ys, y) - 1][bisect_right(self.xs, x) - 1]


def frames(horizontal: Sequence[Ruling], vertical: Sequence[Ruling]) -> list[Frame]:
    """The ruled tables of a page, the smallest first.

    A table needs at least two rows and two columns, or four columns in one row (the last row of a table that a page
    break cut off). So underlines, the rule of a running head and boxes round a paragraph are none; what has two columns
    all the same is a scrap. A page with more rulings than any report has is a drawing.
    """
    across, down = _merged(horizontal), _merged(vertical)
    if len(across) * len(down) > MAX_PDF_CROSSINGS:
        return []
    found = [_frame(hs, vs) for hs, vs in _connected(across, down)]
    return sorted((frame for frame in found if frame is not None), key=lambda frame: frame.area)[-_MOST:]


def without_scraps(pages: Sequence[Sequence[Frame]]) -> list[list[Frame]]:
    """The tables of each page. A scrap is one where it is the highest frame of its page and goes on from the lowest of
    the page before, or the other way round, with the same outer edges and no column of its own.
    """
    kept = [[frame for frame in page if not frame.scrap] for page in pages]
    for here, page in enumerate(pages):
        if not page:
            continue
        top, foot = min(page, key=lambda frame: frame.ys[0]), max(page, key=lambda frame: frame.ys[-1])
        before = max(kept[here - 1], key=lambda frame: frame.ys[-1], default=None) if here else None
        after = min(kept[here + 1], key=lambda frame: frame.ys[0], default=None) if here + 1 < len(pages) else None
        for scrap, table in ((top, before), (foot, after)):
            if scrap.scrap and table and _continues(table, scrap):
                kept[here] = sorted([*kept[here], scrap], key=lambda frame: frame.area)
                break
    return kept


def _continues(table: Frame, scrap: Frame) -> bool:
    outer = ((table.xs[0], scrap.xs[0]), (table.xs[-1], scrap.xs[-1]))
    return all(abs(one - other) <= _SAME_EDGE for one, other in outer) and all(
        min(abs(x - other) for other in table.xs) <= _SAME_EDGE for x in scrap.xs
    )


def _merged(pieces: Iterable[Ruling]) -> list[Ruling]:
    """Pieces of one line joined, also where dots, dashes or the corners of cells leave small gaps."""
    merged: list[Ruling] = []
    group: list[Ruling] = []

    def close() -> None:
        group.sort(key=lambda piece: piece.lo)
        joined: list[list[Ruling]] = []
        end = 0.0
        for piece in group:
            if joined and piece.lo - end <= _SAME:
                joined[-1].append(piece)
                end = max(end, piece.hi)
            else:
                joined.append([piece])
                end = piece.hi
        for run in joined:
            lo, hi = min(piece.lo for piece in run), max(piece.hi for piece in run)
            if hi - lo >= _SHORTEST:
                merged.append(Ruling(sum(piece.at for piece in run) / len(run), lo, hi))

    for piece in sorted(pieces):
        if group and piece.at - group[0].at > _SAME * 0.8:
            close()
            group = []
        group.append(piece)
    close()
    return merged


def _connected(across: list[Ruling], down: list[Ruling]) -> list[tuple[list[Ruling], list[Ruling]]]:
    """Lines that touch each other, directly or through others: one group for each drawing."""
    parent = list(range(len(across) + len(down)))

    def root(node: int) -> int:
        while parent[node] != node:
            parent[node] = node = parent[parent[node]]
        return node

    for v, upright in enumerate(down, start=len(across)):
        for h, level in enumerate(across):
            if (
                upright.lo - _SAME <= level.at <= upright.hi + _SAME
                and level.lo - _SAME <= upright.at <= level.hi + _SAME
            ):
                parent[root(h)] = root(v)
    groups: dict[int, tuple[list[Ruling], list[Ruling]]] = defaultdict(lambda: ([], []))
    for h, level in enumerate(across):
        groups[root(h)][0].append(level)
    for v, upright in enumerate(down, start=len(across)):
        groups[root(v)][1].append(upright)
    return [(hs, vs) for hs, vs in groups.values() if hs and vs]


def _frame(across: list[Ruling], down: list[Ruling]) -> Frame | None:
    xs = _with_open_sides(_positions(down), across)
    ys = _with_open_sides(_positions(across), down)
    rows, columns = len(ys) - 1, len(xs) - 1
    if rows < 1 or columns < 2:
        return None
    walls = _covered(down, xs, ys)
    floors = _covered(across, ys, xs)
    slots = _cells(rows, columns, walls, floors)
    return Frame(xs, ys, slots, scrap=len({cell for row in slots for cell in row}) < 4)


def _positions(rulings: list[Ruling]) -> list[float]:
    """The distinct places of some parallel lines."""
    groups: list[list[float]] = []
    for at in sorted(ruling.at for ruling in rulings):
        if groups and at - groups[-1][0] <= _SAME:
            groups[-1].append(at)
        else:
            groups.append([at])
    return [sum(group) / len(group) for group in groups]


def _with_open_sides(positions: list[float], crossing: list[Ruling]) -> list[float]:
    """The places, and the ends of the crossing lines where at least two of them reach well past the outermost place."""
    starts = sorted(ruling.lo for ruling in crossing)
    ends = sorted((ruling.hi for ruling in crossing), reverse=True)
    result = list(positions)
    if len(starts) > 1 and positions[0] - starts[1] > _OVERHANG:
        result.insert(0, starts[0])
    if len(ends) > 1 and ends[1] - positions[-1] > _OVERHANG:
        result.append(ends[0])
    return result


def _covered(rulings: list[Ruling], places: list[float], steps: list[float]) -> list[list[bool]]:
    """``[place][step]``: whether a line at this place covers most of the way from one step to the next."""
    table = [[False] * (len(steps) - 1) for _ in places]
    for ruling in rulings:
        place = min(range(len(places)), key=lambda index: abs(places[index] - ruling.at))
        for step in range(len(steps) - 1):
            low, high = steps[step], steps[step + 1]
            if min(ruling.hi, high) - max(ruling.lo, low) >= 0.6 * (high - low):
                table[place][step] = True
    return table


def _cells(rows: int, columns: int, walls: list[list[bool]], floors: list[list[bool]]) -> list[list[int]]:
    """Slots joined where no line parts them, numbered in reading order."""
    parent = list(range(rows * columns))

    def root(node: int) -> int:
        while parent[node] != node:
            parent[node] = node = parent[parent[node]]
        return node

    for row in range(rows):
        for column in range(columns):
            here = row * columns + column
            if column + 1 < columns and not walls[column + 1][row]:
                parent[root(here + 1)] = root(here)
            if row + 1 < rows and not floors[row + 1][column]:
                parent[root(here + columns)] = root(here)
    numbers: dict[int, int] = {}
    return [
        [numbers.setdefault(root(row * columns + column), len(numbers)) for column in range(columns)]
        for row in range(rows)
    ]
