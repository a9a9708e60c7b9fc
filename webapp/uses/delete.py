"""Decided uses end with the retention of their site, which each decision begins anew."""

from datetime import datetime

from django.utils import timezone

from webapp.accounts.retention import expired
from webapp.uses.models import DecidedUse


def delete_expired_uses(now: datetime | None = None) -> int:
    """Removes decided uses past their retention, with their history. Returns how many."""
    _, deleted = DecidedUse.objects.filter(expired(now or timezone.now(), "updated_at")).delete()
    return deleted.get("uses.DecidedUse", 0)
