"""Receives ``post_save`` and ``post_delete``, for the library knows nothing of webhooks. All within its transaction."""

from collections.abc import Collection
from typing import Any

from webapp.library.models import Image, Job
from webapp.webhooks.events import COMPLETED, DECIDED, FAILED, about_image, about_job
from webapp.webhooks.models import Delivery
from webapp.webhooks.tell import listeners, tell


def on_image_saved(sender: type[Image], instance: Image, update_fields: Collection[str] | None, **_: Any) -> None:
    """``version`` counts the decisions, those taken back included."""
    if update_fields and "version" in update_fields and (webhooks := listeners(instance.site_id, DECIDED)):
        tell(webhooks, DECIDED, instance.pk, about_image(instance))


def on_job_saved(sender: type[Job], instance: Job, update_fields: Collection[str] | None, **_: Any) -> None:
    """``ended_at`` is written once each time that the job ends."""
    if not update_fields or "ended_at" not in update_fields:
        return
    states = list(instance.images.values_list("state", flat=True))
    failed = states.count(Image.State.FAILED)
    event = FAILED if failed == len(states) else COMPLETED
    if webhooks := listeners(instance.site_id, event):
        tell(webhooks, event, instance.pk, about_job(instance, len(states), failed))


def on_image_deleted(sender: type[Image], instance: Image, **_: Any) -> None:
    """A deleted image's texts stay nowhere."""
    Delivery.objects.filter(about=instance.pk).delete()
