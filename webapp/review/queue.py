"""Which picture a person should look at next: first those whose text readers found wrong, then the most seen ones of
whose drafts the least is sure."""

from collections import Counter
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Case, Count, Exists, F, FloatField, OuterRef, Q, QuerySet, Subquery, TextField, Value, When
from django.db.models.functions import Coalesce

from captioner.bands import Band
from webapp.accounts.models import Owner
from webapp.accounts.roles import Role
from webapp.audit.models import Use
from webapp.feedback.models import Report
from webapp.library.access import visible_images
from webapp.library.models import Image
from webapp.review.drafts import draft_band, draft_p

_UNMEASURED = 0.5  # the doubt of what nobody calibrated: another model, or what was read in the picture


def review_queue(owner: Owner | None, of_band: Band | None = None) -> QuerySet[Image]:
    """The pictures that wait for this person to decide, in the order in which they are best looked at.

    A picture with an open report of a reader comes first, decided or not. Then it is that of traffic times doubt: on
    how many places of audited pages the picture stands, and how likely its draft is wrong. A picture without a draft
    needs a person most. Equals come in the order in which they were handed over. Each has ``band``, its draft's; empty
    where the model wrote none. ``of_band``: only those of whose drafts it is, and that nobody reported.
    """
    uses = Use.objects.filter(image=OuterRef("pk")).order_by().values("image").values(count=Count("pk"))
    queue = (
        visible_images(owner, Role.REVIEWER)
        .annotate(is_reported=Exists(Report.objects.filter(image=OuterRef("pk"), closed_at=None)))
        .filter(Q(state__in=(Image.State.SUGGESTED, Image.State.WITHHELD)) | Q(is_reported=True))
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
        .annotate(weight=F("traffic") * F("doubt"))
        .order_by("-is_reported", F("weight").desc(nulls_last=True), "created_at", "position", "pk")
    )
    return queue.filter(band=of_band, is_reported=False) if of_band else queue


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


def count_reported(owner: Owner | None) -> int:
    """How many pictures readers have reported that nobody has answered."""
    queue: QuerySet[Any] = review_queue(owner)
    return queue.filter(is_reported=True).count()


def count_by_band(owner: Owner | None) -> dict[Band | None, int]:
    """How many pictures wait, by the band of their drafts, the surest first; None where the model wrote none. Not those
    that are in the queue for a report.
    """
    queue: QuerySet[Any] = review_queue(owner)
    counts = Counter(queue.filter(is_reported=False).order_by().values_list("band", flat=True))
    bands: list[Band | None] = [*Band, None]
    return {band: counts[band or ""] for band in bands if (band or "") in counts}
