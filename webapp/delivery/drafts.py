"""Drafts that nobody has decided, for sites whose owners want them given out all the same. None does by default."""

from collections.abc import Collection
from typing import Final

from django.db.models import Q

from captioner.alttext import hedged
from captioner.bands import Band
from webapp.accounts.models import Site
from webapp.delivery.learn import learn
from webapp.delivery.models import ServedAddress
from webapp.library.models import Image

ORIGIN: Final = "machine"  # where a decided text has "approved" or "edited"
_GIVEN: Final = {
    Site.Unreviewed.LIKELY: (Band.LIKELY,),
    Site.Unreviewed.UNSURE: (Band.LIKELY, Band.UNSURE),
    Site.Unreviewed.DOUBTFUL: (Band.LIKELY, Band.UNSURE, Band.DOUBTFUL),
}
_AT_ONCE = 500


def drafts_for(site: Site, told: Q, hashes: Collection[str]) -> dict[str, tuple[str, str]]:
    """Drafts, each with its language, by the hashes of their addresses; the oldest picture's where there are several.

    told: which of the site's addresses count. Only sentences of a calibrated model, in the bands that the site names.
    One that is not likely right says so itself, for whoever hears it does not see the band.
    """
    bands = _GIVEN.get(Site.Unreviewed(site.unreviewed), ())
    if not bands:
        return {}
    rows = (
        ServedAddress.objects.filter(told, hash__in=hashes, image__state=Image.State.SUGGESTED, image__alt_text=None)
        .select_related("image")
        .prefetch_related("image__suggestions__inference")
        .order_by("-image__created_at", "-image__pk")
    )
    return {row.hash: draft for row in rows if (draft := _draft(row.image, bands))}


def learn_drafts() -> int:
    """Writes down the addresses of drafts that are to be given out, of some at once. Returns of how many."""
    new = Image.objects.filter(
        Q(uses__address__startswith="http") | Q(source_url__startswith="http"),  # others have none, and would stay
        state=Image.State.SUGGESTED,
        alt_text=None,
        site__unreviewed__in=_GIVEN,
        served_addresses=None,
    )
    images = list(new.distinct().order_by("created_at", "pk")[:_AT_ONCE])
    for image in images:
        learn(image)
    return len(images)


def _draft(image: Image, bands: Collection[Band]) -> tuple[str, str] | None:
    suggestion = image.suggestion
    if suggestion is None or suggestion.inference.withheld or suggestion.candidates[0]["source"] != "model":
        return None
    band = Band(suggestion.inference.confidence["band"])
    if band not in bands:
        return None
    text = str(suggestion.candidates[0]["text"])
    return (hedged(text) if band.asks_for_a_hedge else text), suggestion.lang
