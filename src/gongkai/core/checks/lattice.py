"""Integer points of a polyhedron: all ways to fill a few cells that the sums do not fix one by one.

Fourier–Motzkin elimination: the last unknown is dropped by adding every lower bound of it to every upper
bound; what remains bounds the others. It grows fast with the unknowns, of which a repair has at most five.
"""

from collections.abc import Callable, Iterator, Sequence
from itertools import count
from typing import NamedTuple


class Inequality(NamedTuple):
    """Σ coefficients · y + constant ≥ 0."""

    coefficients: tuple[int, ...]
    constant: int


def points(inequalities: Sequence[Inequality], unknowns: int, step: Callable[[], None]) -> Iterator[tuple[int, ...]]:
    """Yield every integer point, in ascending order of its coordinates.

    Each inequality has one coefficient for each of the ``unknowns``, and each unknown must be bounded
    below, as by y ≥ 0. The points of an unbounded polyhedron never end: take as many as needed. ``step`` is
    called for each value tried for an unknown, also where it leads to no point, and ends the work by
    raising.
    """
    if not unknowns:
        if all(inequality.constant >= 0 for inequality in inequalities):
            yield ()
        return
    lower = [inequality for inequality in inequalities if inequality.coefficients[-1] > 0]
    upper = [inequality for inequality in inequalities if inequality.coefficients[-1] < 0]
    # A dictionary drops repetitions and keeps the order.
    rest = dict.fromkeys(
        Inequality(inequality.coefficients[:-1], inequality.constant)
        for inequality in inequalities
        if not inequality.coefficients[-1]
    )
    rest.update(dict.fromkeys(_sum(low, high) for low in lower for high in upper))
    for point in points(list(rest), unknowns - 1, step):
        first = max(-(_left(low, point) // low.coefficients[-1]) for low in lower)
        last = min((_left(high, point) // -high.coefficients[-1] for high in upper), default=None)
        for y in count(first) if last is None else range(first, last + 1):
            step()
            yield (*point, y)


def _sum(low: Inequality, high: Inequality) -> Inequality:
    """The two inequalities weighted so that the last unknown cancels, without it."""
    a, b = -high.coefficients[-1], low.coefficients[-1]
    pairs = zip(low.coefficients[:-1], high.coefficients[:-1], strict=True)
    return Inequality(tuple(a * x + b * y for x, y in pairs), a * low.constant + b * high.constant)


def _left(inequality: Inequality, point: tuple[int, ...]) -> int:
    """Its left side without the last unknown."""
    pairs = zip(inequality.coefficients[:-1], point, strict=True)
    return sum(x * y for x, y in pairs) + inequality.constant
