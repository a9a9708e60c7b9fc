"""Claiming: a worker takes deliveries that are due, for so long that nobody else takes them while it tries."""

from collections import Counter
from collections.abc import Collection, Iterable
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import F, OuterRef, Q, Subquery

from webapp.webhooks.events import TEST
from webapp.webhooks.models import Delivery, Webhook

# Longer than any try takes. Where a worker dies in one, the delivery is due again after it.
LEASE = timedelta(minutes=3)
# Tries of one site that a worker makes side by side: so many slow receivers hold up nobody else.
MOST_OF_A_SITE = 2


def claim(limit: int, flying: Collection[Delivery], now: datetime) -> list[Delivery]:
    """Takes the delivery that has waited longest of each webhook, up to ``limit`` of them, and counts a try of each.

    One of each and two of a site, so that a receiver that is slow or silent holds up nobody but its site. The site
    whose turn is longest ago comes first: however much one is owed, the others come in between. Of a webhook that is
    switched off only tests are taken.

    Args:
        flying: what this worker is sending just now.
        now: the present.
    """
    due = Delivery.objects.filter(
        Q(webhook__active=True) | Q(event=TEST), state=Delivery.State.WAITING, next_attempt_at__lte=now
    )
    first = due.filter(webhook=OuterRef("webhook")).order_by("next_attempt_at", "pk").values("pk")[:1]
    turn = Webhook.objects.filter(site=OuterRef("webhook__site")).order_by("-tried_at").values("tried_at")[:1]
    of_each = due.exclude(webhook__in=[delivery.webhook_id for delivery in flying]).filter(pk=Subquery(first))
    in_turn = of_each.order_by(Subquery(turn), "webhook__tried_at", "next_attempt_at", "pk")
    sites = Counter(delivery.webhook.site_id for delivery in flying)
    chosen = _few_of_a_site(in_turn.values_list("pk", "webhook__site"), sites)[:limit]
    if not chosen:  # a look costs no lock
        return []
    with transaction.atomic():
        free = due.filter(pk__in=chosen).select_for_update(skip_locked=True, of=("self",))
        taken = list(free.values_list("pk", flat=True))
        Delivery.objects.filter(pk__in=taken).update(
            attempts=F("attempts") + 1, tries_left=F("tries_left") - 1, tried_at=now, next_attempt_at=now + LEASE
        )
    deliveries = list(Delivery.objects.filter(pk__in=taken).select_related("webhook"))
    for delivery in deliveries:  # one at a time: two workers that lock several could wait for each other
        Webhook.objects.filter(pk=delivery.webhook_id).update(tried_at=now)
    return deliveries


def _few_of_a_site(deliveries: Iterable[tuple[UUID, UUID]], sites: Counter[UUID]) -> list[UUID]:
    """Those of the deliveries, each with its site, that can be tried beside what the sites have under way."""
    chosen = []
    for delivery, site in deliveries:
        sites[site] += 1
        if sites[site] <= MOST_OF_A_SITE:
            chosen.append(delivery)
    return chosen
