"""One address."""

from django.urls import path
from tests.pages.specimen.views import specimen

urlpatterns = [path("", specimen)]
