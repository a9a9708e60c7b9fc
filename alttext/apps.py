"""Registers the app with Django."""

from django.apps import AppConfig


class AltTextConfig(AppConfig):
    name = "alttext"

    def ready(self) -> None:
        from alttext import checks  # noqa: F401  (registers the check)
