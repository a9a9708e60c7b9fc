"""How long things are kept: as the service says, or shorter where their site says so."""

from datetime import datetime

from django.conf import settings
from django.db.models import Q

from webapp.accounts.models import Site


def expired(now: datetime) -> Q:
    """The condition by which rows with a site are past their time."""
    past = Q(created_at__lte=now - settings.RETENTION)
    for site in Site.objects.exclude(retention_days=None):
        past |= Q(site=site, created_at__lte=now - site.retention)
    return past
