"""What a register gives: the plain lines that the ledger imports, and why others cannot be."""

from typing import Any, NamedTuple

from gongkai.core.message import Message


class Line(NamedTuple):
    """A request in the product's own plain form; ``place``: the line, or the row of the sheet, counted from 1.

    ``data``: ``number``, ``agency``, ``applicant`` (``kind``, ``name``), ``channel``, ``subject``, ``received_on``,
    ``events`` (plain events), and ``recorded`` where the register says since when the receipt was known.
    """

    place: int
    data: dict[str, Any]


class Problem(NamedTuple):
    """Why a line or row was refused; its ``message`` names column and sheet, and what to do."""

    place: int
    message: Message


class Register(NamedTuple):
    """A register read. Nothing of a refused row is among ``lines``.

    ``unread``: columns with content that are no part of a request, or of which another one was taken.
    """

    lines: tuple[Line, ...]
    problems: tuple[Problem, ...]
    unread: tuple[str, ...] = ()
