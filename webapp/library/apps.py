"""Registers the app with Django."""

from django.apps import AppConfig


class LibraryConfig(AppConfig):
    name = "webapp.library"
