"""The acts on a request as pages: the form of each, and the command that it becomes."""

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

from gongkai.core.review.permissions import Act
from gongkai.core.review.turn import GRADES
from gongkai.desk import forms
from gongkai.pages.forms import Worded
from gongkai.pages.language import words
from gongkai.services.request.correction import AskCorrection, NoteCorrection
from gongkai.services.request.extend import Extend
from gongkai.services.request.reply import DraftReply, JudgeReply, NoteReturn, NoteService, ReleaseReply, SubmitReply
from gongkai.store.queries import Case

Filled = Mapping[str, Any]


class Deed(NamedTuple):
    """A form, how its first values come from the request or the item, and the command of what was filled in."""

    form: Callable[..., Worded]
    command: Callable[[str, str, Filled], object]
    initial: Callable[[Any], Mapping[str, object]] = lambda case: {}


def _draft(case: Case) -> Mapping[str, object]:
    """What was drafted before; its version is the draft's own."""
    if case.draft is None:
        return {"version": 0}
    return {**case.draft.content, "version": case.draft.version}


def _read(case: Case) -> Mapping[str, object]:
    """The hash of what is shown to the reviewer."""
    return {"content": case.review.content}


def _judged(agency: str, number: str, filled: Filled) -> JudgeReply:
    approved = filled["verdict"] == "approved"
    return JudgeReply(agency, number, filled["version"], filled["content"], approved, filled["remark"], filled["key"])


SENDS: dict[Act, str] = {
    **dict.fromkeys(GRADES, "desk.send.judgement"),
    "ask_correction": "desk.send.correction",
    "note_correction": "desk.send.note",
    "extend": "desk.send.extension",
    "draft_reply": "desk.send.reply",
    "note_service": "desk.send.note",
    "draft_item": "desk.item.save",
    "attach_files": "desk.item.attach",
    "draft_report": "desk.send.prose",
}
"""What the button of a form does, where that is not what the act is called."""


def send(act: Act) -> str:
    """What stands on the button that sends the form of an act."""
    return words(SENDS.get(act, f"act.{act}"))


_JUDGE = Deed(forms.JudgeForm, _judged, _read)

DEEDS: dict[Act, Deed] = {
    "ask_correction": Deed(
        forms.AskCorrectionForm,
        lambda agency, number, f: AskCorrection(agency, number, f["version"], f["items"], f["until"], f["key"]),
    ),
    "note_correction": Deed(
        forms.NoteCorrectionForm,
        lambda agency, number, f: NoteCorrection(agency, number, f["version"], f["on"], f["text"], f["key"]),
    ),
    "extend": Deed(
        forms.ExtendForm,
        lambda agency, number, f: Extend(agency, number, f["version"], f["working_days"], f["reason"], f["key"]),
    ),
    "draft_reply": Deed(
        forms.DraftReplyForm,
        lambda agency, number, f: DraftReply(
            agency, number, f["version"], f["answer"], tuple(f["grounds"].split()), f, f["key"]
        ),
        _draft,
    ),
    "submit_reply": Deed(
        forms.SubmitReplyForm, lambda agency, number, f: SubmitReply(agency, number, f["version"], f["key"])
    ),
    "review_section": _JUDGE,
    "review_legal": _JUDGE,
    "review_secrecy": _JUDGE,
    "review_leader": _JUDGE,
    "release_reply": Deed(
        forms.ReleaseReplyForm, lambda agency, number, f: ReleaseReply(agency, number, f["version"], f["key"])
    ),
    "note_service": Deed(
        forms.NoteServiceForm,
        lambda agency, number, f: NoteService(agency, number, f["version"], f["method"], f["on"], f["key"]),
    ),
    "note_return": Deed(
        forms.NoteReturnForm, lambda agency, number, f: NoteReturn(agency, number, f["version"], f["on"], f["key"])
    ),
}
"""Every act on a request that has a page."""
