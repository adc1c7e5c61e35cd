"""The desk as a Django application."""

from django.apps import AppConfig


class DeskConfig(AppConfig):
    """Pages of staff; no models of its own."""

    name = "gongkai.desk"
    label = "desk"
