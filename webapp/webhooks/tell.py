"""Telling: what happened is written down for each webhook that listens, in the transaction in which it happened."""

import json
from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.utils import timezone

from webapp.queue.hints import hint_deliveries_after_commit
from webapp.webhooks.models import TRIES, Delivery, Webhook


def listeners(site: UUID, event: str) -> list[Webhook]:
    """The site's webhooks that are to be told of the event."""
    return [webhook for webhook in Webhook.objects.filter(site=site, active=True) if event in webhook.events]


def tell(
    webhooks: Sequence[Webhook], event: str, about: UUID | None, data: dict[str, Any], *, tries: int = TRIES
) -> list[Delivery]:
    """Writes a delivery for each webhook and hints to the worker after the commit. All tries send the same body.

    Args:
        about: the key of what it is about.
        data: what is said of it, as plain JSON.
    """
    now = timezone.now()
    body = json.dumps({"type": event, "timestamp": now.isoformat(), "data": data}, ensure_ascii=False)
    deliveries = Delivery.objects.bulk_create(
        Delivery(webhook=webhook, event=event, about=about, body=body, tries_left=tries, next_attempt_at=now)
        for webhook in webhooks
    )
    hint_deliveries_after_commit()
    return deliveries
