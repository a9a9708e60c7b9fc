"""A page that was there at the look before and is not any more."""

from django.db import transaction
from django.utils import timezone

from webapp.audit.models import Page
from webapp.fetch.errors import FetchError, HttpStatus
from webapp.queue.fail import fail
from webapp.queue.models import Work

PAGE_GONE = "page_gone"
_SENTENCE = (
    "There is nothing at its address any more. Its images are left out until it is back; what was decided for them "
    "is kept."
)


def is_gone(page: Page, error: FetchError) -> bool:
    """Whether the error says so of a page that was looked at before."""
    return page.scanned_at is not None and isinstance(error, HttpStatus) and error.status in (404, 410)


def end_gone(work: Work) -> bool:
    """Ends the claimed row, and hides the page's images from the report. Returns whether it was still held."""
    with transaction.atomic():
        if not fail(work, PAGE_GONE, _SENTENCE, fault_of_image=True):
            return False
        Page.objects.filter(work=work, gone_at=None).update(gone_at=timezone.now())
    return True
