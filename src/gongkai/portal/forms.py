"""The forms of the portal. They check types and what must be filled in; the law is asked by the steps."""

from typing import Any

from django import forms

from gongkai.pages.forms import FORMS, ROUTES, Worded, kinds, unchosen, worded
from gongkai.pages.language import written
from gongkai.services.outgoing.mail import unreached
from gongkai.services.request.identity import misread


class WhoForm(Worded):
    """您是谁: what Art. 29(2) asks for, and nothing more."""

    said = "file.who"
    hints = ("identity", "contact")

    kind = forms.ChoiceField(choices=kinds, widget=forms.RadioSelect)
    name = forms.CharField(max_length=100)
    identity = forms.CharField(max_length=60)
    contact = forms.CharField(max_length=200)

    def clean_identity(self) -> str:
        """The proof, where a number without a name can be that of an identity card."""
        identity: str = self.cleaned_data["identity"]
        if said := misread(self.cleaned_data.get("kind", "other"), identity):
            raise forms.ValidationError(written(said))
        return identity


class WhatForm(Worded):
    """要什么信息: name or features of the information, the form and the route that are wished."""

    said = "file.what"
    hints = ("subject",)

    subject = forms.CharField(max_length=2000, widget=forms.Textarea(attrs={"rows": 5}))
    form = forms.ChoiceField(choices=lambda: worded("form", FORMS))
    route = forms.ChoiceField(choices=lambda: worded("route", ROUTES))

    def __init__(self, *args: Any, contact: str = "", **options: Any) -> None:
        """``contact``: what was filled in before, by which the route must be able to reach the applicant."""
        super().__init__(*args, **options)
        self._contact = contact

    def clean_route(self) -> str:
        """The route, where the contact has what it needs."""
        route: str = self.cleaned_data["route"]
        if said := unreached({"route": route, "contact": self._contact}):
            raise forms.ValidationError(written(said))
        return route


class ErrorForm(Worded):
    """此件有误？纠错."""

    said = "error"
    hints = ("contact",)

    text = forms.CharField(max_length=2000, widget=forms.Textarea(attrs={"rows": 4}))
    contact = forms.CharField(max_length=200, required=False)
    key = forms.CharField(max_length=60, widget=forms.HiddenInput, required=False)


class TrackForm(Worded):
    """查询办理进度."""

    said = "track"

    agency = forms.ChoiceField()
    number = forms.CharField(max_length=40)
    code = forms.CharField(max_length=20)

    def __init__(self, agencies: list[tuple[str, str]], *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["agency"].choices = [unchosen(), *agencies]
