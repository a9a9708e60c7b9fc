"""Rows of an audit follow it, of pages or pictures: while it is paused they wait, and when it is cancelled they end."""

from collections.abc import Sequence
from datetime import UTC, datetime

from django.db.models import Q, QuerySet

from webapp.audit.models import Audit, Page
from webapp.queue.models import Work

HELD = datetime(9999, 1, 1, tzinfo=UTC)  # never due


def follow_audits(works: Sequence[int]) -> None:
    """Holds back or ends those of these locked rows that were queued again although their audit is not running."""
    queued = Work.objects.filter(pk__in=works, status=Work.Status.QUEUED)
    queued.filter(_is_of(state=Audit.State.PAUSED)).update(next_attempt_at=HELD)
    over = list(queued.filter(_is_of(state=Audit.State.CANCELLED)).values_list("pk", "page"))
    end_waiting(Page.objects.filter(pk__in=[page for _, page in over if page]))
    Work.objects.filter(pk__in=[work for work, _ in over]).delete()


def _is_of(state: Audit.State) -> Q:
    return Q(page__audit__state=state) | Q(watch__audit__state=state)


def end_waiting(pages: QuerySet[Page]) -> None:
    """Those of the pages that wait are cancelled; of one that waits for another look, the look before stands."""
    keys = list(pages.filter(state=Page.State.WAITING).values_list("pk", flat=True))
    waiting = Page.objects.filter(pk__in=keys)
    waiting.filter(scanned_at=None).update(state=Page.State.CANCELLED)
    waiting.filter(scanned_at__isnull=False, gone_at=None).update(state=Page.State.SCANNED)
    waiting.filter(gone_at__isnull=False).update(state=Page.State.FAILED)
