"""The API, and the page that documents it."""

from django.urls import URLPattern, URLResolver, path

from webapp.api.docs import docs
from webapp.api.v1 import api

urlpatterns: list[URLPattern | URLResolver] = [
    path("v1/", api.urls),
    path("docs/", docs, name="api-docs"),
]
