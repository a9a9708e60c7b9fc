"""Receives Django's signals: the library and the accounts know nothing of webhooks. All within their transaction."""

from collections.abc import Collection
from typing import Any
from uuid import UUID

from django.utils import timezone

from webapp.accounts.models import Membership
from webapp.library.models import Image, Job
from webapp.uses.models import DecidedUse
from webapp.webhooks.events import COMPLETED, DECIDED, FAILED, USE_DECIDED, about_image, about_job, about_use
from webapp.webhooks.models import Delivery, Webhook
from webapp.webhooks.tell import listeners, tell


def on_image_saved(sender: type[Image], instance: Image, update_fields: Collection[str] | None, **_: Any) -> None:
    """``version`` counts the decisions, those taken back included."""
    if update_fields and "version" in update_fields and (webhooks := listeners(instance.site_id, DECIDED)):
        tell(webhooks, DECIDED, instance.pk, about_image(instance))


def on_use_saved(
    sender: type[DecidedUse], instance: DecidedUse, update_fields: Collection[str] | None, **_: Any
) -> None:
    """Likewise of a use."""
    if update_fields and "version" in update_fields and (webhooks := listeners(instance.site_id, USE_DECIDED)):
        tell(webhooks, USE_DECIDED, _key_of(instance), about_use(instance))


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


def on_use_deleted(sender: type[DecidedUse], instance: DecidedUse, **_: Any) -> None:
    """Likewise those of a use."""
    Delivery.objects.filter(about=_key_of(instance)).delete()


def on_membership_saved(sender: type[Membership], instance: Membership, **_: Any) -> None:
    """Who is no owner any more hears nothing more at addresses that they gave."""
    if instance.role != Membership.Role.OWNER:
        _switch_off(instance)


def on_membership_deleted(sender: type[Membership], instance: Membership, **_: Any) -> None:
    """Likewise who left, or was removed."""
    _switch_off(instance)


def _key_of(use: DecidedUse) -> UUID:
    """Uses have numbers. As UUIDs they are like none of the others' keys, which are random."""
    return UUID(int=use.pk)


def _switch_off(membership: Membership) -> None:
    theirs = Webhook.objects.filter(site=membership.site_id, made_by=membership.user_id, maker_left_at=None)
    theirs.update(active=False, maker_left_at=timezone.now())
