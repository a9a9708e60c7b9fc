"""Work for pages: begun, held back while an audit is paused, and taken out of the queue when it is cancelled."""

from collections.abc import Sequence
from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from webapp.audit.models import Audit, Page
from webapp.library.errors import QueueFull
from webapp.queue.held import HELD
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
    """Ends it for good; what was looked at stays."""
    with transaction.atomic():
        current = Audit.objects.select_for_update().get(pk=audit.pk)
        waiting = Work.objects.select_for_update(of=("self",)).filter(page__audit=current, status=Work.Status.QUEUED)
        works = list(waiting.order_by("pk"))
        Page.objects.filter(work__in=works, state=Page.State.WAITING).update(state=Page.State.CANCELLED)
        Work.objects.filter(pk__in=[work.pk for work in works]).delete()
        current.state = audit.state = Audit.State.CANCELLED
        current.save(update_fields=["state"])


def retry_pages(audit: Audit) -> int:
    """Queues the audit's failed pages afresh, with all their attempts. Returns how many; none once it is cancelled."""
    with transaction.atomic():
        current = Audit.objects.select_for_update().get(pk=audit.pk)
        if current.state == Audit.State.CANCELLED:
            return 0
        failed = Page.objects.filter(audit=current, state=Page.State.FAILED)
        works = Work.objects.filter(page__in=failed)
        count = works.update(
            status=Work.Status.QUEUED,
            attempts=0,
            alone=False,
            error_code="",
            error_message="",
            finished_at=None,
            next_attempt_at=HELD if current.state == Audit.State.PAUSED else timezone.now(),
        )
        failed.update(state=Page.State.WAITING, error_code="", error_message="")
        hint_after_commit(Work.Queue.FETCH)
    return count


def _change(audit: Audit, before: Audit.State, after: Audit.State, *, due: datetime) -> None:
    with transaction.atomic():
        current = Audit.objects.select_for_update().get(pk=audit.pk)
        if current.state == before:
            current.state = after
            current.save(update_fields=["state"])
            waiting = Work.objects.filter(page__audit=current, status=Work.Status.QUEUED)
            waiting.update(next_attempt_at=due)
            hint_after_commit(Work.Queue.FETCH)
        audit.state = current.state
