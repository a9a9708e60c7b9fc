"""Rows of pages follow their audit: while it is paused they wait, and when it is cancelled they end."""

from collections.abc import Sequence
from datetime import UTC, datetime

from webapp.audit.models import Audit, Page
from webapp.queue.models import Work

HELD = datetime(9999, 1, 1, tzinfo=UTC)  # never due


def follow_audits(works: Sequence[int]) -> None:
    """Holds back or ends those of these locked rows that were queued again although their audit is not running."""
    queued = Work.objects.filter(pk__in=works, status=Work.Status.QUEUED, page__isnull=False)
    queued.filter(page__audit__state=Audit.State.PAUSED).update(next_attempt_at=HELD)
    over = list(queued.filter(page__audit__state=Audit.State.CANCELLED).values_list("pk", "page"))
    Page.objects.filter(pk__in=[page for _, page in over]).update(state=Page.State.CANCELLED)
    Work.objects.filter(pk__in=[work for work, _ in over]).delete()
