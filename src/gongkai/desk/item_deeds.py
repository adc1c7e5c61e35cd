"""The acts on an item of proactive disclosure as pages: the form of each, its command, and when it is possible."""

from collections.abc import Callable, Mapping
from typing import Any, get_args

from django import forms

from gongkai.core.ledger.refusal import Refused
from gongkai.core.message import Message, message
from gongkai.core.review.permissions import Act, refusal
from gongkai.core.review.review import why_not_judged
from gongkai.core.review.turn import GRADES
from gongkai.desk.deeds import Deed, Filled
from gongkai.desk.forms import Day, JudgeForm, Long, Seen
from gongkai.desk.possible import Possible, why_not_covered
from gongkai.pages.forms import unchosen
from gongkai.pages.language import lang, words, written
from gongkai.rulebook.load.columns import Column, columns
from gongkai.services.ports import Actor
from gongkai.services.publish.attach import AttachFiles
from gongkai.services.publish.attachments import FORMATS, LARGEST, MOST, Attachment, attached
from gongkai.services.publish.draft import DraftItem, SubmitItem, Validity
from gongkai.services.publish.judge import JudgeItem
from gongkai.services.publish.release import CorrectItem, PublishItem, WithdrawItem
from gongkai.store.items import ItemCase

LONGEST = 500_000
"""So many characters the text of an item may have."""


def name_of(column: Column) -> str:
    """A column in the language of the page."""
    return column.en if lang() == "en" else column.zh


def choices() -> list[tuple[str, object]]:
    """The columns in which an item may stand; those within another below its name."""
    return [
        (name_of(top), [(leaf.id, name_of(leaf)) for leaf in top.parts]) if top.parts else (top.id, name_of(top))
        for top in columns().tops
        if top.holds == "items"
    ]


class DraftItemForm(Seen):
    """起草信息; ``version`` is that of the draft."""

    said = "act.draft_item"
    hints = ("made_on", "validity", "text")

    column = forms.ChoiceField(choices=lambda: [unchosen(), *choices()])
    title = forms.CharField(max_length=200)
    document = forms.CharField(max_length=60, required=False)
    made_on = forms.DateField(widget=Day, required=False)
    validity = forms.ChoiceField(
        choices=lambda: [(each, words(f"item.validity.{each}")) for each in get_args(Validity)], initial="valid"
    )
    text = forms.CharField(max_length=LONGEST, widget=forms.Textarea(attrs={"rows": 16}))


class Files(forms.FileInput):
    """Several files at once."""

    allow_multiple_selected = True

    def __init__(self) -> None:
        super().__init__(attrs={"multiple": True, "accept": ",".join(f".{suffix}" for suffix in FORMATS)})


class AttachForm(Seen):
    """附件: files that come, and those of the draft that go; ``version`` is that of the draft."""

    said = "act.attach_files"

    add = forms.FileField(widget=Files, required=False)
    remove = forms.MultipleChoiceField(widget=forms.CheckboxSelectMultiple, required=False)

    def __init__(self, seen: ItemCase, came: Callable[[], tuple[Attachment, ...]], *args: Any, **options: Any) -> None:
        """``came`` gives the files that came with the form, and raises ``Refused`` for one that is not taken."""
        super().__init__(*args, **options)
        self._came = came
        limits = {"known": tuple(FORMATS), "most": MOST, "size": LARGEST >> 20}
        self.fields["add"].help_text = words("act.attach_files.add.hint", **limits)
        self.fields["remove"].choices = [(each.hash, each.name) for each in attached(seen.draft.content)]
        if not self.fields["remove"].choices:
            del self.fields["remove"]

    def clean_add(self) -> tuple[Attachment, ...]:
        """The files, kept already."""
        try:
            return self._came()
        except Refused as refused:
            raise forms.ValidationError(written(refused.message)) from refused


class PlainForm(Seen):
    """An act that asks for nothing more."""


class CorrectItemForm(Seen):
    """更正发布: whether earlier versions may still be read."""

    said = "act.correct_item"
    hints = ("hide_earlier",)

    hide_earlier = forms.BooleanField(required=False)
    reason = forms.CharField(max_length=2000, widget=Long, required=False)


class WithdrawItemForm(Seen):
    """撤回."""

    said = "act.withdraw_item"

    reason = forms.CharField(max_length=2000, widget=Long)


