"""Claiming: a worker takes deliveries that are due, for so long that nobody else takes them while it tries."""

from collections import Counter
from collections.abc import Iterable
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import F, OuterRef, Q, Subquery

from webapp.accounts.models import Site
from webapp.webhooks.events import TEST
from webapp.webhooks.models import Delivery, Webhook

# Longer than any try takes. Where a worker dies in one, the delivery is due again after it.
LEASE = timedelta(minutes=3)
# Tries of one site side by side, by all workers together: so many slow receivers hold up nobody else.
MOST_OF_A_SITE = 2

_Due = tuple[UUID, UUID, UUID]  # a delivery, its webhook, its site


def claim(limit: int, now: datetime) -> list[Delivery]:
    """Takes the delivery that has waited longest of each webhook, up to ``limit`` of them, and counts a try of each.

    One of each and two of a site, so that a receiver that is slow or silent holds up nobody but its site. The site
    whose turn is longest ago comes first: however much one is owed, the others come in between. Of a webhook that is
    switched off only tests are taken.

    Args:
        now: the present.
    """
    due = Delivery.objects.filter(
        Q(webhook__active=True) | Q(event=TEST), state=Delivery.State.WAITING, next_attempt_at__lte=now
    )
    first = due.filter(webhook=OuterRef("webhook")).order_by("next_attempt_at", "pk").values("pk")[:1]
    turn = Webhook.objects.filter(site=OuterRef("webhook__site")).order_by("-tried_at").values("tried_at")[:1]
    in_turn = due.filter(pk=Subquery(first)).order_by(Subquery(turn), "webhook__tried_at", "next_attempt_at", "pk")
    chosen = _free(in_turn.values_list("pk", "webhook", "webhook__site"), now)[:limit]
    if not chosen:  # a look costs no lock
        return []
    with transaction.atomic():
        # Who claims for these sites at the same moment is waited for, and then counted.
        sites = {site for _, _, site in chosen}
        list(Site.objects.select_for_update(no_key=True).filter(pk__in=sites).order_by("pk").values("pk"))
        still = [delivery for delivery, _, _ in _free(chosen, now)]
        free = due.filter(pk__in=still).select_for_update(skip_locked=True, of=("self",))
        taken = list(free.values_list("pk", flat=True))
        Delivery.objects.filter(pk__in=taken).update(
            attempts=F("attempts") + 1,
            tries_left=F("tries_left") - 1,
            tried_at=now,
            next_attempt_at=now + LEASE,
            claimed_until=now + LEASE,
        )
    deliveries = list(Delivery.objects.filter(pk__in=taken).select_related("webhook"))
    for delivery in deliveries:  # one at a time: two workers that lock several could wait for each other
        Webhook.objects.filter(pk=delivery.webhook_id).update(tried_at=now)
    return deliveries


def _free(due: Iterable[_Due], now: datetime) -> list[_Due]:
    """Those that can be tried beside what any worker has under way."""
    under_way = Delivery.objects.filter(claimed_until__gt=now).values_list("webhook", "webhook__site")
    busy, sites = set(), Counter[UUID]()
    for webhook, site in under_way:
        busy.add(webhook)
        sites[site] += 1
    free = []
    for one in due:
        _, webhook, site = one
        if webhook not in busy and sites[site] < MOST_OF_A_SITE:
            sites[site] += 1
            free.append(one)
    return free
