"""Every address: the portal at the root, the staff below /desk/, other programs below /api/."""

from django.urls import include, path

from gongkai.api.views import api

urlpatterns = [
    path("api/v1/", api.urls),
    path("desk/", include("gongkai.desk.urls")),
    path("", include("gongkai.portal.urls")),
]
