"""Removing audits: their rows at once, their sources after the commit. Pictures in the library are not theirs."""

from collections.abc import Iterable
from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from webapp.accounts.retention import expired
from webapp.audit import sources
from webapp.audit.models import Audit, Page
from webapp.library.delete import remove_unknown
from webapp.queue.models import Work


def delete_audit(audit: Audit) -> None:
    """Removes the audit with its pages; work in flight finds no row and is dropped."""
    with transaction.atomic():
        locked = Audit.objects.select_for_update().filter(pk=audit.pk)
        if not locked.exists():
            return
        of_audit = Q(page__audit=audit.pk) | Q(watch__audit=audit.pk)
        list(Work.objects.select_for_update(of=("self",)).filter(of_audit).order_by("pk"))
        names = list(Page.objects.filter(audit=audit.pk).values_list("source_name", flat=True))
        archives = list(locked.values_list("source_name", flat=True))
        Audit.objects.filter(pk=audit.pk).delete()
        transaction.on_commit(lambda: _remove(names, archives))


def delete_orphan_sources(now: float | None = None) -> int:
    """Removes sources without a page, and archives without an audit; see ``webapp.library.delete.delete_orphans``."""
    archives = remove_unknown(settings.ARCHIVES_DIR, Audit, "source_name", now)
    return archives + remove_unknown(settings.PAGES_DIR, Page, "source_name", now)


def _remove(pages: Iterable[str], archives: Iterable[str]) -> None:
    for name in pages:
        sources.remove(name)
    for name in archives:
        sources.remove(name, settings.ARCHIVES_DIR)


def delete_expired_audits(now: datetime | None = None) -> int:
    """Removes audits past their retention, which each look begins anew. Returns how many."""
    now = now or timezone.now()
    unscheduled = Q(next_look_at=None) | Q(next_look_at__lte=now - settings.RETENTION)
    past = list(Audit.objects.filter(unscheduled, expired(now, "looked_at")))
    for audit in past:
        delete_audit(audit)
    return len(past)
