"""What went on since a form was opened: in a draft what others changed, field by field; else what happened."""

from collections.abc import Mapping
from typing import NamedTuple

from django.forms import BaseForm
from django.http import HttpRequest

from gongkai.core.ledger.entry import Entry, Thing
from gongkai.core.ledger.events import Reviewed, Submitted
from gongkai.desk.deeds import Deed
from gongkai.pages.compare import Paragraph, compare
from gongkai.pages.language import words
from gongkai.pages.shapes import Moment
from gongkai.services.ports import Stale, StaleDraft
from gongkai.services.publish.attachments import attached
from gongkai.store import versions

DRAFTED = {"request": "act.draft_reply", "item": "act.draft_item", "report": "report"}
"""How the fields of a draft are called: a form that changes some of them need not have the others."""


class Changed(NamedTuple):
    """A field that others changed, from what the person had open to what stands now."""

    label: str
    paragraphs: list[Paragraph]


class Meanwhile(NamedTuple):
    """``fields`` by their names, or ``moments``, the newest first."""

    fields: Mapping[str, Changed]
    moments: list[Moment]


def meanwhile(request: HttpRequest, deed: Deed, thing: Thing, stale: Stale) -> Meanwhile:
    """What the person of a stale form has not seen."""
    actor, ledgers, own = request.actor, request.gongkai.ledgers, request.own
    if isinstance(stale, StaleDraft):
        seen, now = (versions.draft_at(actor, ledgers, own, thing, each) for each in (stale.expected, stale.found))
        return Meanwhile(_fields(deed, thing, seen, now), [])
    since = versions.since(actor, ledgers, own, thing, stale.expected)
    return Meanwhile({}, [_moment(entry, since.people) for entry in reversed(since.entries)])


def _fields(deed: Deed, thing: Thing, seen: Mapping[str, str], now: Mapping[str, str]) -> dict[str, Changed]:
    """Labels are those of the forms of both versions: another answer of a reply has other fields."""
    forms = [deed.form(initial=said or now) for said in (seen, now)]  # nothing was drafted when some forms were opened
    changed = {}
    for name in dict.fromkeys((*seen, *now)):
        if seen.get(name, "") != now.get(name, ""):
            before, after = (
                _shown(form, name, said.get(name, "")) for form, said in zip(forms, (seen, now), strict=True)
            )
            label = next((form.fields[name].label for form in forms if name in form.fields), None)
            paragraphs = compare(before, after)
            if any(run.kind != "same" for runs in paragraphs for run in runs):  # browsers end lines in another way
                changed[name] = Changed(str(label or words(f"{DRAFTED[thing.kind]}.{name}")), paragraphs)
    return changed


def _shown(form: BaseForm, name: str, value: str) -> str:
    """A value as the form says it: of a choice its words, of files their names."""
    if name == "attachments":
        return words("compare.comma").join(each.name for each in attached({name: value}))
    for choice, label in getattr(form.fields.get(name), "choices", ()):
        if isinstance(label, (list, tuple)):
            value = next((str(said) for each, said in label if each == value), value)
        elif choice == value:
            return str(label)
    return value


def _moment(entry: Entry, people: Mapping[str, str]) -> Moment:
    event = entry.event
    if isinstance(event, Reviewed):
        said = words(f"desk.judged.{event.verdict}", grade=event.grade, person=people.get(event.by, event.by))
        return Moment(event.on, said)
    who = people.get(event.author, event.author) if isinstance(event, Submitted) else ""
    return Moment(event.on, words(f"event.{event.name}"), who)
