"""Looking again: every page of an audit is asked for anew, and only what changed is done again."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from webapp.audit.errors import CannotLookAgain
from webapp.audit.models import Audit, Page
from webapp.audit.queueing import queue_again, refuse_when_full
from webapp.audit.schedule import next_look


def look_again(audit: Audit, now: datetime | None = None) -> None:
    """Queues the audit's pages for another look; one that was cancelled begins anew. ``audit`` is brought up to date.

    Raises:
        CannotLookAgain: its pages did not come from the web, or are being looked at.
        QueueFull: too many pages wait already.
    """
    now = now or timezone.now()
    with transaction.atomic():
        current = Audit.objects.select_for_update().get(pk=audit.pk)
        if not current.is_fetched:
            raise CannotLookAgain("It was handed over as it is, so nothing can be fetched anew. Hand it over again.")
        if current.pages.filter(state=Page.State.WAITING).exists():
            raise CannotLookAgain("It is being looked at. Look again when that is done.")
        refuse_when_full(current.pages.count())
        current.state = Audit.State.RUNNING
        current.looks += 1
        current.looked_at = now
        current.next_look_at = next_look(current)
        current.save(update_fields=["state", "looks", "looked_at", "next_look_at"])
        current.pages.update(changes=None)
        queue_again(current, current.pages.all())
    audit.refresh_from_db()
