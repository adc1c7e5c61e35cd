"""What the forms of all faces share: labels, hints and faults in the language of the page."""

from collections.abc import Iterable
from typing import Any

from django import forms

from gongkai.pages.language import words
from gongkai.rulebook.load.register import meanings


class Worded(forms.Form):
    """A form whose labels are sentences ``<said>.<field>`` of the rulebook; those of ``hints`` have a hint too."""

    said = ""
    hints: tuple[str, ...] = ()

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        for name, field in self.fields.items():
            if isinstance(field.widget, forms.HiddenInput):
                continue
            field.label = words(f"{self.said}.{name}")
            for fault in ("required", "invalid", "invalid_choice"):
                field.error_messages[fault] = words(f"form.{fault}")
            if isinstance(field, forms.ChoiceField):
                field.error_messages["required"] = words("form.invalid_choice")
            if name in self.hints:
                field.help_text = words(f"{self.said}.{name}.hint")


FORMS, ROUTES = ("electronic", "paper", "read"), ("email", "post", "collect")
"""In which form information is wished, and how it is to come (获取形式、获取途径, Art. 29)."""


def unchosen() -> tuple[str, str]:
    """The first of choices of which none is made beforehand."""
    return "", words("form.choose")


def worded(under: str, values: Iterable[str]) -> list[tuple[str, str]]:
    """Choices, in the words that stand under a name."""
    return [(each, words(f"{under}.{each}")) for each in values]


def kinds() -> list[tuple[str, str]]:
    """The kinds of applicant, in words (申请人类别)."""
    return worded("kind", meanings()["applicant_kind"])
