"""Deleting an account: with the password only, with all that is its own, and leaving no site without an owner."""

import pytest
from django.contrib.auth.models import User
from django.test import Client

from tests.pages.conftest import client_of
from tests.pages.pictures import describe, hand_over, png
from tests.pages.scene import PASSWORD, account_of
from tests.uses.placed import audited
from webapp.accounts.keys import find_key, make_key
from webapp.accounts.members import add_member
from webapp.accounts.models import ApiKey, Membership, Owner, Site
from webapp.accounts.roles import Role
from webapp.accounts.sites import make_site
from webapp.audit.models import Audit
from webapp.library.decide import decide
from webapp.library.models import Image
from webapp.library.submit import Upload, examine, submit
from webapp.webhooks.models import Webhook

ADDRESS = "/account/delete/"


@pytest.fixture
def browser(alice):
    return client_of(alice)


def delete(browser, password=PASSWORD):
    return browser.post(ADDRESS, {"password": password})


def is_gone(name="alice"):
    return not User.objects.filter(username=name).exists()


def test_it_asks_for_the_password_and_says_what_goes(browser, site, alice):
    hand_over(alice, "a.png", "b.png")
    page = browser.get(ADDRESS).content.decode()
    assert "What you have for yourself: 2 pictures" in page
    assert "of which you are the only member" in page
    for wrong in ("", "wrong"):
        answer = delete(browser, wrong)
        assert answer.status_code == 422
        assert "<title>Error: Delete your account?" in answer.content.decode()
    assert not is_gone()
    assert (Site.objects.filter(pk=site.pk).exists(), Image.objects.count()) == (True, 2)


def test_the_account_its_pictures_and_its_own_sites_go(browser, site, alice):
    describe(hand_over(alice, "a.png"))
    audited(alice)
    theirs = submit(alice, [examine(Upload("of-site.png", png(7)))], site=site)
    assert theirs.site == site
    _, secret = make_key("mine", alice)
    hand_over(ApiKey.objects.get().owner, "by-key.png")

    answer = delete(browser)

    assert answer.headers["Location"] == "/"
    assert "The account alice is deleted." in browser.get("/").content.decode()
    assert is_gone()
    assert not Site.objects.filter(pk=site.pk).exists()
    assert not Image.objects.exists()
    assert not Audit.objects.exists()
    assert find_key(secret) is None
    assert not ApiKey.objects.exists()
    assert browser.get("/account/").status_code == 302


def test_what_was_given_to_the_sites_of_others_stays_theirs_without_the_name(browser, alice):
    bob = account_of("bob")
    shop = make_site("Bob's shop", bob.user)
    add_member(shop, "alice", Role.REVIEWER)
    (image,) = describe(submit(alice, [examine(Upload("a.png", png(7)))], site=shop))
    decide(image, "A dog.", owner=alice)
    _, secret = make_key("for the shop", alice, site=shop)
    page = browser.get(ADDRESS).content.decode()
    assert "You leave these sites, and they go on without you" in page
    assert "What you have for yourself: 1 key," in page, "the picture is the shop's"

    delete(browser)

    assert is_gone()
    assert find_key(secret) is None
    page = client_of(bob).get(f"/review/{image.pk}/").content.decode()
    assert "Somebody else wrote or changed the text" in page
    assert "alice" not in page
    assert [one.user.username for one in Membership.objects.filter(site=shop)] == ["bob"]


def test_who_is_the_only_owner_of_a_site_with_others_has_to_give_it_away_first(browser, site, alice):
    charlie = account_of("charlie")
    add_member(site, "charlie", Role.VIEWER)
    page = browser.get(ADDRESS).content.decode()
    assert "you are their only owner" in page
    assert f'href="/sites/{site.pk}/members/"' in page
    assert 'type="password"' not in page
    answer = delete(browser)
    assert answer.status_code == 422
    assert "no other owner" in answer.content.decode()
    assert not is_gone()

    Membership.objects.get(site=site, user=charlie.user).delete()
    add_member(site, "charlie", Role.OWNER)
    assert delete(browser).status_code == 303
    assert is_gone()
    assert [one.user.username for one in Membership.objects.filter(site=site)] == ["charlie"]


def test_webhooks_of_who_goes_are_switched_off(browser, site, alice):
    add_member(site, account_of("bob").user.username, Role.OWNER)
    webhook = Webhook.objects.create(
        site=site, url="https://example.org/", events=["image.decided"], made_by=alice.user
    )
    delete(browser)
    webhook.refresh_from_db()
    assert (webhook.active, webhook.made_by) == (False, None)


def test_what_the_browser_handed_over_before_logging_in_stays_with_it(db, alice):
    before = Owner.objects.create(kind=Owner.Kind.SESSION)
    (image,) = hand_over(before, "before.png").images.all()
    browser = client_of(before)
    browser.post("/account/log-in/", {"username": "alice", "password": PASSWORD})
    delete(browser)
    assert is_gone()
    assert browser.get(f"/images/{image.pk}/").status_code == 200


def test_passwords_cannot_be_tried_without_end(browser):
    answers = [delete(browser, "wrong").status_code for _ in range(6)]
    assert answers == [422] * 5 + [429]
    assert delete(browser).status_code == 429
    assert not is_gone()


def test_nobody_elses_account_is_meant(alice):
    answer = Client().post(ADDRESS, {"password": PASSWORD})
    assert answer.headers["Location"].startswith("/account/log-in/")
    bob = client_of(account_of("bob"))
    delete(bob)
    assert not is_gone("alice")
    assert is_gone("bob")
