"""Reads ``rulebook/cn/review``: through which grades a content goes before it leaves."""

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import cast, get_args

from gongkai.core.message import message
from gongkai.core.review.review import Chain, Grade
from gongkai.rulebook.load.fields import Fields
from gongkai.rulebook.load.toml import read_toml

FILE = Path(__file__).parent.parent / "cn" / "review" / "chains.toml"
KINDS = ("reply", "item", "report")
"""What goes out: 答复, 主动公开信息, 年度报告."""


@cache
def chains() -> Mapping[str, Chain]:
    """The chain of each kind. Raises ``RulebookError`` for a broken file."""
    return load(FILE)


def load(file: Path) -> dict[str, Chain]:
    """Read a file of chains: every kind has at least one grade, none twice."""
    top = Fields(file.name, read_toml(file))
    top.text("source")
    found: dict[str, Chain] = {}
    for kind in KINDS:
        grades = top.texts(kind)
        for grade in grades:
            if grade not in get_args(Grade):
                top.fail(kind, message("rulebook.no-choice", allowed=get_args(Grade), found=repr(grade)))
        if not grades:
            top.fail(kind, message("rulebook.no-grade"))
        found[kind] = cast(Chain, grades)
    top.done()
    return found
