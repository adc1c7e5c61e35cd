"""The pages as a Django application: templates and static files."""

from django.apps import AppConfig


class PagesConfig(AppConfig):
    """Below the faces; it has no models."""

    name = "gongkai.pages"
    label = "pages"
