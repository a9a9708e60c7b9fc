"""Looking again: every page and picture of an audit is asked for anew, and only what changed is done again."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from webapp.audit.errors import CannotLookAgain
from webapp.audit.models import Audit, Page
from webapp.audit.queueing import queue_again, refuse_when_full
from webapp.audit.schedule import next_look
from webapp.audit.watch import watch_pictures
from webapp.fetch.from_settings import has_browser


def look_again(audit: Audit, now: datetime | None = None, *, with_browser: bool | None = None) -> None:
    """Queues the audit's pages for another look; one that was cancelled begins anew. ``audit`` is brought up to date.

    with_browser: whether its pages are built by a browser from now on; None for as before.

    Raises:
        CannotLookAgain: its pages did not come from the web, or are being looked at; or there is no browser.
        QueueFull: too many pages wait already.
    """
    now = now or timezone.now()
    if with_browser and not has_browser():
        raise CannotLookAgain("There is no browser here that may build pages. Look again without one.")
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
        if with_browser is not None:
            current.with_browser = with_browser
        current.save(update_fields=["state", "looks", "looked_at", "next_look_at", "with_browser"])
        current.pages.update(changes=None)
        queue_again(current, current.pages.all())
        watch_pictures(current)
    audit.refresh_from_db()