def _drafted(seen: ItemCase) -> Mapping[str, object]:
    return {**seen.draft.content, "version": seen.draft.version}


def files_of(seen: ItemCase) -> tuple[Attachment, ...]:
    """The files of what is under review, and of the draft."""
    return (*attached(seen.under_review or {}), *attached(seen.draft.content))


def _judged(agency: str, number: str, f: Filled) -> JudgeItem:
    approved = f["verdict"] == "approved"
    return JudgeItem(agency, number, f["version"], f["content"], approved, f["remark"], f["key"])


_JUDGE = Deed(JudgeForm, _judged, lambda seen: {"content": seen.review.content})

ITEM_DEEDS: dict[Act, Deed] = {
    "draft_item": Deed(
        DraftItemForm,
        lambda agency, number, f: DraftItem(
            *(agency, number, f["version"], f["column"], f["title"], f["text"], f["document"], f["made_on"]),
            *(f["validity"], f["key"]),
        ),
        _drafted,
    ),
    "attach_files": Deed(
        AttachForm,
        lambda agency, number, f: AttachFiles(
            *(agency, number, f["version"], f["add"], tuple(f.get("remove", ())), f["key"])
        ),
        lambda seen: {"version": seen.draft.version},
    ),
    "submit_item": Deed(PlainForm, lambda agency, number, f: SubmitItem(agency, number, f["version"], f["key"])),
    "review_item_section": _JUDGE,
    "review_item_legal": _JUDGE,
    "review_item_secrecy": _JUDGE,
    "review_item_leader": _JUDGE,
    "publish_item": Deed(PlainForm, lambda agency, number, f: PublishItem(agency, number, f["version"], f["key"])),
    "correct_item": Deed(
        CorrectItemForm,
        lambda agency, number, f: CorrectItem(
            *(agency, number, f["version"], f["hide_earlier"], f["reason"], f["key"])
        ),
    ),
    "withdraw_item": Deed(
        WithdrawItemForm,
        lambda agency, number, f: WithdrawItem(agency, number, f["version"], f["reason"], f["key"]),
    ),
}
"""Every act on an item, in the order in which they follow each other."""


def possible(actor: Actor, seen: ItemCase) -> tuple[Act | None, list[Possible]]:
    """The next act, and every act that the person's roles allow at all, with the reason where it is not possible."""
    roles = [act for act in ITEM_DEEDS if refusal(act, actor.roles, "own") is None]
    listed = [Possible(act, _why_not(act, actor, seen)) for act in roles]
    able = {each.act for each in listed if each.why_not is None}
    return next((act for act in _order(seen) if act in able), None), listed


def unchanged(seen: ItemCase) -> bool:
    """Whether the draft is what was submitted last."""
    return seen.under_review == dict(seen.draft.content)


def _why_not(act: Act, actor: Actor, seen: ItemCase) -> Message | None:
    if seen.item.state == "withdrawn":
        return message("item.withdrawn")
    if (grade := GRADES.get(act)) is not None:
        return why_not_judged(seen.review, grade, actor.person)
    current = unchanged(seen) and seen.item.content is not None and seen.item.content == seen.review.content
    if act == "submit_item":
        if current:
            return message("item.unchanged")
        under = seen.review.state in ("under_review", "complete")
        return message("review.submitted-already") if under and unchanged(seen) else None
    if act == "withdraw_item":
        return None if seen.item.state == "public" else message("item.not-public")
    if act in ("publish_item", "correct_item"):
        return _why_not_released(act, actor, seen, current)
    return None


def _why_not_released(act: Act, actor: Actor, seen: ItemCase, current: bool) -> Message | None:
    if act == "publish_item" and seen.item.state == "public":
        return message("item.public-already")
    if act == "correct_item" and seen.item.state != "public":
        return message("item.not-public")
    if current:
        return message("item.unchanged")
    if said := why_not_covered(seen.review, unchanged(seen)):
        return said
    return message("item.own-release") if actor.person in seen.review.authors else None


def _order(seen: ItemCase) -> tuple[Act, ...]:
    """What comes first at each stage."""
    reviews: tuple[Act, ...] = ("review_item_section", "review_item_legal", "review_item_secrecy", "review_item_leader")
    if seen.review.state == "returned" and unchanged(seen):
        return (*reviews, "draft_item")
    return (*reviews, "publish_item", "correct_item", "submit_item")
