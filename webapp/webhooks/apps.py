"""Registers the app with Django, and has it learn of what happens in the library, to places and to members."""

from django.apps import AppConfig
from django.db.models.signals import post_delete, post_save, pre_delete


class WebhooksConfig(AppConfig):
    name = "webapp.webhooks"

    def ready(self) -> None:
        from webapp.accounts.models import Membership
        from webapp.library.models import Image, Job
        from webapp.uses.models import DecidedUse
        from webapp.webhooks import listen

        post_save.connect(listen.on_image_saved, sender=Image, dispatch_uid="webapp.webhooks.decided")
        post_save.connect(listen.on_job_saved, sender=Job, dispatch_uid="webapp.webhooks.ended")
        post_delete.connect(listen.on_image_deleted, sender=Image, dispatch_uid="webapp.webhooks.deleted")
        post_save.connect(listen.on_use_saved, sender=DecidedUse, dispatch_uid="webapp.webhooks.use_decided")
        post_delete.connect(listen.on_use_deleted, sender=DecidedUse, dispatch_uid="webapp.webhooks.use_deleted")
        post_save.connect(listen.on_membership_saved, sender=Membership, dispatch_uid="webapp.webhooks.member")
        # Before, not after: with an account that is deleted, webhooks forget who made them.
        pre_delete.connect(listen.on_membership_deleted, sender=Membership, dispatch_uid="webapp.webhooks.left")
