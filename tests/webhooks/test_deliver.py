"""Deliveries to a real receiver on loopback, through the safe fetcher: signed, tried again, given up, sent once."""

import json
import threading
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.utils import timezone

from tests.fetch.servers import INSIDE, http, redirect
from tests.webhooks.happenings import deliver_at, deliver_now, drafted
from tests.webhooks.test_sign import verifier
from webapp.accounts.sites import make_site
from webapp.library.decide import decide
from webapp.webhooks import settle as settling
from webapp.webhooks.change import change_webhook, send_again, send_test
from webapp.webhooks.claim import LEASE, claim
from webapp.webhooks.delete import delete_old_deliveries
from webapp.webhooks.events import EVENTS
from webapp.webhooks.models import TRIES, Delivery, Webhook
from webapp.webhooks.send import Outcome
from webapp.webhooks.settle import delay_after, settle
from webapp.webhooks.sign import secret_of
from webapp.webhooks.tell import tell
from worker.delivering import deliver

pytestmark = pytest.mark.django_db(transaction=True)
START = datetime(2026, 1, 1, 12, tzinfo=UTC)


@pytest.fixture
def steady(monkeypatch):
    """No spread."""
    monkeypatch.setattr(settling.random, "uniform", lambda low, high: 1.0)


def told(webhook, count=1):
    """Deliveries that are due at START."""
    deliveries = [tell([webhook], "image.decided", None, {"number": number})[0] for number in range(count)]
    Delivery.objects.update(next_attempt_at=START)
    return deliveries


def test_a_decision_reaches_the_receiver_who_can_tell_that_it_is_ours(site, alice, webhook, receiver, fetcher):
    image = drafted(site, alice)
    decide(image, "Ein Rädchen.", owner=alice)
    (delivery,) = deliver_now(fetcher(receiver).post)
    (request,) = receiver.requests
    assert request.line == "POST /hooks?from=captioner HTTP/1.1"
    assert json.loads(request.body)["data"]["alt_text"] == "Ein Rädchen."
    headers = {name.title(): value for name, value in request.headers.items()}
    assert headers["Content-Type"] == "application/json"
    assert headers["Webhook-Id"] == str(delivery.pk)
    assert verifier()(secret_of(webhook), headers, request.body)
    assert (delivery.state, delivery.status, delivery.error_code, delivery.attempts) == ("delivered", 204, "", 1)
    assert deliver_now(fetcher(receiver).post) == []


def test_what_fails_is_tried_again_later_and_later_and_given_up_after_a_day(webhook, serve, fetcher, steady):
    receiver = serve(http(500))
    Webhook.objects.update(url=receiver.url())
    (delivery,) = told(webhook)
    now, waits = START, []
    while True:
        (delivery,) = deliver_at(now, fetcher(receiver).post)
        assert (delivery.status, delivery.error_code) == (500, "http_status")
        if delivery.state == "failed":
            break
        waits.append(delivery.next_attempt_at - now)
        assert deliver_at(delivery.next_attempt_at - timedelta(seconds=1), fetcher(receiver).post) == []
        now = delivery.next_attempt_at
    assert [wait.total_seconds() for wait in waits] == [15, 60, 240, 960, 3840, 15360, 61440]
    assert len(receiver.requests) == TRIES == 8
    assert timedelta(hours=20) < now - START < timedelta(hours=28)
    assert len({request.headers["webhook-id"] for request in receiver.requests}) == 1
    assert len({request.body for request in receiver.requests}) == 1
    assert len({request.headers["webhook-timestamp"] for request in receiver.requests}) == 8
    assert deliver_at(now + timedelta(days=2), fetcher(receiver).post) == []


def test_waits_are_spread_and_heed_what_the_receiver_asks_for():
    waits = {delay_after(3) for _ in range(20)}
    assert len(waits) > 10
    assert all(timedelta(seconds=192) <= wait <= timedelta(seconds=288) for wait in waits)
    assert delay_after(1, 3600.0) == timedelta(hours=1)
    assert delay_after(1, 1e9) == timedelta(days=1)


def test_a_later_try_arrives(webhook, serve, fetcher):
    answers = iter([http(503, Retry_After="120"), http(200, b"thank you")])
    receiver = serve(lambda request: next(answers))
    Webhook.objects.update(url=receiver.url(), failures=3)
    told(webhook)
    (delivery,) = deliver_at(START, fetcher(receiver).post)
    assert delivery.next_attempt_at == START + timedelta(seconds=120)
    (delivery,) = deliver_at(delivery.next_attempt_at, fetcher(receiver).post)
    assert (delivery.state, delivery.status, delivery.attempts) == ("delivered", 200, 2)
    webhook.refresh_from_db()
    assert webhook.failures == 0


def test_a_redirect_is_not_followed(webhook, serve, fetcher):
    elsewhere = serve(http(200))
    receiver = serve(redirect(elsewhere.url(), 308))
    Webhook.objects.update(url=receiver.url())
    told(webhook)
    (delivery,) = deliver_at(START, fetcher(receiver, elsewhere).post)
    assert (delivery.state, delivery.status, delivery.error_code) == ("waiting", 308, "http_status")
    assert elsewhere.connections == 0


def test_a_private_address_gets_nothing_and_looks_like_a_silent_one(alice, serve, names, fetcher):
    inside = serve(http(200), address=INSIDE)
    silent = serve(http(200))
    silent.__exit__()
    names["inside.test"] = [INSIDE]
    addresses = [inside.url(), inside.url(host="inside.test"), silent.url(), "http://nobody.test/"]
    for address in addresses:
        told(Webhook.objects.create(site=make_site("Shop", alice.user), url=address, events=list(EVENTS)))
    deliveries = deliver_at(START, fetcher(inside, silent).post)
    assert len(deliveries) == 4
    assert {(one.state, one.status, one.error_code) for one in deliveries} == {("waiting", None, "unreachable")}
    assert inside.connections == 0


