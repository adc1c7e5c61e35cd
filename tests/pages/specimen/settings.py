"""Django's settings for the specimen: the pages alone, without a database."""

from pathlib import Path

import gongkai.pages

SECRET_KEY = "specimen"
ALLOWED_HOSTS = ["127.0.0.1"]
ROOT_URLCONF = "tests.pages.specimen.urls"
INSTALLED_APPS = ["django.contrib.staticfiles", "gongkai.pages.apps.PagesConfig"]
MIDDLEWARE = ["tests.pages.specimen.views.strict"]
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.jinja2.Jinja2",
        "DIRS": [Path(__file__).parent / "templates", Path(gongkai.pages.__file__).parent / "templates"],
        "OPTIONS": {"environment": "gongkai.pages.engine.environment"},
    }
]
STATIC_URL = "/static/"
LANGUAGE_CODE = "zh-hans"
