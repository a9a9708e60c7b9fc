"""Whose texts are told to whom: what anybody may hand over never shows on somebody else's pages."""

import pytest
from django.contrib.auth.models import User
from django.core.management import call_command

from tests.delivery.decided import ADDRESS, TEXT, decided
from webapp.accounts.keys import find_key, make_key
from webapp.accounts.models import Membership, Owner, Site
from webapp.accounts.owners import loopback_owner, user_owner
from webapp.delivery.addresses import hash_of, normalised
from webapp.delivery.texts import texts_for

pytestmark = pytest.mark.django_db
OWNER = Membership.Role.OWNER


def told(asker, address=ADDRESS) -> str:
    (text,) = texts_for(asker, [hash_of(normalised(address))]).values() or [None]
    return text.alt_text if text else ""


@pytest.fixture
def alice():
    return user_owner(User.objects.create_user("alice"))


@pytest.fixture
def mallory():
    return user_owner(User.objects.create_user("mallory"))


@pytest.fixture
def shop(alice):
    site = Site.objects.create(name="Shop")
    Membership.objects.create(site=site, user=alice.user, role=OWNER)
    return site


def operators_key(capsys) -> Owner:
    call_command("apikey", "create", "site")
    (secret,) = (word for word in capsys.readouterr().out.split() if word.startswith("cap_"))
    return find_key(secret).owner


def visitors_key(maker: Owner | None = None) -> Owner:
    return make_key("mine", made_by=maker or Owner.objects.create(kind=Owner.Kind.SESSION))[0].owner


def test_the_operators_texts_are_told_to_the_operators_programs_and_pages(capsys):
    one, other = operators_key(capsys), operators_key(capsys)
    decided(owner=one)
    assert [told(asker) for asker in (one, other, loopback_owner(), Site.default())] == [TEXT] * 4
    decided("https://example.org/loop.jpg", owner=loopback_owner())
    assert [told(asker, "https://example.org/loop.jpg") for asker in (one, Site.default())] == [TEXT] * 2


@pytest.mark.parametrize("kind", ["session", "account", "session's key", "account's key"])
def test_what_anybody_may_hand_over_is_told_to_nobody_else(kind, alice, mallory, shop, capsys):
    stranger = {
        "session": lambda: Owner.objects.create(kind=Owner.Kind.SESSION),
        "account": lambda: mallory,
        "session's key": visitors_key,
        "account's key": lambda: visitors_key(mallory),
    }[kind]()
    decided(owner=stranger)
    others = [operators_key(capsys), loopback_owner(), Site.default(), shop, visitors_key(alice), visitors_key(), alice]
    assert [told(asker) for asker in others] == [""] * len(others)
    assert told(stranger) == TEXT, "but who decided it may ask"


def test_the_operators_texts_are_not_told_to_visitors(mallory, capsys):
    decided(owner=operators_key(capsys))
    assert told(visitors_key()) == told(visitors_key(mallory)) == told(mallory) == ""


def test_what_a_member_decides_for_a_site_is_told_to_the_site_and_its_keys(alice, shop):
    decided(owner=alice, site=shop)
    key = make_key("shop", made_by=alice, site=shop)[0].owner
    assert told(shop) == told(key) == TEXT
    assert told(Site.default()) == told(loopback_owner()) == ""


def test_a_site_is_told_of_its_own_addresses_only_once_it_names_them(alice, shop):
    decided(owner=alice, site=shop)
    decided("https://elsewhere.example/tulip.jpg", owner=alice, site=shop)
    assert told(shop, "https://elsewhere.example/tulip.jpg") == TEXT
    shop.url_prefixes = ["https://shop.example/", "https://example.org/media/"]
    shop.save()
    assert told(shop) == TEXT
    assert told(shop, "https://elsewhere.example/tulip.jpg") == ""
