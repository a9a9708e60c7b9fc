"""What another look at an audit found to be different."""

from dataclasses import dataclass

from django.db.models import Count

from webapp.audit.models import Audit, Page
from webapp.queue.models import Work

_UNDER_WAY = (Work.Status.QUEUED, Work.Status.RUNNING)


@dataclass(frozen=True, slots=True)
class Changes:
    """Images that are new, gone, have another text, and are the same; pages that are new and gone.

    pictures: addresses at which another picture lies. pictures_waiting: those that are still to be compared.
    """

    new: int
    gone: int
    text: int
    same: int
    new_pages: int
    gone_pages: int
    pictures: int = 0
    pictures_waiting: int = 0


def changes_of(audit: Audit) -> Changes | None:
    """What the newest look found; None for the first one, and while pages wait."""
    if audit.looks == 1 or audit.pages.filter(state=Page.State.WAITING).exists():
        return None
    found = audit.pages.annotate(count=Count("uses")).order_by("position")
    counted = [page.changes for page in found if page.changes]
    gone = [page.count for page in found if page.gone_at and page.gone_at >= audit.looked_at]
    return Changes(
        new=_sum(counted, "new"),
        gone=_sum(counted, "gone") + sum(gone),
        text=_sum(counted, "text"),
        same=_sum(counted, "same"),
        new_pages=sum(page.created_at >= audit.looked_at for page in found),
        gone_pages=len(gone),
        pictures=audit.watches.filter(changed_at__gte=audit.looked_at).count(),
        pictures_waiting=Work.objects.filter(watch__audit=audit, status__in=_UNDER_WAY).count(),
    )


def _sum(counted: list[dict[str, int]], name: str) -> int:
    return sum(counts.get(name, 0) for counts in counted)
