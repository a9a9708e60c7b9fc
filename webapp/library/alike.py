"""Pictures that look alike: found by their perceptual hashes, and their decided texts offered to a person."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import OuterRef, Subquery

from webapp.accounts.models import Owner
from webapp.library.decide import decide
from webapp.library.errors import LibraryError
from webapp.library.models import Decision, Image
from webapp.library.near import near_to
from webapp.library.phash import BITS
from webapp.library.reuse import DECIDED

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


def similar_to(image: Image) -> list[Similar]:
    """The decided pictures of the same people and site that look like this one, the nearest first; each text once."""
    return similar_to_each([image])[image.pk]


def similar_to_each(images: Collection[Image]) -> dict[UUID, list[Similar]]:
    """The same for several images of one job, by as many queries as for one."""
    return {pk: _each_text_once(found)[:_OFFERED] for pk, found in _all_similar(images).items()}


def use_similar(image: Image, source: UUID, *, owner: Owner, version: int | None = None) -> Decision:
    """A person confirms that the text of a picture that looks alike fits this one too.

    Raises:
        NotAlike: it does not look alike, or has no decided text any more.
        NotReady, StaleVersion, Image.DoesNotExist: as ``decide``.
    """
    found = next((one.image for one in _all_similar([image])[image.pk] if one.image.pk == source), None)
    if found is None:
        raise NotAlike
    return decide(image, found.alt_text or "", owner=owner, version=version, alike=found)


def _all_similar(images: Collection[Image]) -> dict[UUID, list[Similar]]:
    near = near_to(images)
    standing = Decision.objects.filter(image=OuterRef("pk"), undoes=None, undone_by=None).order_by("-pk")
    decided = (
        Image.objects.filter(state__in=DECIDED)
        .select_related("blob")
        .annotate(decided_at=Subquery(standing.values("decided_at")[:1]))
        .in_bulk(set().union(*near.values()))
    )
    found = {
        image.pk: [_similar(image, decided[pk], bits) for pk, bits in near[image.pk].items() if pk in decided]
        for image in images
    }
    return {pk: sorted(some, key=lambda one: (one.bits, -one.decided_at.timestamp())) for pk, some in found.items()}


def _similar(image: Image, other: Any, bits: int) -> Similar:
    assert image.blob is not None, "nothing is near a picture without bytes"
    return Similar(
        image=other,
        bits=bits,
        decided_at=other.decided_at,
        is_same_file=other.blob.pk == image.blob.pk,
        is_resized=(other.blob.width, other.blob.height) != (image.blob.width, image.blob.height),
    )


def _each_text_once(found: list[Similar]) -> list[Similar]:
    texts: dict[str | None, Similar] = {}
    for one in found:
        texts.setdefault(one.image.alt_text, one)
    return list(texts.values())
