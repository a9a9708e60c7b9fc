"""Webhooks in the browser: made, changed, tried out, paused, deleted; their log; and who may see them."""

import html
import re

import pytest
from django.utils import timezone

from tests.pages.conftest import client_of
from tests.pages.scene import account_of
from webapp.accounts.members import add_member, remove_member
from webapp.accounts.roles import Role
from webapp.accounts.sites import make_site
from webapp.webhooks.change import MOST_WEBHOOKS
from webapp.webhooks.models import Delivery, Webhook
from webapp.webhooks.sign import secret_of
from webapp.webhooks.tell import tell

ASKED = {"url": "https://Example.org/hooks", "events": ["image.decided", "job.failed"]}


@pytest.fixture
def visitor(alice):
    return client_of(alice)


@pytest.fixture
def webhook(site):
    return Webhook.objects.create(site=site, url="https://example.org/hooks", events=["image.decided"])


@pytest.fixture
def path(site):
    return f"/sites/{site.pk}/webhooks/"


def words_of(response):
    return re.sub(r"\s+", " ", html.unescape(re.sub("<[^>]*>", "", response.content.decode())))


def test_one_is_made_and_its_secret_is_shown_once(visitor, path, site):
    assert "None yet." in words_of(visitor.get(path))
    made = visitor.post(path, ASKED)
    webhook = site.webhooks.get()
    assert (webhook.url, webhook.events, webhook.active) == (ASKED["url"].lower(), ASKED["events"], True)
    assert "<title>Secret made" in made.content.decode()
    assert f'value="{secret_of(webhook)}"' in html.unescape(made.content.decode())
    for address in (path, f"{path}{webhook.pk}/"):
        page = html.unescape(visitor.get(address).content.decode())
        assert "https://example.org/hooks" in page
        assert "whsec_" not in page
    assert f'href="{path}"' in visitor.get(f"/sites/{site.pk}/").content.decode()


