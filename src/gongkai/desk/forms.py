"""The forms of the desk: types and what must be filled in. What the law admits, the steps say."""

from typing import Any, get_args

from django import forms
from django.utils.text import capfirst

from gongkai.core.ledger.events import Channel
from gongkai.pages.forms import FORMS, ROUTES, Worded, kinds, unchosen, worded
from gongkai.pages.language import lang, words
from gongkai.rulebook.load.outcomes import outcomes
from gongkai.services.report.annual import PROSE
from gongkai.services.report.log import WorkKind
from gongkai.services.request.letters import elements


class Day(forms.DateInput):
    """A date with the browser's own calendar."""

    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")


class Long(forms.Textarea):
    """Several lines."""

    def __init__(self) -> None:
        super().__init__(attrs={"rows": 6})


def channels() -> list[tuple[str, str]]:
    """How a request may come, in words (申请方式)."""
    return worded("channel", get_args(Channel))


def answers() -> list[tuple[str, str]]:
    """The answers of Art. 36 and its neighbours."""
    named = [(answer, answer.en if lang() == "en" else answer.zh) for answer in outcomes().answers]
    return [(answer.code, f"{answer.code} {name}") for answer, name in named if answer.code not in LAPSES]


def grounds() -> list[tuple[str, str]]:
    """The grounds on which a part may be withheld (Arts. 14 to 16)."""
    return [(code, name) for code, name in answers() if outcomes().by_code[code].grounds == "own"]


LAPSES = ("R6.1", "R6.2")
"""Not answers but ends for want of a correction or a payment; they are acts of their own."""


class RegisterForm(Worded):
    """A letter is registered (登记)."""

    said = "register"
    hints = ("received_on",)

    # Both are counted in the annual report, and the channel moves the clock: neither is guessed.
    channel = forms.ChoiceField(choices=lambda: [unchosen(), *channels()])
    received_on = forms.DateField(widget=Day)
    kind = forms.ChoiceField(choices=lambda: [unchosen(), *kinds()])
    name = forms.CharField(max_length=100)
    subject = forms.CharField(max_length=2000, widget=Long)
    identity = forms.CharField(max_length=60, required=False)
    contact = forms.CharField(max_length=200, required=False)
    form = forms.ChoiceField(choices=lambda: [_unsaid(), *worded("form", FORMS)], required=False)
    route = forms.ChoiceField(choices=lambda: [_unsaid(), *worded("route", ROUTES)], required=False)
    key = forms.CharField(widget=forms.HiddenInput, required=False)


def _unsaid() -> tuple[str, str]:
    return "", words("register.unsaid")


class Seen(Worded):
    """Every act on a request carries which version of it was seen, and a key by which it is done once."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    key = forms.CharField(widget=forms.HiddenInput, required=False)


class AskCorrectionForm(Seen):
    """补正告知."""

    said = "act.ask_correction"
    hints = ("items",)

    items = forms.CharField(widget=Long)
    until = forms.DateField(widget=Day)


class NoteCorrectionForm(Seen):
    """收到补正."""

    said = "act.note_correction"

    on = forms.DateField(widget=Day)
    text = forms.CharField(widget=Long, required=False)


class ExtendForm(Seen):
    """延期答复."""

    said = "act.extend"
    hints = ("working_days",)

    working_days = forms.IntegerField(min_value=1)
    reason = forms.CharField(widget=Long)


class ChooseAnswerForm(Worded):
    """Which answer it will be, and for a partial one on which grounds parts are withheld."""

    said = "act.draft_reply"
    hints = ("grounds",)

    answer = forms.ChoiceField(choices=lambda: [unchosen(), *answers()])
    grounds = forms.MultipleChoiceField(choices=grounds, widget=forms.CheckboxSelectMultiple, required=False)


class DraftReplyForm(Seen):
    """起草答复: a field for each thing that the chosen answer must contain; ``version`` is that of the draft."""

    said = "act.draft_reply"

    answer = forms.ChoiceField(choices=answers, widget=forms.HiddenInput)
    grounds = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        answer, chosen = self["answer"].value() or "", (self["grounds"].value() or "").split()
        self.wanted = elements(answer, chosen, outcomes())
        for key, (zh, en) in self.wanted.items():
            label = capfirst(en) if lang() == "en" else zh
            field = forms.CharField(label=label, widget=forms.Textarea(attrs={"rows": 6}))
            field.error_messages["required"] = words("form.required")
            self.fields[key] = field


class SubmitReplyForm(Seen):
    """送审."""

    said = "act.submit_reply"


class JudgeForm(Seen):
    """审核: what was read is named by its hash."""

    said = "act.review"
    hints = ("remark",)

    content = forms.CharField(widget=forms.HiddenInput)
    remark = forms.CharField(widget=Long, required=False)
    verdict = forms.ChoiceField(
        widget=forms.RadioSelect,
        choices=lambda: [(each, words(f"act.review.{each}")) for each in ("approved", "returned")],
    )


class ReleaseReplyForm(Seen):
    """发出."""

    said = "act.release_reply"


class DraftReportForm(Seen):
    """年度报告的文字: opening and the parts that are no tables."""

    said = "report"
    hints = ()

    opening = forms.CharField(widget=Long)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        for key in PROSE[1:]:
            field = forms.CharField(label=words(f"report.{key}"), widget=forms.Textarea(attrs={"rows": 10}))
            field.error_messages["required"] = words("form.required")
            if key != "part.6":
                field.help_text = words(f"report.{key}.hint")
            self.fields[key] = field


class StepForm(Seen):
    """A step that needs no more than to be confirmed."""


class CloseErrorForm(Worded):
    """办结纠错."""

    said = "act.close_error"
    hints = ("note",)

    note = forms.CharField(max_length=2000, widget=Long)
    key = forms.CharField(widget=forms.HiddenInput, required=False)


class LogForm(Worded):
    """工作台账的一条."""

    said = "log"

    kind = forms.ChoiceField(choices=lambda: [unchosen(), *worded("log.kind", get_args(WorkKind))])
    on = forms.DateField(widget=Day)
    text = forms.CharField(widget=Long)
    key = forms.CharField(widget=forms.HiddenInput, required=False)


class NoteServiceForm(Seen):
    """送达."""

    said = "act.note_service"

    method = forms.ChoiceField(
        choices=lambda: [unchosen(), *worded("service", ("direct", "entrusted", "post", "electronic"))]
    )
    on = forms.DateField(widget=Day)


class NoteReturnForm(Seen):
    """退回."""

    said = "act.note_return"

    on = forms.DateField(widget=Day)
