"""Sweeping: the second line of defence. Frees expired leases, ends worn-out rows, hints again where a hint was lost."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from webapp.library.ended import end_jobs
from webapp.queue.hints import hint
from webapp.queue.models import Work, WorkerBeat
from webapp.queue.release import end_worn_out, free

HINT_AFTER = timedelta(seconds=5)
FORGET_BEAT_AFTER = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Swept:
    """What a sweep did: rows freed, rows ended as failed, queues that were hinted."""

    freed: int = 0
    failed: int = 0
    hinted: tuple[str, ...] = ()


def sweep(now: datetime | None = None) -> Swept:
    """Sweeps once. Any number of processes may sweep at the same time."""
    now = now or timezone.now()
    freed = _free_expired(now)
    failed = _end_worn_out()
    end_jobs()  # those that nobody saw end: their process died, or their last waiting image was deleted
    WorkerBeat.objects.filter(beat_at__lt=now - FORGET_BEAT_AFTER).delete()
    overdue = Work.objects.filter(status=Work.Status.QUEUED, next_attempt_at__lt=now - HINT_AFTER)
    queues = sorted(overdue.order_by().values_list("queue", flat=True).distinct())
    return Swept(freed, failed, tuple(queue for queue in queues if hint(queue)))


def _free_expired(now: datetime) -> int:
    """A lease ran out: the worker died unseen, or hangs. The rows are treated as after a death."""
    expired = Work.objects.filter(status=Work.Status.RUNNING, lease_until__lt=now).order_by("pk")
    if not expired.exists():  # a look costs no lock
        return 0
    with transaction.atomic():
        return free(expired.select_for_update(skip_locked=True), crashed=True)


def _end_worn_out() -> int:
    """Rows that wait although their attempts are used up: the limit was lowered, or a database was restored."""
    worn_out = Work.objects.filter(status=Work.Status.QUEUED, attempts__gte=settings.QUEUE_MAX_ATTEMPTS).order_by("pk")
    if not worn_out.exists():
        return 0
    with transaction.atomic():
        return end_worn_out(worn_out.select_for_update(skip_locked=True))
