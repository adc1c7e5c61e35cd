"""Which form a report is on: told by the words of its tables, never by its year."""

from collections.abc import Sequence
from functools import lru_cache

from gongkai.core.tables.form import Form
from gongkai.documents.read.recognise.index import table_indexes
from gongkai.documents.read.recognise.labels import GridWords, key_text
from gongkai.documents.read.source import Block, Grid, Paragraph


def detect(forms: tuple[Form, ...], blocks: Sequence[Block], keyed: GridWords) -> Form:
    """The form most of whose own words (those that no other form has) stand in the tables; the newest of equals."""
    words: set[str] = set()
    for block in blocks:
        if isinstance(block, Grid):
            words.update(keyed.of(block.texts))
    own = _own_words(forms)
    counts = [len(own[place] & words) for place in range(len(forms))]
    if not any(counts):
        text = key_text("".join(block.text for block in blocks if isinstance(block, Paragraph)))
        counts = [sum(1 for word in own[place] if word in text) for place in range(len(forms))]
    return forms[counts.index(max(counts))]


@lru_cache(maxsize=4)
def _own_words(forms: tuple[Form, ...]) -> tuple[frozenset[str], ...]:
    every = [
        frozenset(
            word
            for table in table_indexes(form)
            for word in (*table.rows, *table.columns, *table.headings)
            if len(word) > 2
        )
        for form in forms
    ]
    return tuple(words - frozenset().union(*(other for other in every if other is not words)) for words in every)
