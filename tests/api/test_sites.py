"""``/sites``: the site of a key, and its settings."""

import pytest

from tests.api.calls import assert_problem
from tests.api.conftest import client_with
from tests.pages.scene import account_of
from webapp.accounts.keys import make_key
from webapp.accounts.sites import make_site

SITES = "/api/v1/sites"
CHANGE = {
    "name": " Bicycle  shop ", "lang": "pt-br", "origins": ["HTTPS://Example.org/", "https://example.org"],
    "url_prefixes": ["https://cdn.example.org/images"], "soft_length": 90, "final_stop": False,
    "banned_words": ["Click here"], "retention_days": 7, "keeps_texts": False, "blank_first": False,
    "unreviewed": "unsure", "queue_unknown": True, "public_pages": True,
}  # fmt: skip


@pytest.fixture
def site(db):
    return make_site("Shop", account_of("alice").user)


@pytest.fixture
def client(site):
    return client_with(make_key("ours", site.memberships.get().user.owner, site=site)[1])


def patch(client, site, change):
    return client.patch(f"{SITES}/{site.pk}", change, content_type="application/json")


def test_a_key_knows_the_site_that_it_was_made_for(client, site, stranger, local):
    (shown,) = client.get(SITES).json()["sites"]
    assert shown == client.get(f"{SITES}/{site.pk}").json()
    assert (shown["id"], shown["name"], shown["role"], shown["unreviewed"]) == (str(site.pk), "Shop", "owner", "never")
    assert shown["queue_unknown"] is False
    assert shown["publishable_key"] == site.publishable_key
    assert stranger.get(SITES).json() == local.get(SITES).json() == {"sites": []}


def test_settings_are_changed_and_made_regular(client, site):
    shown = patch(client, site, CHANGE).json()
    expected = CHANGE | {
        "name": "Bicycle shop", "lang": "pt-BR", "origins": ["https://example.org"], "banned_words": ["click here"],
    }  # fmt: skip
    assert {name: shown[name] for name in CHANGE} == expected
    assert shown == client.get(f"{SITES}/{site.pk}").json()


def test_what_is_not_named_stays(client, site):
    patch(client, site, CHANGE)
    before = client.get(f"{SITES}/{site.pk}").json()
    after = patch(client, site, {"retention_days": None}).json()
    assert after == before | {"retention_days": None}
    assert patch(client, site, {}).json() == after


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"name": " "}, "name"), ({"name": None}, "name"), ({"lang": "english language"}, "lang"),
        ({"origins": ["https://example.org", "*"]}, "origins[1]"), ({"origins": ["http://a.de"] * 101}, "origins"),
        ({"url_prefixes": ["/images/"]}, "url_prefixes[0]"), ({"soft_length": 5}, "soft_length"),
        ({"banned_words": [""]}, "banned_words[0]"), ({"retention_days": 31}, "retention_days"),
        ({"unreviewed": "always"}, "unreviewed"), ({"publishable_key": "pk_1"}, "publishable_key"),
        ({"id": "1"}, "id"), ({"origins": ["https://\ud800.example"]}, "origins[0]"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_named_and_nothing_changed(client, site, change, field):
    before = client.get(f"{SITES}/{site.pk}").json()
    problem = assert_problem(patch(client, site, {"final_stop": False, **change}), 400, "invalid_request")
    assert [error["field"] for error in problem["errors"]] == [field]
    assert client.get(f"{SITES}/{site.pk}").json() == before
