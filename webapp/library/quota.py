"""Quotas: how many pictures may be handed over in a day and in a month, counted by the calendar (UTC).

A site with members has a quota of its own, whoever hands over to it; elsewhere each key, account or browser has one.
What was handed over counts, deleted or not.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from django.conf import settings
from django.utils import timezone

from webapp.accounts.models import Membership, Owner, Site
from webapp.accounts.throttle import Limit, TooManyAttempts, attempts_made, count_attempt
from webapp.library.errors import QuotaExceeded


class Period(StrEnum):
    """For how long pictures are counted."""

    DAY = "day"
    MONTH = "month"


@dataclass(frozen=True, slots=True)
class Usage:
    """What was handed over in the period, how much may be (None: as much as one likes), and when it begins anew."""

    period: Period
    pictures: int
    limit: int | None
    begins_anew: datetime


def spend(owner: Owner, site: Site, pictures: int) -> None:
    """Counts pictures (at least one) that are handed over, within the transaction that takes them in.

    Raises:
        QuotaExceeded: they are more than are left. Nothing is counted then.
    """
    about = _about(owner, site)
    for period, limit, begins_anew in _limits(timezone.now()):
        try:
            count_attempt(limit, *about, times=pictures)
        except TooManyAttempts:
            left = max(0, (limit.most or 0) - attempts_made(limit, *about))
            are_left = f"{f'{left:,}' if left else 'none'} {'are' if left > 1 else 'is'} left"
            raise QuotaExceeded(
                f"The quota of pictures here is {limit.most:,} a {period}, of which {are_left}. "
                f"It begins anew on {begins_anew:%-d %B %Y} at 00:00 UTC."
            ) from None


def usage(owner: Owner, site: Site | None) -> list[Usage]:
    """What was handed over to the site, or by the owner for none."""
    about = _about(owner, site)
    return [
        Usage(period, attempts_made(limit, *about), limit.most, begins_anew)
        for period, limit, begins_anew in _limits(timezone.now())
    ]


def pictures_left(owner: Owner, site: Site | None) -> int | None:
    """How many may still be handed over now; None: as many as one likes."""
    if not (settings.QUOTA_DAY or settings.QUOTA_MONTH):
        return None
    return min(max(0, one.limit - one.pictures) for one in usage(owner, site) if one.limit is not None)


def _limits(now: datetime) -> Iterator[tuple[Period, Limit, datetime]]:
    """The same order for everybody, so that nobody waits crosswise."""
    day = now.replace(hour=0, minute=0, second=0, microsecond=0) + timedelta(days=1)
    month = day if day.day == 1 else (day.replace(day=1) + timedelta(days=31)).replace(day=1)
    for period, most, until in ((Period.DAY, settings.QUOTA_DAY, day), (Period.MONTH, settings.QUOTA_MONTH, month)):
        yield period, Limit(f"pictures a {period}", most or None, until - now), until


def _about(owner: Owner, site: Site | None) -> tuple[str, str]:
    if site and Membership.objects.filter(site=site).exists():
        return "site", str(site.pk)
    return "owner", str(owner.pk)
