"""The templates of all pages: what every page shows, what they may call, and what the portal adds."""

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest
from django.template.backends import jinja2 as backend
from jinja2 import Environment

from gongkai.pages import engine
from gongkai.portal.navigation import agency_nav
from gongkai.site.middleware import everywhere


class Templates(backend.Jinja2):
    """Django's, but what a view shows goes before what every page shows."""

    def get_template(self, template_name: str) -> "Template":
        """The template of this name. Raises ``TemplateDoesNotExist``."""
        return Template(super().get_template(template_name).template, self)


class Template(backend.Template):
    """A page, or a part of one."""

    def render(self, context: Mapping[str, Any] | None = None, request: HttpRequest | None = None) -> str:
        """The page; without a request, of the context alone."""
        shown = {**(everywhere(request) if request else {}), **(context or {})}
        page: str = super().render(shown, request)
        return page


def environment(**options: object) -> Environment:
    """What Django asks for (``OPTIONS["environment"]`` of its templates)."""
    made = engine.environment(**options)
    made.globals["agency_nav"] = agency_nav
    return made
