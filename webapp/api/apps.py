"""Registers the API's rows with Django."""

from django.apps import AppConfig


class ApiConfig(AppConfig):
    name = "webapp.api"
