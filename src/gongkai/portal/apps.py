"""The portal as a Django application."""

from django.apps import AppConfig


class PortalConfig(AppConfig):
    """Public pages; no models of its own."""

    name = "gongkai.portal"
    label = "portal"
