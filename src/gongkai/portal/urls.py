"""The addresses of the portal."""

from django.urls import path

import gongkai.pages.addresses  # noqa: F401 knows <number:…>
from gongkai.portal.views import (
    agency,
    checker,
    errors,
    filing,
    health,
    home,
    items,
    letters,
    preferences,
    reports,
    search,
    tracking,
)

urlpatterns = [
    path("", home.home, name="home"),
    path("a/<str:agency_id>/", agency.agency, name="agency"),
    path("a/<str:agency_id>/request/", filing.filing, name="filing"),
    path("a/<str:agency_id>/request/filed/", filing.filed, name="filed"),
    path("a/<str:agency_id>/columns/<slug:column_id>/", items.column, name="column"),
    path("a/<str:agency_id>/items/<number:number>/", items.item, name="item"),
    path("a/<str:agency_id>/items/<number:number>/versions/<int:version>/", items.item, name="item-version"),
    path("a/<str:agency_id>/items/<number:number>/files/<int:place>/", items.file, name="public-file"),
    path(
        "a/<str:agency_id>/items/<number:number>/versions/<int:version>/files/<int:place>/",
        items.file,
        name="public-file-version",
    ),
    path("a/<str:agency_id>/items/<number:number>/error/", errors.error, name="item-error"),
    path("a/<str:agency_id>/reports/<int:year>/", reports.report, name="public-report"),
    path("a/<str:agency_id>/reports/<int:year>/file.<str:format>", reports.file, name="public-report-file"),
    path("search/", search.search, name="search"),
    path("track/", tracking.tracking, name="track"),
    path("track/letter/", letters.letter, name="own-letter"),
    path("checker/", checker.start, name="checker"),
    path("checker/<str:token>/", checker.files, name="checker-files"),
    path("checker/<str:token>/delete/", checker.delete, name="checker-delete"),
    path("checker/<str:token>/<int:number>/", checker.file, name="checker-file"),
    path("checker/<str:token>/<int:number>/findings/", checker.findings, name="checker-findings"),
    path("checker/<str:token>/<int:number>/corrected/", checker.download, name="checker-download"),
    path("preferences/", preferences.preferences, name="preferences"),
    path("healthz", health.health, name="healthz"),
]
