"""Trying again: a person asks for another attempt at a failed image."""

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from webapp.library import storage
from webapp.library.errors import LibraryError
from webapp.library.models import Blob, Image, Job
from webapp.queue.hints import hint_after_commit
from webapp.queue.models import Work


class NotRetryable(LibraryError):  # noqa: N818  (a refusal, as in webapp.library.errors)
    """Another attempt makes no sense, or is not possible."""

    code = "not_retryable"


def can_retry(image: Image) -> bool:
    """Whether "Try again" has a chance: it failed in a worker, and its bytes are still here or can be fetched."""
    return image.state == Image.State.FAILED and _queue(image) is not None and Work.objects.filter(image=image).exists()


def retry(image: Image) -> Work:
    """Queues the image's row afresh, with all its attempts. ``image`` is brought up to date.

    Raises:
        NotRetryable: it has not failed, or its file is gone.
    """
    with transaction.atomic():
        Job.objects.filter(pk=image.job_id).update(ended_at=None)  # first, as jobs are locked before works
        work = Work.objects.select_for_update().filter(image=image).first()
        current = Image.objects.select_for_update().get(pk=image.pk)
        if current.state != Image.State.FAILED:
            raise NotRetryable("This picture has not failed, so there is nothing to try again.")
        queue = _queue(current)
        if work is None or queue is None:
            raise NotRetryable("This file is no longer here. Upload it again, or choose another one.")
        work.queue = queue
        work.status = Work.Status.QUEUED
        work.attempts = work.batch_size = 0
        work.alone = False
        work.error_code = work.error_message = work.worker = ""
        work.lease_until = work.started_at = work.finished_at = None
        work.next_attempt_at = timezone.now()
        work.save()
        if queue == Work.Queue.FETCH and current.blob_id:
            _forget_bytes(current)
            image.blob = None
        image.state = Image.State.WAITING
        image.error_code = image.error_message = ""
        image.save(update_fields=["state", "error_code", "error_message", "updated_at"])
        hint_after_commit(work.queue)
    return work


def _forget_bytes(image: Image) -> None:
    """What was fetched before is gone; the next fetch may bring something else."""
    blob = Blob.objects.select_for_update().get(pk=image.blob_id)
    Image.objects.filter(pk=image.pk).update(blob=None)
    if not Image.objects.filter(blob=blob).exists():
        blob.delete()


def _queue(image: Image) -> Work.Queue | None:
    """Where another attempt begins; None where there is nothing to begin with."""
    if _has_bytes(image):
        return Work.Queue.CAPTION
    return Work.Queue.FETCH if image.source_url else None


def _has_bytes(image: Image) -> bool:
    if image.blob is None:
        return False
    original = bool(image.spool_name) and (settings.SPOOL_DIR / image.spool_name).is_file()
    return original or storage.copy_path(image.blob.pk).is_file()
