"""Removing deliveries whose time is up: they hold texts, and are kept no longer than those."""

from datetime import datetime

from django.utils import timezone

from webapp.accounts.retention import expired
from webapp.webhooks.models import Delivery


def delete_old_deliveries(now: datetime | None = None) -> int:
    """Removes those past their site's retention. Returns how many."""
    past = Delivery.objects.filter(expired(now or timezone.now(), site="webhook__site"))
    return past.delete()[0]
