"""The least Django application that shows the rows of a list: one view, one query, one template, no middleware.

Run, it reads the rows as JSON and makes its table in the database of the installation; served, it shows them with so
many characters beside as its address says.
"""

import json
import os
import sys
from pathlib import Path

import django
from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.db import connection, models
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path

from gongkai.cli.installation import data_folder
from gongkai.site.settings import database

ROWS = 25

settings.configure(
    DATABASES={"default": database(os.environ.get("GONGKAI_DATABASE_URL", ""), data_folder())},
    TEMPLATES=[
        {"BACKEND": "django.template.backends.django.DjangoTemplates", "DIRS": [Path(__file__).parent / "templates"]}
    ],
    ROOT_URLCONF=__name__,
    ALLOWED_HOSTS=["127.0.0.1"],
    USE_I18N=False,
)
django.setup()


class Line(models.Model):
    """A row as the list shows it."""

    address = models.TextField()
    number = models.TextField()
    subject = models.TextField()
    applicant = models.TextField()
    next = models.TextField()
    due = models.TextField()
    hand = models.TextField()

    class Meta:
        app_label = "least"


def lines(request: HttpRequest, filler: int) -> HttpResponse:
    """The page."""
    return render(request, "lines.html", {"lines": Line.objects.order_by("id")[:ROWS], "filler": "x" * filler})


urlpatterns = [path("<int:filler>/", lines)]
application = get_wsgi_application()


if __name__ == "__main__":
    with connection.schema_editor() as schema:
        schema.create_model(Line)
    names = [field.name for field in Line._meta.fields[1:]]
    Line.objects.bulk_create(Line(**dict(zip(names, row, strict=True))) for row in json.load(sys.stdin))
