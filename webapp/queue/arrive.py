"""Arriving: the bytes of a linked image are here, and its row goes on from the fetch queue to the caption queue.

It ends where the same bytes have a decided text.
"""

from django.db import transaction
from django.utils import timezone

from webapp.library import storage
from webapp.library.reuse import lock_decided, reuse
from webapp.library.submit import Examined, hold_blobs, kind_of
from webapp.library.unsaved import offer_authors_texts
from webapp.queue.fail import fail
from webapp.queue.fence import lock_claimed, lock_images
from webapp.queue.finish import end_done
from webapp.queue.hints import hint_after_commit
from webapp.queue.models import Work


def arrive(work: Work, examined: Examined) -> bool:
    """Keeps the bytes and queues the claimed row for captioning; or ends it where they are no image.

    Attempts that fetching cost are not counted against captioning.

    Args:
        work: the row as claimed from the fetch queue.
        examined: what was fetched, after a look at its header.

    Returns:
        Whether it was written: not when the claim is no longer the newest, or the row was deleted.

    Raises:
        OSError: the bytes cannot be kept.
    """
    if examined.error is not None:
        return fail(work, examined.error.code, examined.error.message, fault_of_image=True)
    assert examined.header is not None, "exactly one of header and error is set"
    name = storage.spool(examined.data)
    try:
        with transaction.atomic():
            if not lock_claimed([work]):
                storage.remove_spooled(name)
                return False
            (image,) = lock_images([work.pk])
            decided = lock_decided(image.owner, image.site, image.lang, [examined.sha256])
            hold_blobs([examined])
            image.blob_id, image.spool_name, image.kind = examined.sha256, name, kind_of(examined.header)
            image.save(update_fields=["blob", "spool_name", "kind", "updated_at"])
            offer_authors_texts({image.pk: examined.authors_text})
            if reuse([image], decided):
                end_done([work.pk])
                return True
            Work.objects.filter(pk=work.pk).update(
                queue=Work.Queue.CAPTION,
                status=Work.Status.QUEUED,
                attempts=0,
                alone=False,
                lease_until=None,
                next_attempt_at=timezone.now(),
                error_code="",
                error_message="",
            )
            hint_after_commit(Work.Queue.CAPTION)
    except BaseException:
        storage.remove_spooled(name)
        raise
    return True
