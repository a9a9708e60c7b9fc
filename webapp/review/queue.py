"""Which picture a person should look at next: the most seen ones of whose drafts the least is sure come first."""

from collections import Counter
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Case, Count, F, FloatField, OuterRef, QuerySet, Subquery, TextField, Value, When
from django.db.models.functions import Coalesce

from captioner.bands import Band
from webapp.accounts.models import Owner
from webapp.accounts.roles import Role
from webapp.audit.models import Use
from webapp.library.access import visible_images
from webapp.library.models import Image
from webapp.review.drafts import draft_band, draft_p

_UNMEASURED = 0.5  # the doubt of what nobody calibrated: another model, or what was read in the picture


def review_queue(owner: Owner | None, of_band: Band | None = None) -> QuerySet[Image]:
    """The pictures that wait for this person to decide, in the order in which they are best looked at.

    It is that of traffic times doubt: on how many places of audited pages the picture stands, and how likely its draft
    is wrong. A picture without a draft needs a person most. Equals come in the order in which they were handed over.
    Each has ``band``, its draft's; empty where the model wrote none. ``of_band``: only those of whose drafts it is.
    """
    uses = Use.objects.filter(image=OuterRef("pk")).order_by().values("image").values(count=Count("pk"))
    queue = (
        visible_images(owner, Role.REVIEWER)
        .filter(state__in=(Image.State.SUGGESTED, Image.State.WITHHELD))
        .annotate(
            band=Coalesce(draft_band(), Value("", TextField())),
            doubt=Case(
                When(state=Image.State.WITHHELD, then=Value(1.0)),
                When(band__in=("", Band.UNKNOWN), then=Value(_UNMEASURED)),
                default=1.0 - draft_p(),
                output_field=FloatField(),
            ),
            traffic=1.0 + Coalesce(Subquery(uses), 0),
        )
        .order_by(-(F("traffic") * F("doubt")), "created_at", "position", "pk")
    )
    return queue.filter(band=of_band) if of_band else queue


@dataclass(frozen=True, slots=True)
class Place:
    """Where a picture stands in the queue. waiting: how many are in it. following: who is next after this one."""

    waiting: int
    following: UUID | None


def place_in_queue(owner: Owner | None, image: Image) -> Place:
    """The picture's place; after the last one the first comes again. ``following`` is never the picture itself."""
    waiting = list(review_queue(owner).values_list("pk", flat=True))
    here = waiting.index(image.pk) if image.pk in waiting else -1
    others = waiting[here + 1 :] + waiting[: max(here, 0)]
    return Place(len(waiting), others[0] if others else None)


def count_by_band(owner: Owner | None) -> dict[Band | None, int]:
    """How many pictures wait, by the band of their drafts, the surest first; None where the model wrote none."""
    queue: QuerySet[Any] = review_queue(owner)
    counts = Counter(queue.order_by().values_list("band", flat=True))
    bands: list[Band | None] = [*Band, None]
    return {band: counts[band or ""] for band in bands if (band or "") in counts}
