"""Compares printed labels with those of a form: without spaces, punctuation and leading numbers."""

import re
from collections.abc import Iterable
from functools import lru_cache

from gongkai.core.tables.form import Label
from gongkai.documents.read.recognise.figures import LONGEST, is_figure_like

_NUMBER = re.compile(
    r"^(?:第?[一二三四五六七八九十]{1,3}(?:部分)?[、.．,，:：]|第[一二三四五六七八九十]{1,3}(?:部分|章|节)|[（(﹙][一二三四五六七八九十\d]{1,2}[）)﹚]|[①-⑳]|\d{1,2}[、.．,，)）]|\d{1,2}(?=[^\W\d_]))+"
)
_PRINTED_UNIT = re.compile(r"(?<=金额)(?:单位)?(?:亿元|万元|元)$")
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
    """What the labels of grids say, made once for all that look at them; pieces of one grid share its texts."""

    def __init__(self) -> None:
        self._made: dict[int, tuple[tuple[str, ...], tuple[str, ...]]] = {}

    def shape(self, texts: list[str]) -> tuple[str, ...]:
        """A grid's texts with ``"0"`` for every plain number: what the same table in another report has too."""
        return self._of(texts)[0]

    def of(self, texts: list[str]) -> tuple[str, ...]:
        """The comparable words of a grid's cells, parallel to its texts; ``""`` for a figure."""
        return self._of(texts)[1]

    def _of(self, texts: list[str]) -> tuple[tuple[str, ...], tuple[str, ...]]:
        made = self._made.get(id(texts))
        if made is None:
            shape = tuple(["0" if text.isdigit() and len(text) <= LONGEST else text for text in texts])
            made = self._made[id(texts)] = shape, words_of(shape)
        return made


@lru_cache(maxsize=256)
def words_of(shape: tuple[str, ...]) -> tuple[str, ...]:
    """The comparable words of the cells of a ``shape``."""
    return tuple(["" if is_figure_like(text) else key(text) for text in shape])


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
