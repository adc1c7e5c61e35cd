"""Large type, high contrast, language: kept in cookies for a year."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

YEAR = 365 * 24 * 3600
CHOICES = {"large": ("0", "1"), "contrast": ("0", "1"), "lang": ("zh-hans", "en")}


@require_POST
def preferences(request: HttpRequest) -> HttpResponse:
    """Remember what was chosen and go back to where it was."""
    there = request.POST.get("next", "/")
    safe = url_has_allowed_host_and_scheme(there, allowed_hosts={request.get_host()})
    response = redirect(there if safe else "/")
    for name, allowed in CHOICES.items():
        if (chosen := request.POST.get(name)) in allowed:
            response.set_cookie(name, chosen, max_age=YEAR, samesite="Lax", httponly=True)
    return response
