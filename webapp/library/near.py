"""Decided pictures whose perceptual hashes are near: found by the indices on the parts of the hashes."""

from collections.abc import Collection
from operator import itemgetter
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet

from webapp.library.models import Blob, Image
from webapp.library.phash import BITS, distance
from webapp.library.reuse import DECIDED, held_together

MOST_BITS = 6  # of 64 that may differ; measured in docs/seen-before.md
MOST_READ = 5_000  # pictures whose hashes are compared in one look, those that changed last
MOST_KEPT = 20  # of what is near one image, the nearest
_PARTS, _PART_BITS = 4, 16


def columns_of(phash: str) -> dict[str, Any]:
    """The columns of ``Blob`` that say the hash; an empty one has no parts."""
    parts = _parts(phash) if phash else [None] * _PARTS
    return {"phash": phash, **{f"phash_{place}": part for place, part in enumerate(parts, start=1)}}


def near_to(images: Collection[Image]) -> dict[UUID, dict[UUID, int]]:
    """For each of the images, which are of one job, the decided ones that are near it, with the bits that differ.

    They are of the same people, site and language. The same file is no bit away, even without a hash. However many the
    images are, the number of queries is the same.
    """
    found = {pk: (sha256, phash) for query in near_queries(images) for pk, sha256, phash in query[:MOST_READ]}
    return {image.pk: dict(_nearest(image, found)) if image.blob else {} for image in images}


def near_queries(images: Collection[Image]) -> list[QuerySet[Image, tuple[UUID, str, str | None]]]:
    """What asks for key, file and hash of the decided images that may be near: of the same files, and by the hashes.

    Whose they are is asked together with that, so that nobody's pictures slow down the pages of others.
    """
    blobs = [image.blob for image in images if image.blob]
    if not blobs:
        return []
    one = next(iter(images))
    decided = (
        Image.objects.filter(held_together(one.owner, one.site), state__in=DECIDED, lang=one.lang)
        .order_by("-updated_at")
        .values_list("pk", "blob", "blob__phash")
    )
    hashes = {blob.phash for blob in blobs if blob.phash}
    return [decided.filter(blob__in=blobs), decided.filter(_near_condition(hashes))]


def _near_condition(hashes: Collection[str]) -> Q:
    """The condition on images that all near to one of these hashes meet, and few others.

    Of the four parts of hashes that differ in at most seven bits, one differs in at most one bit. So every near hash
    has a part that is one of 17 values.
    """
    condition = Q()
    for place, parts in enumerate(zip(*map(_parts, hashes), strict=True), start=1):
        values = {value for part in parts for value in (part, *(part ^ (1 << bit) for bit in range(_PART_BITS)))}
        condition |= Q(**{f"blob__phash_{place}__in": sorted(values)})
    return condition or Q(pk__in=[])


def _nearest(image: Image, found: dict[UUID, tuple[str, str | None]]) -> list[tuple[UUID, int]]:
    assert image.blob is not None, "nothing is near a picture without bytes"
    bits = [(pk, _bits(image.blob, sha256, phash)) for pk, (sha256, phash) in found.items() if pk != image.pk]
    return sorted((one for one in bits if one[1] <= MOST_BITS), key=itemgetter(1))[:MOST_KEPT]


def _bits(blob: Blob, sha256: str, phash: str | None) -> int:
    if blob.pk == sha256:
        return 0
    return distance(blob.phash, phash) if blob.phash and phash else BITS


def _parts(phash: str) -> list[int]:
    return [int(phash[start : start + BITS // 4 // _PARTS], 16) for start in range(0, BITS // 4, BITS // 4 // _PARTS)]
