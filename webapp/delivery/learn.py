"""Learning the addresses of a decided picture: where it was fetched from, and what pages call it that were audited."""

from collections.abc import Collection, Iterator
from typing import Any

from django.conf import settings

from webapp.delivery.addresses import hash_of, normalised
from webapp.delivery.models import ServedAddress
from webapp.library.models import Image


def on_saved(sender: type[Image], instance: Image, update_fields: Collection[str] | None, **_: Any) -> None:
    """Receives ``post_save``, for the library knows nothing of delivery: decisions and undos write ``alt_text``."""
    is_decided = bool(instance.alt_text) or instance.state == Image.State.REJECTED
    if is_decided and update_fields and "alt_text" in update_fields:
        learn(instance)


def learn(image: Image) -> None:
    """Writes down the addresses that the image's text is to be served for, or none where its drafts were rejected.

    To be called too where a use on a page gets an image that is decided already. What was learnt stays when an audit
    has gone, spelt as the operator's ``IMAGE_SIZE_PARAMETERS`` now have it.
    """
    drop = settings.IMAGE_SIZE_PARAMETERS
    normal = {normalised(address, drop=drop) for address in _addresses(image)} - {""}
    rows = [ServedAddress(hash=hash_of(address), address=address, image=image) for address in sorted(normal)]
    ServedAddress.objects.bulk_create(rows, ignore_conflicts=True)
    ServedAddress.objects.filter(image=image).exclude(hash__in=[row.hash for row in rows]).delete()


def _addresses(image: Image) -> Iterator[str]:
    yield image.source_url
    yield from image.served_addresses.values_list("address", flat=True)
    for address, candidates in image.uses.values_list("address", "facts__candidates"):
        yield address
        yield from (one["address"] for one in _real(candidates or []))


def _real(candidates: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Without what only stands in until a script loads the picture: many pictures of a site share that."""
    awaited = [one for one in candidates if one["via"].startswith("data-")]
    return awaited or candidates
