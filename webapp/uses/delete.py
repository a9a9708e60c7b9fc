"""Decided uses end with the retention of their site, which each decision begins anew, unless the site keeps texts."""

from datetime import datetime

from django.db.models import Q
from django.utils import timezone

from webapp.accounts.retention import expired
from webapp.uses.models import DecidedUse, UnsavedUse


def delete_expired_uses(now: datetime | None = None) -> int:
    """Removes decided uses past their retention, with their history, and what was typed and not saved. Returns how many
    decided ones.
    """
    is_past = expired(now or timezone.now(), "updated_at")
    UnsavedUse.objects.filter(is_past).delete()
    past = DecidedUse.objects.filter(is_past)
    _, deleted = past.exclude(~Q(state=DecidedUse.State.UNDECIDED), site__keeps_texts=True).delete()
    return deleted.get("uses.DecidedUse", 0)
