"""How the queue stands: for progress on pages, for the API and for /readyz."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Min, Q
from django.utils import timezone

from webapp.queue.models import Work


@dataclass(frozen=True, slots=True)
class QueueState:
    """Rows that wait and rows that run, and how many seconds the longest waiting due row has waited."""

    queued: int
    running: int
    oldest_wait: float

    @classmethod
    def read(cls, queue: str = Work.Queue.CAPTION, now: datetime | None = None) -> "QueueState":
        """The state of one queue at this moment."""
        now = now or timezone.now()
        queued = Q(status=Work.Status.QUEUED)
        facts = Work.objects.filter(queue=queue).aggregate(
            queued=Count("pk", filter=queued),
            running=Count("pk", filter=Q(status=Work.Status.RUNNING)),
            oldest=Min("next_attempt_at", filter=queued),
        )
        oldest_wait = max(0.0, (now - facts["oldest"]).total_seconds()) if facts["oldest"] else 0.0
        return cls(facts["queued"], facts["running"], oldest_wait)


def position(work: Work) -> int:
    """How many rows of the queue are ahead of this one; 0 when it is its turn, runs, or has ended."""
    if work.status != Work.Status.QUEUED:
        return 0
    ahead = Q(next_attempt_at__lt=work.next_attempt_at) | Q(next_attempt_at=work.next_attempt_at, pk__lt=work.pk)
    waiting = Q(status=Work.Status.QUEUED) & ahead
    return Work.objects.filter(Q(status=Work.Status.RUNNING) | waiting, queue=work.queue).count()
