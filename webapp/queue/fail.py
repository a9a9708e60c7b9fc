"""Failing: the image's own fault ends the row at once; anything else is tried again, up to three times."""

from collections.abc import Sequence

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from webapp.audit.models import Page
from webapp.library import storage
from webapp.library.ended import end_jobs_after_commit
from webapp.library.models import Image
from webapp.queue.backoff import delay_after
from webapp.queue.fence import lock_claimed, lock_images
from webapp.queue.held import follow_audits
from webapp.queue.models import Work


def fail(work: Work, code: str, message: str, *, fault_of_image: bool) -> bool:
    """Ends the claimed row, or puts it back with a delay where a later attempt may succeed.

    Args:
        work: the row as claimed.
        code: a stable code of the failure.
        message: a sentence for people.
        fault_of_image: the file itself is bad, so that no further attempt is made and its original is removed.
            Otherwise the attempt is charged, and the original stays for "Try again".

    Returns:
        Whether it was written: not when the claim is no longer the newest, or the row was deleted.
    """
    with transaction.atomic():
        if not lock_claimed([work]):
            return False
        if fault_of_image:
            end_failed([work.pk], code, message, keep_original=False)
        else:
            charge(work.pk, code, message)
    return True


def charge(work_id: int, code: str, message: str) -> None:
    """Counts one failed attempt of a locked row: it goes again after a while, or fails when it was the last one."""
    work = Work.objects.get(pk=work_id)
    work.attempts += 1
    work.error_code, work.error_message = code, message
    work.status = Work.Status.QUEUED
    work.lease_until = None
    work.next_attempt_at = timezone.now() + delay_after(work.attempts)
    work.save(
        update_fields=["attempts", "error_code", "error_message", "status", "lease_until", "next_attempt_at"]
    )  # fmt: skip
    if work.attempts >= settings.QUEUE_MAX_ATTEMPTS:
        end_failed([work.pk], code, message, keep_original=True)
    follow_audits([work.pk])


def end_failed(works: Sequence[int], code: str, message: str, *, keep_original: bool) -> None:
    """Ends locked rows as failed, and shows the reason at their images unless a person has decided already."""
    Work.objects.filter(pk__in=works).update(
        status=Work.Status.FAILED,
        lease_until=None,
        finished_at=timezone.now(),
        error_code=code,
        error_message=message,
    )
    Page.objects.filter(work__in=works, state=Page.State.WAITING).update(
        state=Page.State.FAILED, error_code=code, error_message=message
    )
    images = lock_images(works)
    Image.objects.filter(pk__in=[image.pk for image in images], state=Image.State.WAITING).update(
        state=Image.State.FAILED, error_code=code, error_message=message, updated_at=timezone.now()
    )
    end_jobs_after_commit({image.job_id for image in images})
    if keep_original:
        return
    Image.objects.filter(pk__in=[image.pk for image in images]).update(spool_name="")
    originals = [image.spool_name for image in images]

    def remove_originals() -> None:
        for name in originals:
            storage.remove_spooled(name)

    transaction.on_commit(remove_originals, robust=True)
