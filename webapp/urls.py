"""The URLs of the service. Tests walk this list: a page without its accessibility and privacy tests fails them."""

from django.urls import URLPattern, URLResolver, include, path

from webapp.api.health import healthz, readyz
from webapp.delivery.script import alt_script

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("webapp.pages.urls")),
    path("api/", include("webapp.api.urls")),
    path("alt.v1.js", alt_script, name="alt-script"),
    path("healthz", healthz, name="healthz"),
    path("readyz", readyz, name="readyz"),
]

handler400 = "webapp.pages.errors.bad_request"
handler403 = "webapp.pages.errors.forbidden"
handler404 = "webapp.pages.errors.not_found"
handler500 = "webapp.pages.errors.server_error"
