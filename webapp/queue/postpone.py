"""Postponing: a row goes back to the queue for a while, and nobody is to blame."""

import random
from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from webapp.queue.fence import lock_claimed
from webapp.queue.held import follow_audits
from webapp.queue.models import Work


def postpone(work: Work, seconds: float) -> bool:
    """Frees the claimed row, due again after so many seconds or somewhat more. Returns whether it was still held."""
    spread = random.uniform(1.0, 1.5)  # noqa: S311  (not a secret; rows of one host do not all come back at once)
    with transaction.atomic():
        if not lock_claimed([work]):
            return False
        due = timezone.now() + timedelta(seconds=seconds * spread)
        Work.objects.filter(pk=work.pk).update(status=Work.Status.QUEUED, lease_until=None, next_attempt_at=due)
        follow_audits([work.pk])
    return True
