"""What was typed for places and not saved: a button of a page sends all its fields, and loses the words of none."""

from collections.abc import Collection, Mapping

from django.db import transaction

from webapp.uses.decide import lock_uses_of
from webapp.uses.models import UnsavedUse
from webapp.uses.place import Place


def keep_unsaved(typed: Mapping[Place, tuple[str, str] | None]) -> None:
    """Keeps text and role for each of the places, which are of one site; of those with None nothing any more."""
    if not typed:
        return
    with transaction.atomic():
        lock_uses_of(next(iter(typed)).site)
        forget_unsaved(typed)
        UnsavedUse.objects.bulk_create(
            UnsavedUse(site=place.site, owner=place.owner, hash=place.hash, text=sent[0], role=sent[1])
            for place, sent in typed.items()
            if sent is not None
        )


def forget_unsaved(places: Collection[Place]) -> None:
    """Forgets what was kept for these places."""
    for place in places:
        UnsavedUse.objects.filter(site=place.site, owner=place.owner, hash=place.hash).delete()


def unsaved_at(places: Collection[Place]) -> dict[str, UnsavedUse]:
    """What is kept for these places, by their hashes, in one query."""
    kept = UnsavedUse.objects.filter(hash__in={place.hash for place in places}).order_by("updated_at", "pk")
    whose = {(place.site.pk, place.owner.pk, place.hash) for place in places}
    return {one.hash: one for one in kept if (one.site_id, one.owner_id, one.hash) in whose}
