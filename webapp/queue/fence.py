"""The fence: a worker may write only while its claim is the newest. Locks are taken in one order everywhere."""

from collections.abc import Iterable, Sequence

from webapp.library.models import Blob, Image
from webapp.queue.models import Work


def lock_claimed(claimed: Iterable[Work]) -> set[int]:
    """Locks the rows for the running transaction and returns the keys of those still held under the same claim.

    Works are locked before their images, images before blobs, each by key, as in ``webapp.library.delete``: verbs that
    meet wait for each other and never deadlock. (On SQLite the transaction itself is the lock.)
    """
    claims = {work.pk: work.claims for work in claimed}
    rows = Work.objects.select_for_update().filter(pk__in=claims, status=Work.Status.RUNNING).order_by("pk")
    return {work.pk for work in rows if work.claims == claims[work.pk]}


def lock_images(works: Iterable[int]) -> list[Image]:
    """Locks the images of these works, with their present state."""
    return list(Image.objects.select_for_update().filter(work__in=list(works)).order_by("pk"))


def lock_blobs(keys: Sequence[str]) -> dict[str, Blob]:
    """Locks those of the blobs that still exist."""
    return {blob.pk: blob for blob in Blob.objects.select_for_update().filter(pk__in=keys).order_by("pk")}
