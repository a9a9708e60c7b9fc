"""When an audit is looked at again by itself."""

from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone

from webapp.audit.errors import CannotLookAgain
from webapp.audit.models import Audit

_EVERY = {
    Audit.Schedule.DAILY: timedelta(days=1),
    Audit.Schedule.WEEKLY: timedelta(days=7),
    Audit.Schedule.MONTHLY: timedelta(days=30),
}
_SEEN_STEP = timedelta(days=1)  # writing at each look would make every read a write


def next_look(audit: Audit) -> datetime | None:
    """When the next look is due, counted from the newest one; None for never."""
    every = _EVERY.get(Audit.Schedule(audit.schedule))
    return audit.looked_at + every if every else None


def set_schedule(audit: Audit, schedule: Audit.Schedule) -> None:
    """Has the audit looked at again so often. ``audit`` is brought up to date.

    Raises:
        CannotLookAgain: its pages did not come from the web.
    """
    with transaction.atomic():
        current = Audit.objects.select_for_update().get(pk=audit.pk)
        if schedule != Audit.Schedule.NEVER and not current.is_fetched:
            raise CannotLookAgain("It was handed over as it is, so nothing can be fetched anew. Hand it over again.")
        current.schedule = schedule
        current.next_look_at, current.seen_at = next_look(current), timezone.now()
        current.save(update_fields=["schedule", "next_look_at", "seen_at"])
    audit.refresh_from_db()


def note_seen(audit: Audit) -> bool:
    """Notes that its owner has seen a scheduled audit, once a day. Returns whether that was written."""
    now = timezone.now()
    if audit.next_look_at is None or (audit.seen_at and now - audit.seen_at < _SEEN_STEP):
        return False
    Audit.objects.filter(pk=audit.pk).update(seen_at=now)
    return True