def test_an_answer_without_end_is_not_read(webhook, serve, fetcher):
    receiver = serve(lambda request: [http(200, Content_Length="1000000000"), b"x" * 100_000])
    Webhook.objects.update(url=receiver.url())
    told(webhook)
    (delivery,) = deliver_at(START, fetcher(receiver).post)
    assert delivery.state == "delivered"


def test_after_five_that_failed_in_a_row_the_webhook_is_paused(webhook):
    for number in range(5):
        webhook.refresh_from_db()
        assert webhook.active
        (delivery,) = told(webhook)
        Delivery.objects.filter(pk=delivery.pk).update(tries_left=1)
        (taken,) = claim(9, START)
        settle(taken, Outcome(500, "http_status"), START)
        webhook.refresh_from_db()
        assert webhook.failures == number + 1
    assert (webhook.active, webhook.paused_at) == (False, START)


def test_what_waited_while_it_was_off_is_sent_when_it_is_on_again(alice, webhook, receiver, fetcher):
    told(webhook)
    Webhook.objects.update(active=False, failures=5, paused_at=START)
    webhook.refresh_from_db()
    assert deliver_at(START, fetcher(receiver).post) == []
    change_webhook(webhook, url=webhook.url, events=webhook.events, active=True, by=alice)
    webhook.refresh_from_db()
    assert (webhook.active, webhook.failures, webhook.paused_at) == (True, 0, None)
    (delivery,) = deliver_at(START, fetcher(receiver).post)
    assert delivery.state == "delivered"


def test_a_test_is_tried_once_even_while_it_is_off_and_counts_for_nothing(webhook, serve, fetcher):
    receiver = serve(http(500))
    Webhook.objects.update(url=receiver.url(), active=False)
    delivery = send_test(webhook)
    assert send_test(webhook) == delivery
    (delivery,) = deliver_now(fetcher(receiver).post)
    assert (delivery.event, delivery.state, delivery.status) == ("test", "failed", 500)
    webhook.refresh_from_db()
    assert webhook.failures == 0
    assert send_test(webhook) != delivery


def test_sent_again_it_is_the_same_with_all_its_tries(webhook, receiver, fetcher):
    (delivery,) = told(webhook)
    for _ in range(2):
        deliver_now(fetcher(receiver).post)
        delivery.refresh_from_db()
        assert delivery.state == "delivered"
        send_again(delivery)
        assert (delivery.state, delivery.tries_left) == ("waiting", TRIES)
    first, second = receiver.requests
    assert first.headers["webhook-id"] == second.headers["webhook-id"] == str(delivery.pk)
    assert first.body == second.body


def test_a_try_that_was_overtaken_writes_nothing(webhook):
    told(webhook)
    (early,) = claim(9, START)
    assert claim(9, START + LEASE - timedelta(seconds=1)) == []
    (late,) = claim(9, START + LEASE)
    assert settle(early, Outcome(204), START) is False
    assert Delivery.objects.get().state == "waiting"
    assert settle(late, Outcome(204), START) is True
    assert settle(late, Outcome(500, "http_status"), START) is False
    assert Delivery.objects.get().state == "delivered"


def test_two_workers_deliver_each_once(site, webhook, receiver, fetcher):
    others = [Webhook.objects.create(site=site, url=receiver.url(), events=list(EVENTS)) for _ in range(4)]
    deliveries = [delivery for one in (webhook, *others) for delivery in told(one, 4)]
    gate = threading.Barrier(2)
    post, tries = fetcher(receiver).post, []

    def work():
        try:
            gate.wait()
            tries.append(deliver(post, budget=60, stopping=lambda: False))
        finally:
            connection.close()

    workers = [threading.Thread(target=work) for _ in range(2)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join(60)
    assert sum(tries) == len(deliveries) == 20
    assert sorted(request.headers["webhook-id"] for request in receiver.requests) == sorted(
        str(delivery.pk) for delivery in deliveries
    )
    assert {delivery.state for delivery in Delivery.objects.all()} == {"delivered"}


def test_a_receiver_that_is_slow_holds_up_nobody_else(site, webhook, receiver, serve, fetcher):
    """The slow one answers once the others have all they are owed: one after another would wait for ever."""
    done = threading.Event()

    def answer(request):
        assert done.wait(20)
        return http(200)

    slow = serve(answer)
    told(Webhook.objects.create(site=site, url=slow.url(), events=list(EVENTS)), 2)
    told(webhook, 5)

    def fast(request):
        if len(receiver.requests) == 5:
            done.set()
        return http(200)

    receiver.answer = fast
    assert deliver(fetcher(receiver, slow).post, budget=60, stopping=lambda: False) == 7
    assert {delivery.state for delivery in Delivery.objects.all()} == {"delivered"}


def test_a_worker_begins_nothing_when_its_time_is_up_or_it_stops(webhook, receiver, fetcher):
    told(webhook)
    post = fetcher(receiver).post
    assert deliver(post, budget=0, stopping=lambda: False) == 0
    assert deliver(post, budget=60, stopping=lambda: True) == 0
    assert receiver.connections == 0


def test_old_deliveries_go_with_their_sites_retention(webhook):
    old, young = told(webhook, 2)
    Delivery.objects.filter(pk=old.pk).update(created_at=timezone.now() - timedelta(days=8))
    assert delete_old_deliveries() == 0
    webhook.site.retention_days = 7
    webhook.site.save()
    assert delete_old_deliveries() == 1
    assert Delivery.objects.get() == young
