"""What a reviewer reads: the text as it will leave with its changes, its hash, and what that hash covers (审核对比)."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import NamedTuple

from gongkai.desk.item_deeds import name_of
from gongkai.documents.letters import Letter
from gongkai.pages.compare import Paragraph, Run, compare
from gongkai.pages.language import day, lang, words
from gongkai.rulebook.load.columns import columns
from gongkai.rulebook.load.outcomes import outcomes
from gongkai.services.publish.attachments import attached
from gongkai.services.report.annual import FIGURES
from gongkai.services.request.letters import ANSWER, GROUNDS, elements
from gongkai.store.versions import Earlier

SHORT = 12
"""So many characters of a hash are shown."""


BESIDE = ("title", "column", "document", "made_on", "validity", "attachments")
"""What stands beside the text of an item."""


class Fact(NamedTuple):
    """Something that stands beside a text, with what changed in it."""

    label: str
    runs: Sequence[Run]


class Reading(NamedTuple):
    """A content to be judged. ``against`` says with which version it is compared, ``covers`` what the hash covers."""

    against: str
    hash: str
    covers: str
    facts: Sequence[Fact] = ()
    title: Sequence[Run] = ()
    paragraphs: Sequence[Paragraph] = ()


def of_reply(
    hash: str, content: Mapping[str, str], earlier: Earlier | None, now: Letter, was: Letter | None
) -> Reading:
    """A reply, compared as the letter that it becomes."""
    wanted = elements(content[ANSWER], content[GROUNDS].split(), outcomes())
    covers = [words("act.draft_reply.answer"), *([words("act.draft_reply.grounds")] if content[GROUNDS] else [])]
    covers += [en if lang() == "en" else zh for zh, en in wanted.values()]
    read = _reading(hash, covers, earlier)
    title = _changed(was.title if was else None, now.title)
    return read._replace(title=title, paragraphs=compare(_text(was) if was else None, _text(now)))


def of_item(hash: str, content: Mapping[str, str], earlier: Earlier | None) -> Reading:
    """An item, its text compared and what stands beside it."""
    names = [name for name in BESIDE if _said(content, name) or _before(earlier, name)]
    facts = [
        Fact(words(f"act.draft_item.{name}"), _changed(_before(earlier, name), _said(content, name))) for name in names
    ]
    covers = [words(f"act.draft_item.{name}") for name in (*names, "text")]
    text = compare(earlier and earlier.content["text"], content["text"])
    return _reading(hash, covers, earlier)._replace(facts=facts, paragraphs=text)


def of_report(hash: str, content: Mapping[str, str], earlier: Earlier | None) -> Reading:
    """A report: its text stands below, as its form prints it."""
    covers = [words(f"report.{key}") for key in content if key != FIGURES]
    return _reading(hash, [*covers, words("report.covers.figures")], earlier)


def _reading(hash: str, covers: Sequence[str], earlier: Earlier | None) -> Reading:
    if earlier is None:
        against = words("compare.against.nothing")
    else:
        against = words(f"compare.against.{'public' if earlier.public else 'submitted'}", on=day(earlier.on))
    return Reading(against, hash[:SHORT], words("compare.comma").join(covers))


def _text(letter: Letter) -> str:
    return "\n".join((f"{letter.addressee}：", *letter.paragraphs, *letter.remedy))


def _before(earlier: Earlier | None, name: str) -> str | None:
    return None if earlier is None else _said(earlier.content, name)


def _said(content: Mapping[str, str], name: str) -> str:
    """What stands beside a text, in words."""
    value = content.get(name, "")
    if name == "column" and (column := columns().find(value)):
        return name_of(column)
    if name == "validity" and value:
        return words(f"item.validity.{value}")
    if name == "attachments":
        return words("compare.comma").join(each.name for each in attached(content))
    return day(date.fromisoformat(value)) if name == "made_on" and value else value


def _changed(before: str | None, after: str) -> list[Run]:
    return [run for paragraph in compare(before, after) for run in paragraph]
