"""Registers the app with Django, and has it learn of every decision."""

from django.apps import AppConfig
from django.db.models.signals import post_save


class DeliveryConfig(AppConfig):
    name = "webapp.delivery"

    def ready(self) -> None:
        from webapp.delivery.learn import on_saved
        from webapp.library.models import Image

        post_save.connect(on_saved, sender=Image, dispatch_uid="webapp.delivery.learn")
