"""Words of columns and cells to what they mean, compared without spaces, line breaks, punctuation, case and numbers."""

import re
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from gongkai.documents.register.compared import bare, comparable, normal, without_remarks
from gongkai.documents.register.mapping import Mapping
from gongkai.rulebook.load.register import RegisterWords, register_words

_PIECES = re.compile(
    r"[(（][一二三四五六七八九十]{1,2}[)）]|[一二三四五六七]、|\d{1,2}[.．、]|[()（）\[\]【】\-—–:：/／>＞→,，;；\n]"
)


_JOINED = 1000
"""Rank of columns whose one heading says both the group and the word below it (行政诉讼判决日期)."""


class Found(NamedTuple):
    """What a column is about. The ``rank`` tells which counts where several columns are about the same: the lowest."""

    concept: str
    rank: int


class Names:
    """The words of the rulebook and of a mapping, by their comparable form."""

    def __init__(self, mapping: Mapping | None = None, words: RegisterWords | None = None) -> None:
        words = words or register_words()
        mapping = mapping or Mapping()
        self.words = words
        self._own = {comparable(word): Found(concept, -1) for word, concept in mapping.columns.items()}
        self._columns: dict[str, Found] = {}
        self._short: dict[tuple[str, str], Found] = {}
        for concept, long, group, short in words.columns:
            for rank, word in enumerate(long):
                self._columns.setdefault(comparable(word), Found(concept, rank))
            for rank, word in enumerate(short):
                self._short.setdefault((str(group), comparable(word)), Found(concept, rank))
        for concept, _, group, short in words.columns:
            for rank, word in enumerate(short):
                for above in words.groups[str(group)]:
                    self._columns.setdefault(comparable(above + word), Found(concept, _JOINED + rank))
        means = {word: found.concept for word, found in self._columns.items()}
        self._bare = {word for (_, word), found in self._short.items() if means.get(word) != found.concept}
        self._groups = {comparable(word): group for group, names in words.groups.items() for word in names}
        self._neutral = set(map(comparable, words.neutral))
        self._sums, self._notes = set(map(comparable, words.sums)), tuple(map(comparable, words.notes))
        self._issuers = set(map(comparable, words.issuer))
        self._values = {
            field: {comparable(word): meaning for meaning, given in found.words.items() for word in given}
            | {comparable(word): meaning for word, meaning in mapping.values.get(field, {}).items()}
            for field, found in words.fields.items()
        }
        self._vague = {field: set(map(comparable, found.vague)) for field, found in words.fields.items()}

    def column(self, levels: Sequence[str]) -> Found | None:
        """What a column is about, by the texts of its header from the top row to the lowest.

        A word that means something else under another heading (收到日期 below 第三方) counts only where what stands
        above it is known.
        """
        return self._column(tuple(map(comparable, levels))) or self._column(
            tuple(comparable(without_remarks(level)) for level in levels)
        )

    def _column(self, levels: tuple[str, ...]) -> Found | None:
        levels = tuple(level for level in levels if level)
        if not levels:
            return None
        *above, last = levels
        telling = [each for each in above if each not in self._neutral]
        joined = "".join((*telling, last))
        for word in (joined, last):
            if word in self._own:
                return self._own[word]
        if telling and (group := self._groups.get(telling[-1])) and (found := self._short.get((group, last))):
            return found
        if joined in self._columns:
            return self._columns[joined]
        return self._columns.get(last) if last not in self._bare else None

    def value(self, field: str, text: str) -> str | None:
        """What a cell of a field means; ``None`` for a word that nobody knows, or that could mean several things.

        「（三）不予公开 1.属于国家秘密」 and 「不予公开（属于国家秘密）」 mean what their last piece means.
        """
        known, vague = self._values[field], self._vague[field]
        whole = comparable(text)
        if whole in known:
            return known[whole]
        pieces = [piece for piece in map(comparable, _PIECES.split(normal(text))) if piece]
        found = {known[piece] for piece in pieces if piece in known}
        if len(found) == 1 and all(piece in known or piece in vague for piece in pieces):
            return found.pop()
        return next((known[rest] for group in vague if (rest := whole.removeprefix(group)) in known), None)

    def is_vague(self, field: str, text: str) -> bool:
        """Whether a cell holds a word too wide to have one meaning: 不予公开 without saying why."""
        return comparable(text) in self._vague[field]

    def usual(self, field: str) -> tuple[str, ...]:
        """The usual word of each meaning of a field, for messages."""
        return tuple(bare(given[0]) for given in self.words.fields[field].words.values())

    def is_sum(self, text: str) -> bool:
        """Whether a text begins a row of sums (合计)."""
        return comparable(text) in self._sums

    def is_note(self, text: str) -> bool:
        """Whether a text begins a note below the table (注：…, 填表人：…)."""
        return any(self._begins(text, note) for note in self._notes)

    def issuer(self, rows: Iterable[Sequence[str]]) -> str | None:
        """The agency named above a header: 填报单位：…, or 填报单位 with the name in the next cell that is filled."""
        for row in rows:
            filled = [text for text in row if text.strip()]
            for place, text in enumerate(filled):
                head, colon, name = re.sub("：", ":", text).partition(":")
                if comparable(head) in self._issuers:
                    name = name if colon and name.strip() else next(iter(filled[place + 1 :]), "")
                    name = without_remarks(name)
                    return name.split()[0] if name.strip() else None
        return None

    @staticmethod
    def _begins(text: str, note: str) -> bool:
        head = normal(text).lstrip()[: len(note) + 3]
        return comparable(re.split(r"[:：]", head)[0]) == note
