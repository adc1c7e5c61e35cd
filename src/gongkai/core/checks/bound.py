"""Lower bounds of the cells that must still change, so that a search need not try what cannot suffice.

A sum is given as its cells with a positive and with a negative coefficient, as bit sets (bit i is cell i), and the
residual that is to vanish.
"""

from collections import Counter
from collections.abc import Iterable, Sequence

MANY = 9
"""Residuals up to which all their groups are tried; beyond, as many groups are assumed as could be."""

Sum = tuple[int, int, int]


def packing(needs: Iterable[int]) -> int:
    """Sets of which each needs a cell: those that share none each need one of their own."""
    count = taken = 0
    for need in sorted(needs, key=int.bit_count):
        if not need & taken:
            count += 1
            taken |= need
    return count


def exceeds(sums: Sequence[Sum], budget: int) -> bool:
    """Whether broken sums with coefficients ±1 are proven to need more cells than the budget.

    Take sums as points and cells as the lines between them. Where no cell is in more than two sums, fewer cells
    than sums can mend a connected group only as a tree in which every cell joins two sums. What a cell adds to one
    sum it then takes from the other, up to the sums' signs, so the residuals of such a group cancel out. So at
    least as many cells are needed as there are sums, less the groups that cancel out. Sums that do not fit are
    left out.
    """
    residuals = _signed(list(sums))
    spare = len(residuals) - budget
    return spare > 0 and _groups(residuals, spare) < spare


def _signed(sums: list[Sum]) -> list[int]:
    """Residuals of the sums, each with a sign such that no cell is in two of them with the same sign.

    A sum that fits with neither sign is passed over, so no cell is in more than two.
    """
    residuals = []
    positive = negative = 0
    while sums:
        met = positive | negative
        chosen = next((sum for sum in sums if (sum[0] | sum[1]) & met), sums[0])
        sums.remove(chosen)
        plus, minus, residual = chosen
        if plus & positive or minus & negative:
            if plus & negative or minus & positive:
                continue
            plus, minus, residual = minus, plus, -residual
        positive |= plus
        negative |= minus
        residuals.append(residual)
    return residuals


def _groups(residuals: Sequence[int], enough: int) -> int:
    """Into how many groups that cancel out the residuals can fall at most, counted no further than is enough."""
    counts = Counter(residuals)
    # Two that cancel out may always be taken as a group: no division into groups has more without it.
    pairs = {value: min(count, counts[-value]) for value, count in counts.items()}
    groups = sum(pairs.values()) // 2
    rest = [value for value, count in counts.items() for _ in range(count - pairs[value])]
    if groups >= enough or len(rest) < 3:
        return groups
    if len(rest) > MANY:
        return groups + len(rest) // 3
    totals, most = [0], [0]
    for subset in range(1, 1 << len(rest)):
        lowest = subset & -subset
        totals.append(totals[subset ^ lowest] + rest[lowest.bit_length() - 1])
        best, left = 0, subset
        while left:
            bit = left & -left
            left ^= bit
            best = max(best, most[subset ^ bit])
        most.append(best + (totals[subset] == 0))
    return groups + most[-1]
