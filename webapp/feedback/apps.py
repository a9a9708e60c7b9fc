"""Registers the app with Django; has every decision answer the reports that are open, and give its picture a page."""

from django.apps import AppConfig
from django.db.models.signals import post_save


class FeedbackConfig(AppConfig):
    name = "webapp.feedback"

    def ready(self) -> None:
        from webapp.feedback import close, public
        from webapp.library.models import Decision

        post_save.connect(close.on_decided, sender=Decision, dispatch_uid="webapp.feedback.close")
        post_save.connect(public.on_decided, sender=Decision, dispatch_uid="webapp.feedback.public")
