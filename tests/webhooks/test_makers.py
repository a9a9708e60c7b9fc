"""Who is no owner of a site any more hears nothing more of it, however that came about."""

import pytest
from django.contrib.auth.models import User

from tests.pages.scene import account_of
from tests.webhooks.happenings import drafted
from webapp.accounts.members import add_member, change_role, remove_member
from webapp.accounts.models import Membership
from webapp.accounts.roles import Role, RoleMissing
from webapp.accounts.sites import make_site
from webapp.library.decide import decide
from webapp.webhooks.change import change_webhook, make_webhook
from webapp.webhooks.models import Delivery, Webhook

pytestmark = pytest.mark.django_db
ADDRESS = "https://bob.example.org/"


@pytest.fixture
def bob(db):
    return account_of("bob")


@pytest.fixture
def membership(site, bob):
    return add_member(site, "bob", Role.OWNER)


@pytest.fixture
def theirs(site, bob, membership):
    return make_webhook(site, ADDRESS, ["image.decided"], by=bob)


@pytest.mark.parametrize("end", [remove_member, lambda member: change_role(member, Role.REVIEWER)])
def test_a_maker_who_is_no_owner_any_more_is_told_nothing(site, alice, theirs, membership, end):
    ours = make_webhook(site, "https://example.org/", ["image.decided"], by=alice)
    image = drafted(site, alice)
    end(membership)
    decide(image, "A wheel.", owner=alice)
    assert [delivery.webhook for delivery in Delivery.objects.all()] == [ours]
    theirs.refresh_from_db()
    assert not theirs.active
    assert theirs.maker_left_at is not None


def test_webhooks_of_other_sites_and_of_who_stays_an_owner_go_on(bob, theirs, membership):
    elsewhere = make_webhook(make_site("Bob's", bob.user), ADDRESS, ["image.decided"], by=bob)
    change_role(membership, Role.OWNER)
    assert Webhook.objects.filter(active=True).count() == 2
    remove_member(membership)
    assert list(Webhook.objects.filter(active=True)) == [elsewhere]


def test_one_that_was_paused_says_so_too(theirs, membership):
    Webhook.objects.update(active=False)
    remove_member(membership)
    assert Webhook.objects.get().maker_left_at is not None


def test_with_an_account_go_its_webhooks(site):
    user = User.objects.create_user("dora")
    Membership.objects.create(site=site, user=user, role=Role.OWNER)
    webhook = Webhook.objects.create(site=site, url=ADDRESS, events=["image.decided"], made_by=user)
    user.delete()
    webhook.refresh_from_db()
    assert (webhook.made_by, webhook.active) == (None, False)
    assert webhook.maker_left_at is not None


def test_who_gives_another_address_or_switches_it_on_answers_for_it(alice, bob, theirs, membership):
    def change(by, **changes):
        change_webhook(
            theirs, **{"url": theirs.url, "events": ["job.failed"], "active": theirs.active} | changes, by=by
        )
        theirs.refresh_from_db()
        return theirs.made_by

    assert change(alice) == bob.user
    assert change(alice, active=False) == bob.user
    assert change(alice, active=True) == alice.user
    assert change(bob, url=f"{ADDRESS}another") == bob.user
    remove_member(membership)
    theirs.refresh_from_db()
    assert change(alice, url="https://example.org/") == alice.user
    assert (theirs.active, theirs.maker_left_at) == (False, None)


def test_a_change_that_was_under_way_does_not_switch_it_on_again(alice, theirs, membership):
    seen = Webhook.objects.get()
    remove_member(membership)
    change_webhook(seen, url=seen.url, events=["job.failed"], active=seen.active, by=alice)
    theirs.refresh_from_db()
    assert (theirs.active, theirs.events) == (False, ["job.failed"])


def test_who_ceased_to_be_an_owner_meanwhile_makes_and_changes_nothing(site, bob, theirs, membership):
    before = list(Webhook.objects.values())
    for end in (lambda: change_role(membership, Role.REVIEWER), lambda: remove_member(membership)):
        end()
        after = list(Webhook.objects.values())
        with pytest.raises(RoleMissing):
            make_webhook(site, ADDRESS, ["job.failed"], by=bob)
        with pytest.raises(RoleMissing):
            change_webhook(theirs, url=ADDRESS, events=["job.failed"], active=True, by=bob)
        assert list(Webhook.objects.values()) == after != before
