"""Settling: what came of a try is written down. A failure is tried again, later and later, for about a day."""

import random
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import F

from webapp.webhooks.events import TEST
from webapp.webhooks.models import TRIES, Delivery, Webhook
from webapp.webhooks.send import Outcome

_FIRST = timedelta(seconds=15)
_FACTOR = 4
_LONGEST = timedelta(days=1)
# Deliveries that fail for good, one after another: then nobody listens, and the webhook is paused.
MOST_FAILURES = 5


def settle(delivery: Delivery, outcome: Outcome, now: datetime) -> bool:
    """Ends the delivery, or puts it off. Returns whether it was written: not when a newer try has begun.

    Args:
        delivery: as it was claimed.
        now: the present.
    """
    with transaction.atomic():
        held = Delivery.objects.filter(pk=delivery.pk, attempts=delivery.attempts, state=Delivery.State.WAITING)
        row = held.select_for_update().first()
        if row is None:
            return False
        row.status, row.error_code, row.claimed_until = outcome.status, outcome.error_code, None
        if not outcome.error_code:
            row.state = Delivery.State.DELIVERED
            Webhook.objects.filter(pk=row.webhook_id, failures__gt=0).update(failures=0)
        elif row.tries_left > 0:
            row.next_attempt_at = now + delay_after(TRIES - row.tries_left, outcome.retry_after)
        else:
            row.state = Delivery.State.FAILED
            if row.event != TEST:
                _count_failure(row.webhook_id, now)
        row.save(update_fields=["status", "error_code", "state", "next_attempt_at", "claimed_until"])
    return True


def delay_after(tries: int, asked: float = 0.0) -> timedelta:
    """About 15 s after the first try, a minute after the second, 17 hours after the seventh; a day at most.

    Spread by a fifth, so that what failed together does not return in step.

    Args:
        tries: that have failed.
        asked: seconds that the receiver asks for (``Retry-After``), waited for where that is longer.
    """
    spread = random.uniform(0.8, 1.2)  # noqa: S311  (not a secret)
    asked_for = timedelta(seconds=min(asked, _LONGEST.total_seconds()))
    return min(max(_FIRST * _FACTOR ** (tries - 1) * spread, asked_for), _LONGEST)


def _count_failure(webhook: UUID, now: datetime) -> None:
    row = Webhook.objects.filter(pk=webhook)
    row.update(failures=F("failures") + 1)
    row.filter(failures__gte=MOST_FAILURES, active=True).update(active=False, paused_at=now)
