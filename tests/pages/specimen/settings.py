"""Django's settings for the specimen: the pages alone, without a database."""

from pathlib import Path

SECRET_KEY = "specimen"
ALLOWED_HOSTS = ["127.0.0.1"]
ROOT_URLCONF = "tests.pages.specimen.urls"
INSTALLED_APPS = ["django.contrib.staticfiles", "gongkai.pages.apps.PagesConfig"]
MIDDLEWARE = ["tests.pages.specimen.views.strict"]
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [Path(__file__).parent / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {"context_processors": ["django.template.context_processors.request"]},
    }
]
STATIC_URL = "/static/"
LANGUAGE_CODE = "zh-hans"