@pytest.mark.parametrize(
    ("change", "control", "words"),
    [
        ({"url": ""}, "id_url", "begins with https://"),
        ({"url": "https://example.org:99/"}, "id_url", "without a port number"),
        ({"events": []}, "id_events_0", "Choose at least one event."),
        ({"events": ["page.completed"]}, "id_events_0", "Select a valid choice"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_lost(visitor, path, webhook, change, control, words):
    for address in (path, f"{path}{webhook.pk}/"):
        response = visitor.post(address, {"url": "https://example.org/other", "events": ["job.failed"], **change})
        page = response.content.decode()
        assert response.status_code == 422
        assert "<title>Error: Webhook" in page
        assert f'href="#{control}"' in page
        assert words in page
        assert "https://example.org/other" in page or "url" in change
    assert list(Webhook.objects.values_list("url", "events")) == [("https://example.org/hooks", ["image.decided"])]


def test_there_are_ten_at_most(visitor, path, site):
    for _ in range(MOST_WEBHOOKS):
        assert visitor.post(path, ASKED).status_code == 200
    response = visitor.post(path, ASKED)
    assert response.status_code == 422
    assert "The site has 10 webhooks." in words_of(response)
    assert site.webhooks.count() == MOST_WEBHOOKS


def test_settings_are_changed(visitor, path, webhook):
    response = visitor.post(
        f"{path}{webhook.pk}/", {"url": "http://example.org/a", "events": "job.failed"}, follow=True
    )
    assert response.redirect_chain == [(f"{path}{webhook.pk}/", 303)]
    assert "The webhook is saved." in words_of(response)
    webhook.refresh_from_db()
    assert (webhook.url, webhook.events, webhook.active) == ("http://example.org/a", ["job.failed"], False)


def test_one_that_was_paused_says_so_until_it_is_switched_on_again(visitor, site, path, webhook):
    Webhook.objects.update(active=False, failures=5, paused_at=timezone.now())
    assert "Paused, since nothing arrived." in words_of(visitor.get(path))
    assert "1 webhook is paused" in words_of(visitor.get(f"/sites/{site.pk}/"))
    page = words_of(visitor.get(f"{path}{webhook.pk}/"))
    assert "5 deliveries in a row failed" in page
    visitor.post(f"{path}{webhook.pk}/", {**ASKED, "active": "on"})
    assert "in a row failed" not in words_of(visitor.get(f"{path}{webhook.pk}/"))
    assert "paused" not in words_of(visitor.get(f"/sites/{site.pk}/"))
    webhook.refresh_from_db()
    assert (webhook.active, webhook.failures) == (True, 0)


def test_one_whose_maker_left_says_so_until_it_is_switched_on_again(visitor, alice, site, path, webhook):
    bob = account_of("bob")
    member = add_member(site, "bob", Role.OWNER)
    settings = {**ASKED, "url": "https://bob.example.org/", "active": "on"}
    assert client_of(bob).post(f"{path}{webhook.pk}/", settings).status_code == 303
    remove_member(member)
    webhook.refresh_from_db()
    assert (webhook.made_by, webhook.active) == (bob.user, False)
    assert "Switched off, since its maker is no owner any more." in words_of(visitor.get(path))
    assert "1 webhook is switched off, since its maker is no owner any more" in words_of(
        visitor.get(f"/sites/{site.pk}/")
    )
    assert "bob, who made it or switched it on last, ceased to be an owner" in words_of(
        visitor.get(f"{path}{webhook.pk}/")
    )
    visitor.post(f"{path}{webhook.pk}/", {**ASKED, "active": "on"})
    assert "ceased to be an owner" not in words_of(visitor.get(f"{path}{webhook.pk}/"))
    assert "switched off" not in words_of(visitor.get(f"/sites/{site.pk}/"))
    webhook.refresh_from_db()
    assert (webhook.made_by, webhook.active, webhook.maker_left_at) == (alice.user, True, None)


def test_another_secret_is_asked_for_and_shown_once(visitor, path, webhook):
    former = secret_of(webhook)
    assert "New secret for this webhook?" in words_of(visitor.get(f"{path}{webhook.pk}/secret"))
    webhook.refresh_from_db()
    assert secret_of(webhook) == former
    shown = visitor.post(f"{path}{webhook.pk}/secret")
    webhook.refresh_from_db()
    assert secret_of(webhook) != former
    assert f'value="{secret_of(webhook)}"' in html.unescape(shown.content.decode())
    assert "For a day the former secret works too." in words_of(shown)


def test_a_test_is_sent_and_its_delivery_shown(visitor, path, webhook):
    response = visitor.post(f"{path}{webhook.pk}/test", follow=True)
    delivery = Delivery.objects.get()
    assert response.redirect_chain == [(f"{path}{webhook.pk}/deliveries/{delivery.pk}/", 303)]
    page = words_of(response)
    assert "A test is on its way." in page
    assert "Delivery of test" in page
    assert delivery.body in page
    assert "Check again" in page


def test_a_delivery_that_failed_says_why_and_is_sent_again(visitor, path, webhook):
    (delivery,) = tell([webhook], "image.decided", None, {"alt_text": "A “wheel” & more."})
    Delivery.objects.update(state="failed", attempts=8, tries_left=0, status=404, error_code="http_status")
    address = f"{path}{webhook.pk}/deliveries/{delivery.pk}/"
    page = words_of(visitor.get(address))
    assert "The receiver answered with status 404 (Not Found)." in page
    assert "A “wheel” & more." in page
    assert "Failed, status 404" in words_of(visitor.get(f"{path}{webhook.pk}/"))
    response = visitor.post(f"{address}again", follow=True)
    assert "It is sent again." in words_of(response)
    delivery.refresh_from_db()
    assert (delivery.state, delivery.attempts, delivery.tries_left) == ("waiting", 8, 8)


@pytest.mark.parametrize("code", ["unreachable", "fetch_timeout", "tls_failed", "bad_response", "too_large"])
def test_whatever_went_wrong_is_a_sentence_about_the_receiver(visitor, path, webhook, code):
    (delivery,) = tell([webhook], "image.decided", None, {})
    Delivery.objects.update(state="failed", error_code=code)
    page = words_of(visitor.get(f"{path}{webhook.pk}/deliveries/{delivery.pk}/"))
    assert re.search(r"The last try failed\. The (address|receiver)[^.]+\.", page)
    assert "upload" not in page.lower()


def test_the_log_has_pages(visitor, path, webhook):
    for _ in range(21):
        tell([webhook], "image.decided", None, {})
    first, second = (words_of(visitor.get(f"{path}{webhook.pk}/?page={number}")) for number in (1, 2))
    assert (first.count("Waiting"), second.count("Waiting")) == (20, 1)
    assert "Page 2 of 2" in second


def test_one_is_deleted_after_a_question(visitor, path, webhook):
    tell([webhook], "image.decided", None, {})
    assert "Delete this webhook?" in words_of(visitor.get(f"{path}{webhook.pk}/delete"))
    assert Webhook.objects.exists()
    response = visitor.post(f"{path}{webhook.pk}/delete", follow=True)
    assert "The webhook is deleted." in words_of(response)
    assert not Delivery.objects.exists()


@pytest.mark.parametrize("verb", ["test", "again", "delete", "secret", ""])
@pytest.mark.parametrize(("who", "status"), [("bob", 404), ("reviewer", 403), ("viewer", 403)])
def test_nobody_but_owners_does_anything(path, site, webhook, verb, who, status):
    (delivery,) = tell([webhook], "image.decided", None, {})
    owner = account_of("bob")
    if who != "bob":
        add_member(site, "bob", Role(who))
    before = list(Webhook.objects.values()), list(Delivery.objects.values())
    address = f"{path}{webhook.pk}/" + (f"deliveries/{delivery.pk}/again" if verb == "again" else verb)
    assert client_of(owner).post(address, ASKED).status_code == status
    assert (list(Webhook.objects.values()), list(Delivery.objects.values())) == before


def test_under_another_site_of_ones_own_it_does_not_exist(visitor, alice, webhook):
    (delivery,) = tell([webhook], "image.decided", None, {})
    other = make_site("Another", alice.user)
    for rest in ("", f"deliveries/{delivery.pk}/"):
        assert visitor.get(f"/sites/{other.pk}/webhooks/{webhook.pk}/{rest}").status_code == 404
