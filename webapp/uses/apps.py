"""Registers the decided uses with Django."""

from django.apps import AppConfig


class UsesConfig(AppConfig):
    name = "webapp.uses"
