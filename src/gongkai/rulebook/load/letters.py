"""Reads ``rulebook/cn/letters``: the fixed sentences of the official letters (文书), one letter a file.

Every sentence has exactly the gaps that the letter fills, so that none is printed with a hole and no fact is left out.
A fault names the file, the key and what is wrong with it.
"""

import string
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import NamedTuple, get_args

from gongkai.core.law.outcomes import Answer, Outcomes
from gongkai.core.ledger.events import Channel
from gongkai.core.message import message
from gongkai.rulebook.load.compiled import compiled
from gongkai.rulebook.load.fields import Fields
from gongkai.rulebook.load.outcomes import outcomes
from gongkai.rulebook.load.toml import read_toml

FOLDER = Path(__file__).parent.parent / "cn" / "letters"

Gaps = Mapping[str, tuple[str, ...]]
"""The sentences of a file, and the gaps of each."""

COMMON: Gaps = {
    "person": (),
    "organisation": (),
    "facts": ("on", "you", "register", "content"),
    "item": ("number", "text"),
    "provisional": ("date",),
    "attachments": (),
    "contact": ("contact",),
    "note": ("note",),
}
RECEIPT: Gaps = {
    "title": ("organ",),
    "registered": ("you", "channel", "register"),
    "content": ("content",),
    "received": ("on", "rule"),
    "due": ("due",),
    "reckoning": (),
    "changes": (),
    "query": ("code",),
}
CORRECTION: Gaps = {"title": ("organ",), "unclear": (), "until": ("you", "until"), "silence": (), "clock": ()}
EXTENSION: Gaps = {"title": ("organ",), "old": ("old", "days"), "reason": ("reason",), "new": ("new",)}
REPLY: Gaps = {
    "answered": ("basis",),
    "both": ("basis", "further"),
    "withheld": ("part", "ground"),
    "online": ("address",),
}
_NO_GAP = frozenset({"reason_each"})
"""Elements that only lead to what follows: the parts withheld have their reasons below."""


class ChannelWords(NamedTuple):
    """A channel as the receipt names it, and by which rule it decides the day of receipt (Art. 31)."""

    name: str
    rule: str


@dataclass(frozen=True)
class Words:
    """The sentences of one file by their keys, and its legal ``source``; ``document``: its number among the 文书."""

    source: str
    sentences: Mapping[str, str]
    document: str | None = None

    def __call__(self, name: str, /, **filled: object) -> str:
        """A sentence with its gaps filled."""
        return self.sentences[name].format(**filled)


@dataclass(frozen=True)
class AnswerWords:
    """One kind of reply: title, ``basis`` (``None``: the clerk cites it), decision, a sentence for each element.

    ``part``: what a partial answer says of a part withheld on this ground; ``None`` where it is none.
    """

    source: str
    document: str | None
    title: str
    basis: str | None
    decision: str
    part: str | None
    elements: Mapping[str, str]


@dataclass(frozen=True)
class Letters:
    """The words of all letters."""

    common: Words
    receipt: Words
    channels: Mapping[str, ChannelWords]
    correction: Words
    extension: Words
    reply: Words
    answers: Mapping[str, AnswerWords]


@cache
def letters() -> Letters:
    """The letters of the rulebook. Raises ``RulebookError`` for a broken file."""
    files = [Path(__file__), *FOLDER.glob("*.toml")]
    return compiled("letters", files, lambda: load(FOLDER, outcomes()))


def load(folder: Path, known: Outcomes) -> Letters:
    """Read a folder of letters, with one reply for each of the ``known`` answers."""
    top = _open(folder, "receipt")
    channels = _channels(top.table("channels"))
    return Letters(
        common=_words(_open(folder, "common"), COMMON),
        receipt=_words(top, RECEIPT, numbered=True),
        channels=channels,
        correction=_words(_open(folder, "correction-notice"), CORRECTION, numbered=True),
        extension=_words(_open(folder, "extension-notice"), EXTENSION, numbered=True),
        reply=_words(_open(folder, "reply"), REPLY),
        answers={each.code: _answer(_open(folder, f"reply-{each.code}"), each) for each in known.answers},
    )


def _open(folder: Path, name: str) -> Fields:
    file = folder / f"{name}.toml"
    return Fields(file.name, read_toml(file))


def _words(top: Fields, gaps: Gaps, *, numbered: bool = False) -> Words:
    source, document = top.text("source"), top.text("document") if numbered else None
    sentences = {name: _sentence(top, name, wanted) for name, wanted in gaps.items()}
    top.done()
    return Words(source, sentences, document)


def _channels(fields: Fields) -> dict[str, ChannelWords]:
    channels = {}
    for channel in get_args(Channel):
        words = fields.table(channel)
        channels[channel] = ChannelWords(words.text("name"), words.text("rule"))
        words.done()
    fields.done()
    return channels


def _answer(top: Fields, answer: Answer) -> AnswerWords:
    elements = {}
    if answer.must_contain:
        fields = top.table("elements")
        for element in answer.must_contain:
            elements[element.code] = _sentence(fields, element.code, () if element.code in _NO_GAP else ("said",))
        fields.done()
    words = AnswerWords(
        source=top.text("source"),
        document=top.text("document") if top.has("document") else None,
        title=_sentence(top, "title", ("organ",)),
        basis=top.text("basis") if top.has("basis") else None,
        decision=_sentence(top, "decision", ("you",), optional=True),
        part=top.text("part") if answer.grounds == "own" else None,
        elements=elements,
    )
    top.done()
    return words


def _sentence(fields: Fields, name: str, wanted: tuple[str, ...], *, optional: bool = False) -> str:
    """A sentence with exactly the gaps ``wanted``, or some of them; no format and no attribute stands in a gap."""
    sentence = fields.text(name)
    try:
        pieces = [piece for piece in string.Formatter().parse(sentence) if piece[1] is not None]
    except ValueError:
        fields.fail(name, message("rulebook.letter-braces"))
    found = {gap or "" for _, gap, _, _ in pieces}
    plain = not any(format or conversion for _, _, format, conversion in pieces)
    if not plain or not (found <= set(wanted) if optional else found == set(wanted)):
        fields.fail(name, message("rulebook.letter-gaps", wanted=tuple(f"{{{gap}}}" for gap in wanted), found=sentence))
    return sentence
