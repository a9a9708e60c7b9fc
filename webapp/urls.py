"""The URLs of the service. Tests walk this list: a page without its accessibility and privacy tests fails them."""

from django.urls import URLPattern, URLResolver, include, path

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("webapp.pages.urls")),
    path("api/", include("webapp.api.urls")),
]
