"""The forms by which people get to the desk: sign-in, enrolment, and who works here in which roles."""

from typing import Any

from django import forms

from gongkai.pages.forms import Worded
from gongkai.pages.language import words
from gongkai.services.agency.people import ROLES


def _text(autocomplete: str, **more: str) -> forms.TextInput:
    return forms.TextInput(
        attrs={"autocomplete": autocomplete, "autocapitalize": "none", "spellcheck": "false", **more}
    )


def _password(autocomplete: str) -> forms.PasswordInput:
    return forms.PasswordInput(attrs={"autocomplete": autocomplete})


class SignInForm(Worded):
    """登录名和密码."""

    said = "signin"

    login = forms.CharField(max_length=100, widget=_text("username"))
    password = forms.CharField(max_length=200, strip=False, widget=_password("current-password"))
    next = forms.CharField(widget=forms.HiddenInput, required=False)


class CodeForm(Worded):
    """验证码, or a recovery code in its place."""

    said = "signin"
    hints: tuple[str, ...] = ("code",)

    code = forms.CharField(max_length=20, widget=_text("one-time-code"))

    def clean_code(self) -> str:
        """Without the blanks with which codes are shown and copied."""
        return "".join(self.cleaned_data["code"].split())


class EnrolForm(CodeForm):
    """A password, twice, and the first code."""

    said = "enrol"
    hints = ("password", "code")

    password = forms.CharField(max_length=200, strip=False, widget=_password("new-password"))
    again = forms.CharField(max_length=200, strip=False, widget=_password("new-password"))
    field_order = ("password", "again", "code")

    def clean(self) -> dict[str, Any]:
        """The password must be the same twice."""
        filled: dict[str, Any] = super().clean() or self.cleaned_data
        if "again" in filled and filled.get("password") != filled["again"]:
            self.add_error("again", words("enrol.differs"))
        return filled


class OnceForm(Worded):
    """An act that is sent twice is done once."""

    key = forms.CharField(widget=forms.HiddenInput, required=False)


class RolesForm(OnceForm):
    """岗位."""

    said = "people"
    hints: tuple[str, ...] = ("roles",)

    roles = forms.MultipleChoiceField(
        choices=lambda: [(role, words(f"role.{role}")) for role in ROLES], widget=forms.CheckboxSelectMultiple
    )


class InviteForm(RolesForm):
    """A new person."""

    hints = ("login", "roles")

    name = forms.CharField(max_length=100, widget=_text("off"))
    login = forms.CharField(max_length=100, widget=_text("off"))
    field_order = ("name", "login", "roles", "key")
