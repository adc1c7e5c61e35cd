"""Every address: the portal at the root, the staff below /desk/, other programs below /api/."""

from django.urls import include, path

from gongkai.api.views import api

urlpatterns = [
    path("api/v1/", api.urls),
    path("desk/", include("gongkai.desk.urls")),
    path("", include("gongkai.portal.urls")),
]

handler400 = "gongkai.site.errors.bad_request"
handler403 = "gongkai.site.errors.forbidden"
handler404 = "gongkai.site.errors.not_found"
handler500 = "gongkai.site.errors.broken"
