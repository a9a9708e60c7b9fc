"""Registers the app with Django, and has every decision answer the reports that are open."""

from django.apps import AppConfig
from django.db.models.signals import post_save


class FeedbackConfig(AppConfig):
    name = "webapp.feedback"

    def ready(self) -> None:
        from webapp.feedback.close import on_decided
        from webapp.library.models import Decision

        post_save.connect(on_decided, sender=Decision, dispatch_uid="webapp.feedback.close")
