"""The switches of the look of pages: large type, high contrast, language."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from gongkai.pages.preferences import chosen, remember


@require_POST
def preferences(request: HttpRequest) -> HttpResponse:
    """Remember what was chosen and go back to where it was."""
    there = request.POST.get("next", "/")
    safe = url_has_allowed_host_and_scheme(there, allowed_hosts={request.get_host()})
    response = HttpResponseRedirect(there if safe else "/")  # ``redirect`` would take a word for the name of a page
    remember(response, chosen(request.POST))
    return response
