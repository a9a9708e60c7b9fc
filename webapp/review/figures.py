"""What became of the drafts that people looked at: how many were used as they were, and whether the bands told true."""

from collections import Counter
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce

from captioner.bands import Band
from webapp.accounts.models import Owner
from webapp.feedback.models import Report
from webapp.library.access import visible_images
from webapp.library.models import Decision, Image
from webapp.review.drafts import draft_band, draft_p

_WEEKS = 12


@dataclass(frozen=True, slots=True)
class Outcome:
    """Of drafts that people decided on: how many were used unchanged, how many gave way to own words, were rejected."""

    unchanged: int = 0
    edited: int = 0
    rejected: int = 0

    @property
    def total(self) -> int:
        """All of them."""
        return self.unchanged + self.edited + self.rejected


@dataclass(frozen=True, slots=True)
class BandFigures:
    """The drafts of one band. expected: the mean of their probabilities to be right; None where nobody measured."""

    band: Band
    outcome: Outcome
    expected: float | None

    @property
    def used(self) -> float:
        """The share that was used unchanged: a draft that a person improved may have been right all the same."""
        return self.outcome.unchanged / self.outcome.total


@dataclass(frozen=True, slots=True)
class Week:
    """The decisions of one week that stand, by what became of the draft. monday: its first day."""

    monday: date
    outcome: Outcome


@dataclass(frozen=True, slots=True)
class Reports:
    """What became of readers' reports: not answered, answered by a decision, or dismissed. The same ones count once."""

    open: int = 0
    decided: int = 0
    dismissed: int = 0

    @property
    def total(self) -> int:
        """All of them."""
        return self.open + self.decided + self.dismissed


@dataclass(frozen=True, slots=True)
class Figures:
    """images: how many there are, without those that wait or failed. with_text: how many have a decided text.

    reused: how many have it because the same file was decided before. They say nothing new of drafts.
    """

    images: int
    with_text: int
    bands: list[BandFigures]
    weeks: list[Week]
    reused: int
    reports: Reports


def figures_of(owner: Owner | None) -> Figures:
    """The figures of all that the owner may see."""
    images = visible_images(owner).exclude(state__in=(Image.State.WAITING, Image.State.FAILED), alt_text=None)
    return Figures(
        images=images.count(),
        with_text=images.filter(alt_text__isnull=False).count(),
        bands=_by_band(images),
        weeks=_by_week(images),
        reused=_reuse_told(images).filter(reuse=Decision.Reuse.SAME).count(),
        reports=_reports(images),
    )


def _by_band(images: QuerySet[Image]) -> list[BandFigures]:
    decided = (
        _reuse_told(images)
        .filter(state__in=_KINDS)
        .exclude(reuse=Decision.Reuse.SAME)
        .annotate(of_band=draft_band(), p=draft_p())
    )
    rows = [row for row in decided.values_list("of_band", "state", "p") if row[0]]
    found = []
    for one in Band:
        of_band = [(state, probability) for name, state, probability in rows if name == one]
        if of_band:
            known = [] if one == Band.UNKNOWN else [probability for _, probability in of_band]
            outcome = _outcome(Counter(state for state, _ in of_band))
            found.append(BandFigures(one, outcome, sum(known) / len(known) if known else None))
    return found


def _by_week(images: QuerySet[Image]) -> list[Week]:
    standing = Decision.objects.filter(image__in=images.order_by().values("pk"), undoes=None, undone_by=None)
    newest: dict[object, tuple[date, str]] = {}
    for image, at, verdict, reuse in standing.order_by("pk").values_list("image_id", "decided_at", "verdict", "reuse"):
        newest[image] = (at.date() - timedelta(days=at.weekday()), "" if reuse == Decision.Reuse.SAME else verdict)
    weeks = Counter(week for week in newest.values() if week[1])
    return [
        Week(monday, _outcome(Counter({verdict: count for (day, verdict), count in weeks.items() if day == monday})))
        for monday in sorted({monday for monday, _ in weeks})[-_WEEKS:]
    ]


def _reuse_told(images: QuerySet[Image]) -> QuerySet[Any]:
    """The images with ``reuse``, that of the decision that gives them their text."""
    standing = Decision.objects.filter(image=OuterRef("pk"), undoes=None, undone_by=None).order_by("-pk")
    return images.annotate(reuse=Coalesce(Subquery(standing.values("reuse")[:1]), Value("")))


def _reports(images: QuerySet[Image]) -> Reports:
    is_open, is_decided = Q(closed_at=None), Q(decision__isnull=False)
    counts = Report.objects.filter(image__in=images.order_by().values("pk")).aggregate(
        open=Count("pk", filter=is_open),
        decided=Count("pk", filter=~is_open & is_decided),
        dismissed=Count("pk", filter=~is_open & ~is_decided),
    )
    return Reports(**counts)


_KINDS = (Image.State.APPROVED, Image.State.EDITED, Image.State.REJECTED)


def _outcome(counts: Counter[str]) -> Outcome:
    return Outcome(*(counts[kind] for kind in _KINDS))
