"""How long things are kept: as the service says, or shorter where their site says so."""

from datetime import datetime

from django.conf import settings
from django.db.models import Q

from webapp.accounts.models import Site


def expired(now: datetime, since: str = "created_at") -> Q:
    """The condition by which rows with a site are past their time, which counts from the field ``since``."""
    past = Q(**{f"{since}__lte": now - settings.RETENTION})
    for site in Site.objects.exclude(retention_days=None):
        past |= Q(**{"site": site, f"{since}__lte": now - site.retention})
    return past
