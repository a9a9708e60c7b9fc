"""The chore of schedules: looks that are due are begun, as long as there is somebody to read what they find."""

from datetime import datetime

from django.conf import settings
from django.utils import timezone

from webapp.accounts.models import Owner
from webapp.audit.errors import CannotLookAgain
from webapp.audit.look_again import look_again
from webapp.audit.models import Audit, Page
from webapp.audit.schedule import set_schedule
from webapp.library.errors import QueueFull


def begin_due_looks(now: datetime | None = None) -> int:
    """Begins the looks that are due. Returns how many. Any number of processes may do so at the same time.

    A look that is still under way, or paused, is let be. Where nobody can read the report any more, the schedule ends.
    """
    now = now or timezone.now()
    due = Audit.objects.filter(next_look_at__lte=now).exclude(state=Audit.State.PAUSED)
    count = 0
    for audit in due.exclude(pages__state=Page.State.WAITING).select_related("owner__api_key").order_by("next_look_at"):
        if not _has_reader(audit, now):
            set_schedule(audit, Audit.Schedule.NEVER)
            continue
        try:
            look_again(audit, now)
        except CannotLookAgain:  # somebody was quicker
            continue
        except QueueFull:  # the rest is still due at the next round
            break
        count += 1
    return count


def _has_reader(audit: Audit, now: datetime) -> bool:
    """A browser's session ends with the retention unless it is used; a key may be revoked."""
    match audit.owner.kind:
        case Owner.Kind.SESSION:
            return audit.seen_at is not None and now - audit.seen_at < settings.RETENTION
        case Owner.Kind.KEY:
            return audit.owner.api_key.revoked_at is None
    return True
