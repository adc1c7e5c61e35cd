"""``{% load portal %}``: where the platform of an agency leads."""

from django import template
from django.urls import reverse

from gongkai.pages.language import lang, words
from gongkai.pages.shapes import Link
from gongkai.rulebook.load.columns import columns
from gongkai.services.ports import Agency

register = template.Library()


@register.simple_tag
def agency_nav(agency: Agency, here: str) -> list[Link]:
    """The platform's own page, its obligatory columns (国办公开办函〔2019〕61号), and the column of requests."""
    told = [(words("portal.nav.agency"), reverse("agency", args=[agency.id]))]
    for top in columns().tops:
        told.append((top.en if lang() == "en" else top.zh, reverse("column", args=[agency.id, top.id])))
    told.append((words("portal.nav.filing"), reverse("filing", args=[agency.id])))
    told.append((words("portal.nav.track"), f"{reverse('track')}?agency={agency.id}"))
    return [Link(label, url, url == here) for label, url in told]
