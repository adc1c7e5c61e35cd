"""A sheet of a register as rows of texts, whatever file it came from."""

from collections.abc import Sequence
from typing import NamedTuple

Merge = tuple[tuple[int, int], tuple[int, int]]
"""A merged range: first and last (row, column), both within it, counted from 0."""


class Overlapping(ValueError):
    """Merged ranges cover more slots than a sheet may have."""


class Sheet(NamedTuple):
    """``name`` is "" in a CSV. ``unsaved``: (row, column) of formulas without a result, read as blank.

    ``torn``: rows in which the file's characters could not be decoded.
    """

    name: str
    rows: list[list[str]]
    merges: Sequence[Merge] = ()
    unsaved: frozenset[tuple[int, int]] = frozenset()
    torn: frozenset[int] = frozenset()
