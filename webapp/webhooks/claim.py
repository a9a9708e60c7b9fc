"""Claiming: a worker takes deliveries that are due, for so long that nobody else takes them while it tries."""

from collections.abc import Collection
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import F, OuterRef, Q, Subquery

from webapp.webhooks.events import TEST
from webapp.webhooks.models import Delivery

# Longer than any try takes. Where a worker dies in one, the delivery is due again after it.
LEASE = timedelta(minutes=3)


def claim(limit: int, busy: Collection[UUID], now: datetime) -> list[Delivery]:
    """Takes the delivery that has waited longest of each webhook, up to ``limit`` of them, and counts a try of each.

    One of each, so that a receiver that is slow or silent holds up nobody but itself. Of a webhook that is switched
    off only tests are taken.

    Args:
        busy: webhooks to which this worker is sending just now.
        now: the present.
    """
    due = Delivery.objects.filter(
        Q(webhook__active=True) | Q(event=TEST), state=Delivery.State.WAITING, next_attempt_at__lte=now
    )
    first = due.filter(webhook=OuterRef("webhook")).order_by("next_attempt_at", "pk").values("pk")[:1]
    of_each = due.exclude(webhook__in=busy).filter(pk=Subquery(first)).order_by("next_attempt_at", "pk")
    if not of_each.exists():  # a look costs no lock
        return []
    with transaction.atomic():
        free = of_each.select_for_update(skip_locked=True, of=("self",))
        taken = list(free.values_list("pk", flat=True)[:limit])
        Delivery.objects.filter(pk__in=taken).update(
            attempts=F("attempts") + 1, tries_left=F("tries_left") - 1, tried_at=now, next_attempt_at=now + LEASE
        )
    return list(Delivery.objects.filter(pk__in=taken).select_related("webhook"))
