"""A job ends when none of its images waits any more: a fact of its own, written once, for those who are told of it."""

from collections.abc import Collection
from uuid import UUID

from django.db import transaction
from django.db.models import Exists, OuterRef
from django.utils import timezone

from webapp.library.models import Image, Job


def end_jobs_after_commit(jobs: Collection[UUID]) -> None:
    """Looks at these jobs once the running transaction is committed. What fails then is done by the next sweep."""
    if jobs:
        transaction.on_commit(lambda: end_jobs(jobs), robust=True)


def end_jobs(jobs: Collection[UUID] | None = None) -> int:
    """Writes down that jobs have ended, each in a transaction of its own. Returns how many; ``post_save`` tells which.

    Two workers that finish the last two images of a job at once see each other's as waiting until they commit, so
    this comes after their commits. Then the job is locked first, and its images are looked at under that lock.

    Args:
        jobs: those that may have ended; all by default.
    """
    images = Image.objects.filter(job=OuterRef("pk"))
    waiting = images.filter(state=Image.State.WAITING)
    open_jobs = Job.objects.filter(Exists(images), ~Exists(waiting), ended_at=None)
    if jobs is not None:
        open_jobs = open_jobs.filter(pk__in=jobs)
    return sum(_end(pk) for pk in open_jobs.order_by().values_list("pk", flat=True))


def _end(pk: UUID) -> bool:
    with transaction.atomic():
        job = Job.objects.select_for_update().filter(pk=pk, ended_at=None).first()
        if job is None or job.images.filter(state=Image.State.WAITING).exists():
            return False
        job.ended_at = timezone.now()
        job.save(update_fields=["ended_at"])
    return True
