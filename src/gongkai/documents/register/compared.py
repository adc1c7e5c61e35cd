"""How words of registers are compared and shown: without spaces, punctuation, case, leading numbers and remarks."""

import re
import unicodedata
from functools import lru_cache

from gongkai.documents.read.recognise.labels import key
from gongkai.documents.register.limits import MAX_QUOTED

_REMARK = re.compile(r"[(（\[【〔][^()（）\[\]【】〔〕]*[)）\]】〕]")
_NUMBER = re.compile(r"^(?:[（(][一二三四五六七八九十]{1,2}[）)]|\d{1,2}[.．、])")


@lru_cache(maxsize=8192)
def comparable(text: str) -> str:
    """The form in which words are compared; ``""`` for what is no word."""
    return key(normal(text)).casefold()


def shortened(text: str) -> str:
    """A text as messages quote it."""
    return text if len(text) <= MAX_QUOTED else f"{text[:MAX_QUOTED]}…"


def normal(text: str) -> str:
    """Full-width letters and digits as plain ones."""
    return unicodedata.normalize("NFKC", text)


def without_remarks(text: str) -> str:
    """A text without what stands in brackets."""
    return _REMARK.sub("", text)


def bare(label: str) -> str:
    """A printed label without its number and its remark."""
    return _NUMBER.sub("", without_remarks(label) or label)
