"""The lower bounds of a repair: never more than what suffices, and not less than what is plain to see."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gongkai.core.checks.bound import MANY, Sum, exceeds, packing

cells = st.dictionaries(st.integers(0, 7), st.sampled_from((1, -1)), min_size=1, max_size=3)
"""One cell: the sums it stands in, with its sign."""


@settings(max_examples=500, deadline=None, derandomize=True)
@given(st.lists(st.tuples(cells, st.integers(-3, 3)), min_size=1, max_size=12))
def test_no_bound_exceeds_a_repair_that_exists(columns: list[tuple[dict[int, int], int]]) -> None:
    """Cells with the change that mends all sums: so many cells suffice."""
    broken: list[Sum] = []
    for number in range(8):
        plus = sum(1 << i for i, (signs, _) in enumerate(columns) if signs.get(number) == 1)
        minus = sum(1 << i for i, (signs, _) in enumerate(columns) if signs.get(number) == -1)
        residual = -sum(signs.get(number, 0) * change for signs, change in columns)
        if residual:
            broken.append((plus, minus, residual))
    suffice = sum(change != 0 for _, change in columns)
    assert packing(plus | minus for plus, minus, _ in broken) <= suffice
    assert not exceeds(broken, suffice)


def grid(across: list[int], down: list[int]) -> list[Sum]:
    """Rows and columns of entries, each with its residual."""
    width = len(down)
    rows = [(sum(1 << (r * width + c) for c in range(width)), 0, residual) for r, residual in enumerate(across)]
    columns = [(sum(1 << (r * width + c) for r in range(len(across))), 0, residual) for c, residual in enumerate(down)]
    return rows + columns


@pytest.mark.parametrize(
    ("across", "down", "needed"),
    [
        ([1, 2, 4], [7], 3),
        ([1, 2, 4], [3, 3, 1], 4),  # 1 = 1 and 2 + 4 = 3 + 3
        ([1, 2, 4], [5, 2], 3),  # 2 = 2 and 1 + 4 = 5
        ([5, 5, 5], [5, 5, 5], 3),
        ([1, 10, 100], [20, 31, 60], 5),
    ],
)
def test_groups_of_sums_that_cancel_out_need_one_cell_less_each(
    across: list[int], down: list[int], needed: int
) -> None:
    assert exceeds(grid(across, down), needed - 1)
    assert not exceeds(grid(across, down), needed)


@pytest.mark.parametrize(
    "broken",
    [
        [(0b1, 0, -1), (0b1, 0, -1), (0, 0b1, 1)],  # one cell in three sums
        [(0b11, 0, -1), (0b01, 0b10, 1)],  # two cells that ask for different signs: the second suffices
        [(0b11, 0, -1), (0b01, 0b10, -1)],  # the first suffices
    ],
)
def test_sums_that_fit_with_no_sign_are_passed_over(broken: list[Sum]) -> None:
    assert not exceeds(broken, 1)


def test_sums_without_a_common_cell_need_one_each() -> None:
    apart = [(0b1, 0b10, 3), (0b100, 0b1000, -3), (0b10000, 0, 1)]
    assert packing(plus | minus for plus, minus, _ in apart) == 3


def test_of_very_many_sums_the_groups_are_only_estimated() -> None:
    powers = [3**n for n in range(MANY)]
    assumed = (MANY + 1) // 3
    assert exceeds(grid(powers, [sum(powers)]), MANY - assumed)
    assert not exceeds(grid(powers, [sum(powers)]), MANY + 1 - assumed)
