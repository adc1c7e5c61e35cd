"""Every address: the portal at the root, the staff below /desk/."""

from django.urls import include, path

urlpatterns = [
    path("", include("gongkai.portal.urls")),
    path("desk/", include("gongkai.desk.urls")),
]
