"""Claiming: a worker takes rows under a lease, in one statement."""

from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import connection
from django.utils import timezone

from webapp.queue.models import Work

# One statement, so that no two workers can take the same row and no process can die between two steps. PostgreSQL
# steps over rows that another claim holds just now; SQLite has one writer at a time and needs no lock.
_CLAIM = """
WITH due AS (
    SELECT id AS due_id FROM queue_work
    WHERE queue = %s AND status = 'queued' AND alone = %s AND next_attempt_at <= %s
    ORDER BY next_attempt_at, id LIMIT %s {lock}
), batch AS (
    SELECT due_id, COUNT(*) OVER () AS due_count FROM due
)
UPDATE queue_work SET
    status = 'running', claims = claims + 1, batch_size = due_count,
    worker = %s, lease_until = %s, started_at = %s
FROM batch WHERE id = due_id
RETURNING id
"""


def claim(queue: str, worker: str, limit: int, *, alone: bool, now: datetime | None = None) -> list[Work]:
    """Takes up to ``limit`` due rows for the worker, the longest waiting first.

    Args:
        queue: one of ``Work.Queue``.
        worker: the name under which the worker beats.
        limit: rows at most.
        alone: takes exactly one of the rows that must go by themselves; else up to ``limit`` of those that need not.
        now: the present by default.

    Returns:
        The rows with their images and blobs, pages, or pictures to be compared. Each carries its new ``claims``, the
        fence of all writes.
    """
    now = now or timezone.now()
    adapt = connection.ops.adapt_datetimefield_value
    lock = "FOR UPDATE SKIP LOCKED" if connection.features.has_select_for_update_skip_locked else ""
    lease_until = now + settings.QUEUE_LEASE
    parameters: list[Any] = [queue, alone, adapt(now), 1 if alone else limit, worker, adapt(lease_until), adapt(now)]
    with connection.cursor() as cursor:
        cursor.execute(_CLAIM.format(lock=lock), parameters)
        ids = [row[0] for row in cursor.fetchall()]
    # A row that was deleted between the two statements is simply missing here.
    claimed = Work.objects.filter(pk__in=ids, worker=worker, status=Work.Status.RUNNING)
    return list(claimed.select_related("image__blob", "page__audit", "watch").order_by("next_attempt_at", "pk"))
