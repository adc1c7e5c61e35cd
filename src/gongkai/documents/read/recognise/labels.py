"""Compares printed labels with those of a form: without spaces, punctuation and leading numbers."""

import re
from collections.abc import Iterable
from functools import lru_cache

from gongkai.core.tables.form import Label
from gongkai.documents.read.recognise.figures import is_figure_like

_NUMBER = re.compile(
    r"^(?:第?[一二三四五六七八九十]{1,3}(?:部分)?[、.．,，:：]|第[一二三四五六七八九十]{1,3}(?:部分|章|节)|[（(﹙][一二三四五六七八九十\d]{1,2}[）)﹚]|[①-⑳]|\d{1,2}[、.．,，)）]|\d{1,2}(?=[^\W\d_]))+"
)
_PRINTED_UNIT = re.compile(r"(?<=金额)单位?(?:亿元|万元|元)$")
_NOISE = re.compile(r"[\W_]+")


@lru_cache(maxsize=8192)
def key(text: str) -> str:
    """The comparable form of a label: ``"（五）不予\\n处理"`` and ``"五、不予处理："`` both give ``"不予处理"``."""
    if len(text) > 120:
        return ""
    plain = "".join(text.split())
    plain = _NUMBER.sub("", plain, count=1)
    return _PRINTED_UNIT.sub("", _NOISE.sub("", plain)).replace("其它", "其他")


class GridWords:
    """The comparable words of grids' cells (``""`` for a figure), made once for all that look at them."""

    def __init__(self) -> None:
        self._made: dict[int, list[str]] = {}

    def of(self, texts: list[str]) -> list[str]:
        """Parallel to a grid's ``texts``; pieces of one grid share them."""
        words = self._made.get(id(texts))
        if words is None:
            words = ["" if is_figure_like(text) else key(text) for text in texts]
            self._made[id(texts)] = words
        return words


def key_text(text: str) -> str:
    """A long text in the comparable form of labels, its numbers kept."""
    return _NOISE.sub("", text)


def number(text: str) -> str:
    """The leading number of a label as printed (``"三、"``, ``"（二）"``, ``"3."``), or ``""``."""
    match = _NUMBER.match("".join(text.split()))
    return match[0] if match else ""


def keys(label: Label) -> Iterable[str]:
    """The comparable forms of a label and its variants, each once, official first."""
    return dict.fromkeys(key(text) for text in label.all)


@lru_cache(maxsize=4096)
def last_key(text: str) -> str:
    """The comparable form of the last numbered piece of a label: ``"（六）其他处理3.其他"`` gives ``"其他"``."""
    return key(_INNER.split(text)[-1])


_INNER = re.compile(r"[（(][一二三四五六七八九十]{1,2}[）)]|\d{1,2}[.．、]|[一二三四]、")
