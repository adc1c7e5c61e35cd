"""The addresses of the portal."""

from django.urls import path

from gongkai.portal.views import agency, filing, health, home, letters, preferences, tracking

urlpatterns = [
    path("", home.home, name="home"),
    path("a/<str:agency_id>/", agency.agency, name="agency"),
    path("a/<str:agency_id>/request/", filing.filing, name="filing"),
    path("a/<str:agency_id>/request/filed/", filing.filed, name="filed"),
    path("track/", tracking.tracking, name="track"),
    path("track/letter/", letters.letter, name="own-letter"),
    path("preferences/", preferences.preferences, name="preferences"),
    path("healthz", health.health, name="healthz"),
]
