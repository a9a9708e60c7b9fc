"""Removing what was handed over: rows in one transaction, files after it, and whatever was left behind.

A deletion cannot be undone: keeping the bytes for a while would make "deleted at once" untrue. Pages ask first instead.
"""

import time
from collections.abc import Collection, Iterator
from datetime import datetime, timedelta
from itertools import islice
from pathlib import Path
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.db.models import Exists, Model, OuterRef, Q
from django.utils import timezone

from webapp.accounts.retention import expired
from webapp.library import storage
from webapp.library.models import Blob, Image, Job
from webapp.queue.models import Work

# A file that is younger may belong to a submission that is about to commit.
ORPHAN_AGE = timedelta(hours=1)
_AT_ONCE = 100


def delete_image(image: Image) -> None:
    """Removes the image with all that belongs to it; its job too when it was the last one there.

    Work in flight is harmless: the worker's result finds no row and is dropped.
    """
    _delete([image.pk])


def delete_job(job: Job) -> None:
    """Removes the job and its images."""
    with transaction.atomic():
        _delete(list(Image.objects.filter(job=job).values_list("pk", flat=True)))
        Job.objects.filter(pk=job.pk).delete()


def delete_expired(now: datetime | None = None) -> int:
    """Removes images past their retention, a hundred a transaction. Returns how many.

    A decided text stays where its site keeps texts: pages are served with it for as long as they show the picture.
    """
    stays = Q(site__keeps_texts=True, alt_text__isnull=False)
    past = Image.objects.filter(expired(now or timezone.now())).exclude(stays).order_by("created_at")
    removed = 0
    while ids := list(past.values_list("pk", flat=True)[:_AT_ONCE]):
        removed += _delete(ids)
    return removed


def delete_orphans(now: float | None = None) -> int:
    """Removes files without an image that are older than an hour (a process died between file and row).

    Args:
        now: seconds since the epoch; the present by default.

    Returns:
        How many files were removed.
    """
    originals = remove_unknown(settings.SPOOL_DIR, Image, "spool_name", now)
    return originals + remove_unknown(settings.MEDIA_DIR, Blob, "sha256", now)


def remove_unknown(folder: Path, model: type[Model], field: str, now: float | None = None) -> int:
    """Removes the files of a folder that no row has as this field; see ``delete_orphans``."""
    limit = (time.time() if now is None else now) - ORPHAN_AGE.total_seconds()
    removed = 0
    for paths in _batched(_older_files(folder, limit)):
        names = [path.name for path in paths]
        known = set(model._default_manager.filter(**{f"{field}__in": names}).values_list(field, flat=True))
        for path in paths:
            if path.name not in known:
                path.unlink(missing_ok=True)
                removed += 1
    return removed


def _older_files(folder: Path, limit: float) -> Iterator[Path]:
    for path in folder.rglob("*"):
        try:
            if path.is_file() and path.stat().st_mtime < limit:
                yield path
        except FileNotFoundError:  # the worker or a deletion was quicker
            continue


def _batched(paths: Iterator[Path]) -> Iterator[list[Path]]:
    while batch := list(islice(paths, _AT_ONCE)):
        yield batch


def _delete(ids: Collection[UUID]) -> int:
    """Removes images, and what then has no image left: blobs with their inferences, and jobs.

    Rows are locked in one order (jobs, work, images, blobs, each by its key), so that two deletions never wait for each
    other.
    """
    with transaction.atomic():
        of_images = Image.objects.filter(pk__in=ids).values("job")
        jobs = list(Job.objects.select_for_update().filter(pk__in=of_images).order_by("pk"))
        list(Work.objects.select_for_update().filter(image__in=ids).order_by("pk"))
        images = list(Image.objects.select_for_update().filter(pk__in=ids).order_by("pk"))
        touched = {image.blob_id for image in images if image.blob_id}
        blobs = list(Blob.objects.select_for_update().filter(pk__in=touched).order_by("pk"))
        Image.objects.filter(pk__in=[image.pk for image in images]).delete()
        still_used = set(Image.objects.filter(blob__in=blobs).values_list("blob_id", flat=True))
        unused = [blob.pk for blob in blobs if blob.pk not in still_used]
        Blob.objects.filter(pk__in=unused).delete()
        empty = ~Exists(Image.objects.filter(job=OuterRef("pk")))
        Job.objects.filter(empty, pk__in=[job.pk for job in jobs]).delete()
        spooled = [image.spool_name for image in images]
        transaction.on_commit(lambda: _remove_files(spooled, unused))
    return len(images)


def _remove_files(spooled: Collection[str], copies: Collection[str]) -> None:
    for name in spooled:
        storage.remove_spooled(name)
    # The same bytes may have come again since the commit: their copy stays.
    come_again = set(Blob.objects.filter(pk__in=copies).values_list("pk", flat=True))
    for sha256 in set(copies) - come_again:
        storage.remove_copy(sha256)
