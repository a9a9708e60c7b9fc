"""Pictures that look alike: found by their perceptual hashes, and their decided texts offered to a person."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import OuterRef, Q, Subquery

from webapp.accounts.models import Owner
from webapp.library.decide import decide
from webapp.library.errors import LibraryError
from webapp.library.models import Blob, Decision, Image
from webapp.library.phash import BITS, distance
from webapp.library.reuse import DECIDED, held_together

MOST_BITS = 6  # of 64 that may differ; measured in docs/seen-before.md
_PARTS, _PART_BITS = 4, 16
_OFFERED = 3


class NotAlike(LibraryError):  # noqa: N818 - a refusal, as in webapp.library.errors
    """The text of another picture is asked for that does not look alike, or has none any more."""

    code = "not_alike"

    def __init__(self) -> None:
        super().__init__("The other picture has no text now that could be used here. Choose a sentence, or write one.")


@dataclass(frozen=True, slots=True)
class Similar:
    """A decided picture that looks alike. bits: how many bits of the hashes differ."""

    image: Image
    bits: int
    decided_at: datetime
    is_same_file: bool
    is_resized: bool

    @property
    def alike(self) -> int:
        """How much, in per cent."""
        return round(100 * (1 - self.bits / BITS))


def columns_of(phash: str) -> dict[str, Any]:
    """The columns of ``Blob`` that say the hash; an empty one has no parts."""
    parts = _parts(phash) if phash else [None] * _PARTS
    return {"phash": phash, **{f"phash_{place}": part for place, part in enumerate(parts, start=1)}}


def similar_to(image: Image) -> list[Similar]:
    """The decided pictures of the same people and site that look like this one, the nearest first; each text once."""
    texts: dict[str | None, Similar] = {}
    for one in _all_similar(image):
        texts.setdefault(one.image.alt_text, one)
    return list(texts.values())[:_OFFERED]


def near_condition(phash: str) -> Q:
    """The condition on blobs that all near hashes meet, and few others; the indices answer it.

    Of the four parts of hashes that differ in at most seven bits, one differs in at most one bit. So every near hash
    has a part that is one of 17 values.
    """
    condition = Q()
    for place, part in enumerate(_parts(phash), start=1):
        condition |= Q(**{f"phash_{place}__in": [part, *(part ^ (1 << bit) for bit in range(_PART_BITS))]})
    return condition


def use_similar(image: Image, source: UUID, *, owner: Owner, version: int | None = None) -> Decision:
    """A person confirms that the text of a picture that looks alike fits this one too.

    Raises:
        NotAlike: it does not look alike, or has no decided text any more.
        NotReady, StaleVersion, Image.DoesNotExist: as ``decide``.
    """
    found = next((one.image for one in _all_similar(image) if one.image.pk == source), None)
    if found is None:
        raise NotAlike
    return decide(image, found.alt_text or "", owner=owner, version=version, alike=found)


def _all_similar(image: Image) -> list[Similar]:
    blob = image.blob
    if blob is None:
        return []
    near = {**_near(blob.phash), blob.pk: 0}
    standing = Decision.objects.filter(image=OuterRef("pk"), undoes=None, undone_by=None).order_by("-pk")
    decided = (
        Image.objects.filter(held_together(image.owner, image.site), blob__in=near, state__in=DECIDED, lang=image.lang)
        .exclude(pk=image.pk)
        .select_related("blob")
        .annotate(decided_at=Subquery(standing.values("decided_at")[:1]))
    )
    found = [
        Similar(
            image=one,
            bits=near[one.blob.pk],
            decided_at=one.decided_at,
            is_same_file=one.blob.pk == blob.pk,
            is_resized=(one.blob.width, one.blob.height) != (blob.width, blob.height),
        )
        for one in decided
        if one.blob
    ]
    return sorted(found, key=lambda one: (one.bits, -one.decided_at.timestamp()))


def _near(phash: str | None) -> dict[str, int]:
    """The blobs with a hash at most MOST_BITS away, and how far."""
    if not phash:
        return {}
    hashes = Blob.objects.filter(near_condition(phash)).values_list("pk", "phash")
    distances = {pk: distance(phash, found) for pk, found in hashes if found}
    return {pk: bits for pk, bits in distances.items() if bits <= MOST_BITS}


def _parts(phash: str) -> list[int]:
    return [int(phash[start : start + BITS // 4 // _PARTS], 16) for start in range(0, BITS // 4, BITS // 4 // _PARTS)]
