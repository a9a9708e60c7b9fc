"""Work for pages: begun, held back while an audit is paused, and taken out of the queue when it is cancelled."""

from collections.abc import Sequence
from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from webapp.audit.models import Audit, Page
from webapp.library.errors import QueueFull
from webapp.queue.held import HELD, end_waiting
from webapp.queue.hints import hint_after_commit
from webapp.queue.models import Work


def queue_pages(audit: Audit, pages: Sequence[Page]) -> None:
    """Work for new pages, within the running transaction."""
    due = HELD if audit.state == Audit.State.PAUSED else timezone.now()
    Work.objects.bulk_create(Work(queue=Work.Queue.FETCH, page=page, next_attempt_at=due) for page in pages)
    hint_after_commit(Work.Queue.FETCH)


def refuse_when_full(more: int) -> None:
    """Raises QueueFull where more pages would wait than this installation takes."""
    waiting = Work.objects.filter(status=Work.Status.QUEUED, page__isnull=False).count()
    if waiting + more > settings.MAX_QUEUED_PAGES:
        raise QueueFull(f"{waiting:,} pages are waiting already. Try again in some minutes.")


def pause(audit: Audit) -> None:
    """Holds back what is not begun; what is being fetched is finished. ``audit`` is brought up to date."""
    _change(audit, Audit.State.RUNNING, Audit.State.PAUSED, due=HELD)


def resume(audit: Audit) -> None:
    """Goes on where it was paused."""
    _change(audit, Audit.State.PAUSED, Audit.State.RUNNING, due=timezone.now())


def cancel(audit: Audit) -> None:
    """Ends it, with its schedule; what was looked at stays."""
    with transaction.atomic():
        current = Audit.objects.select_for_update().get(pk=audit.pk)
        waiting = _works_of(current).select_for_update(of=("self",)).filter(status=Work.Status.QUEUED)
        works = list(waiting.order_by("pk"))
        end_waiting(Page.objects.filter(work__in=works))
        Work.objects.filter(pk__in=[work.pk for work in works]).delete()
        current.state, current.schedule, current.next_look_at = Audit.State.CANCELLED, Audit.Schedule.NEVER, None
        current.save(update_fields=["state", "schedule", "next_look_at"])
    audit.refresh_from_db()


def retry_pages(audit: Audit) -> int:
    """Queues the audit's failed pages afresh, with all their attempts. Returns how many; none once it is cancelled."""
    with transaction.atomic():
        current = Audit.objects.select_for_update().get(pk=audit.pk)
        if current.state == Audit.State.CANCELLED:
            return 0
        return queue_again(current, current.pages.filter(state=Page.State.FAILED))


def queue_again(audit: Audit, pages: QuerySet[Page]) -> int:
    """Queues pages that have ended, with all their attempts, within the running transaction. Returns how many."""
    keys = list(pages.values_list("pk", flat=True))
    works = Work.objects.filter(page__in=keys)
    works.update(
        status=Work.Status.QUEUED,
        attempts=0,
        alone=False,
        error_code="",
        error_message="",
        finished_at=None,
        next_attempt_at=HELD if audit.state == Audit.State.PAUSED else timezone.now(),
    )
    queued = Page.objects.filter(pk__in=keys)
    queued.update(state=Page.State.WAITING)
    queued.filter(gone_at=None).update(error_code="", error_message="")  # what is gone stays so until it is back
    queue_pages(audit, list(Page.objects.filter(pk__in=keys, work=None)))  # those that were cancelled have none
    return len(keys)


def _works_of(audit: Audit) -> QuerySet[Work]:
    """Of its pages, and of its pictures that are to be compared."""
    return Work.objects.filter(Q(page__audit=audit) | Q(watch__audit=audit))


def _change(audit: Audit, before: Audit.State, after: Audit.State, *, due: datetime) -> None:
    with transaction.atomic():
        current = Audit.objects.select_for_update().get(pk=audit.pk)
        if current.state == before:
            current.state = after
            current.save(update_fields=["state"])
            waiting = _works_of(current).filter(status=Work.Status.QUEUED)
            waiting.update(next_attempt_at=due)
            hint_after_commit(Work.Queue.FETCH)
        audit.state = current.state
