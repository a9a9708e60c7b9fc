"""Writing what became of a page, behind the fence: the one place where a page's row is ended well."""

from collections.abc import Callable

from django.db import transaction
from django.utils import timezone

from webapp.audit.models import Audit, Page
from webapp.queue.fence import lock_claimed
from webapp.queue.models import Work


def write_page(work: Work, change: Callable[[Page], None]) -> bool:
    """Changes the claimed row's page, which was looked at, and ends the row; all or nothing.

    Args:
        work: the row as claimed.
        change: what else is to be written; it gets the page, locked, with its audit.

    Returns:
        Whether it was written: not when the claim is no longer the newest, or the page was deleted or cancelled.
    """
    assert work.page is not None, "this is the row of an image"
    with transaction.atomic():
        # First of all, as when it is cancelled. Pages that come in at once add to it one after another.
        audit = Audit.objects.select_for_update().filter(pk=work.page.audit_id).first()
        if audit is None or not lock_claimed([work]):
            return False
        page = Page.objects.select_for_update().get(work=work.pk)
        page.audit = audit
        change(page)
        page.state, page.gone_at = Page.State.SCANNED, None
        page.error_code = page.error_message = ""
        page.scanned_at = timezone.now()
        page.save()
        Work.objects.filter(pk=work.pk).update(
            status=Work.Status.DONE, lease_until=None, finished_at=timezone.now(), error_code="", error_message=""
        )
    return True
