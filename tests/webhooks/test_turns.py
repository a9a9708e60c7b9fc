"""Receivers that are slow, and sites that are owed much, hold up nobody else."""

import threading
from datetime import timedelta
from itertools import chain, repeat

import pytest

from tests.fetch.servers import http
from tests.webhooks.happenings import deliver_at
from tests.webhooks.test_deliver import START, told
from webapp.accounts.sites import make_site
from webapp.webhooks.claim import LEASE, claim
from webapp.webhooks.events import EVENTS
from webapp.webhooks.models import Delivery, Webhook
from webapp.webhooks.send import Outcome
from webapp.webhooks.settle import settle
from worker.delivering import AT_ONCE, deliver

pytestmark = pytest.mark.django_db(transaction=True)


def hooked(site, count, url="https://example.org/"):
    """Webhooks of the site, which had their last turn at START, one after the other."""
    webhooks = [Webhook(site=site, url=url, events=list(EVENTS), tried_at=START) for _ in range(count)]
    return Webhook.objects.bulk_create(webhooks)


def sites_of(deliveries):
    return [delivery.webhook.site for delivery in deliveries]


def test_of_a_site_two_are_tried_side_by_side(site):
    for webhook in hooked(site, 4):
        told(webhook)
    two = claim(AT_ONCE, START)
    assert len(two) == 2
    assert claim(AT_ONCE, START) == [], "whichever worker asks"
    settle(two[1], Outcome(204), START)
    (third,) = claim(AT_ONCE, START)
    assert third.webhook not in {delivery.webhook for delivery in two}


def test_of_a_webhook_one_is_tried_at_a_time(site):
    told(*hooked(site, 1), 2)
    (first,) = claim(AT_ONCE, START)
    assert claim(AT_ONCE, START) == []
    settle(first, Outcome(500, "http_status"), START)
    assert len(claim(AT_ONCE, START)) == 1


def test_a_try_whose_worker_died_holds_its_site_up_no_longer_than_its_lease(site):
    for webhook in hooked(site, 3):
        told(webhook)
    assert len(claim(AT_ONCE, START)) == 2
    assert claim(AT_ONCE, START + LEASE - timedelta(seconds=1)) == []
    assert len(claim(AT_ONCE, START + LEASE)) == 2


def test_sites_take_turns_however_much_one_is_owed(site, alice):
    other = make_site("Another", alice.user)
    for webhook in hooked(site, 3):
        told(webhook, 5)
    told(*hooked(other, 1), 2)
    Delivery.objects.filter(webhook__site=site).update(next_attempt_at=START - timedelta(hours=1))
    turns = []
    for second in range(1, 6):
        now = START + timedelta(seconds=second)
        (delivery,) = claim(1, now)
        settle(delivery, Outcome(204), now)
        turns += sites_of([delivery])
    assert turns == [site, other, site, other, site]


def test_the_webhooks_of_a_site_take_turns(site):
    webhooks = hooked(site, 3)
    for webhook in webhooks:
        told(webhook, 2)
    turns = []
    for second in range(1, 7):
        now = START + timedelta(seconds=second)
        (delivery,) = claim(1, now)
        settle(delivery, Outcome(204), now)
        turns.append(delivery.webhook)
    assert set(turns[:3]) == set(webhooks)
    assert turns[3:] == turns[:3]


def test_a_site_of_silent_receivers_holds_up_no_other(site, alice, receiver, serve, fetcher):
    """The silent ones answer once the other site has what it is owed: with all threads theirs, that were never."""
    done = threading.Event()

    def answer(request):
        assert done.wait(20)
        return http(204)

    def fast(request):
        done.set()
        return http(204)

    silent = serve(answer)
    for webhook in hooked(site, AT_ONCE, silent.url()):
        told(webhook)
    receiver.answer = fast
    told(*hooked(make_site("Another", alice.user), 1, receiver.url()))
    Webhook.objects.filter(url=receiver.url()).update(tried_at=START + timedelta(seconds=1))
    assert deliver(fetcher(receiver, silent).post, budget=60, stopping=lambda: False) == AT_ONCE + 1
    assert {delivery.state for delivery in Delivery.objects.all()} == {"delivered"}


@pytest.mark.parametrize(("seconds", "error"), [(9.0, ""), (11.0, "fetch_timeout")])
def test_a_receiver_has_ten_seconds(webhook, receiver, fetcher, seconds, error):
    told(webhook)
    clock = chain([0.0], repeat(seconds)).__next__
    (delivery,) = deliver_at(START, fetcher(receiver, clock=clock).post)
    assert delivery.error_code == error


def test_the_operator_may_allow_less(webhook, receiver, fetcher):
    told(webhook)
    clock = chain([0.0], repeat(6.0)).__next__
    (delivery,) = deliver_at(START, fetcher(receiver, clock=clock, total_seconds=5).post)
    assert delivery.error_code == "fetch_timeout"
