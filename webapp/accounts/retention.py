"""How long things are kept: as the service says, or shorter where their site says so."""

from datetime import datetime

from django.conf import settings
from django.db.models import Q

from webapp.accounts.models import Site


def expired(now: datetime, since: str = "created_at", site: str = "site") -> Q:
    """The condition by which rows of a site are past their time, which counts from the field ``since``.

    site: the field that leads to it.
    """
    past = Q(**{f"{since}__lte": now - settings.RETENTION})
    for one in Site.objects.exclude(retention_days=None):
        past |= Q(**{site: one, f"{since}__lte": now - one.retention})
    return past
