"""The two lists of a browser: what it handed over, and the keys it made."""

import pytest
from django.test import Client

from tests.pages.conftest import client_of
from tests.pages.pictures import describe, hand_over
from tests.pages.scene import account_of
from webapp.accounts.keys import find_key, make_key
from webapp.accounts.members import add_member, remove_member
from webapp.accounts.models import ApiKey, Owner
from webapp.accounts.roles import Role
from webapp.accounts.sites import make_site
from webapp.library.decide import decide


def test_the_history_shows_texts_and_states_of_this_browser_alone(visitor, stranger, owner):
    first, _ = describe(hand_over(owner, "a.png", "b.png"))
    decide(first, "My dog Rex.", owner=owner)

    page = visitor.get("/history/").content.decode()
    assert "My dog Rex." in page
    assert "A draft is ready to be checked." in page
    assert "Rex" not in stranger.get("/history/").content.decode()
    assert "Nothing yet." in stranger.get("/history/").content.decode()


def test_the_history_has_pages(visitor, owner):
    for number in range(11):
        hand_over(owner, f"{number}.png")

    first, second = visitor.get("/history/").content.decode(), visitor.get("/history/?page=2").content.decode()

    assert "10.png" in first
    assert ">0.png<" not in first
    assert ">0.png<" in second
    assert "<title>History, page 2 of 2" in second
    assert visitor.get("/history/?page=nonsense").status_code == 200


def test_a_long_history_costs_as_few_queries_as_a_short_one(visitor, owner, django_assert_max_num_queries):
    for number in range(10):
        describe(hand_over(owner, f"{number}a.png", f"{number}b.png"))

    with django_assert_max_num_queries(20):
        visitor.get("/history/")


ALL = ["read", "write", "review"]


@pytest.fixture
def for_everyone(settings):
    settings.KEYS_PAGE = "everyone"


@pytest.mark.django_db
def test_a_key_is_shown_once_and_works(client, for_everyone):
    page = client.post("/keys/", {"name": " my shop ", "scopes": ALL}).content.decode()

    secret = page.partition('id="secret" value="')[2].partition('"')[0]
    key = find_key(secret)
    assert key is not None
    assert key.name == "my shop"
    assert secret not in client.get("/keys/").content.decode()
    assert key.lookup in client.get("/keys/").content.decode()


def test_the_answer_with_the_key_is_kept_nowhere(visitor, for_everyone):
    assert "no-store" in visitor.post("/keys/", {"name": "x", "scopes": ALL}).headers["Cache-Control"]


@pytest.mark.parametrize("name", ["", "   ", "x" * 101])
def test_a_name_that_is_no_name(visitor, for_everyone, name):
    response = visitor.post("/keys/", {"name": name, "scopes": ALL})

    page = response.content.decode()
    assert response.status_code == 422
    assert "<title>Error: API keys" in page
    assert 'aria-invalid="true" aria-describedby="name_helptext name_error" id="name"' in page
    assert not ApiKey.objects.exists()


@pytest.mark.parametrize(
    ("who", "host", "headers", "allowed"),
    [
        ("loopback", "localhost", {}, True),
        ("loopback", "127.0.0.1", {}, True),
        ("loopback", "localhost", {"X-Forwarded-For": "203.0.113.7"}, False),
        ("loopback", "captions.example.org", {}, False),
        ("everyone", "captions.example.org", {}, True),
        ("never", "localhost", {}, False),
    ],
)
@pytest.mark.django_db
def test_who_may_make_keys_is_a_setting(settings, who, host, headers, allowed):
    settings.KEYS_PAGE, settings.ALLOWED_HOSTS = who, [host]
    somebody = Client(SERVER_NAME=host, headers=headers)

    page = somebody.get("/keys/").content.decode()
    response = somebody.post("/keys/", {"name": "my shop", "scopes": ALL})

    assert ('name="name"' in page) == allowed
    assert ("Keys are made by the operator" in page) != allowed
    assert response.status_code == (200 if allowed else 403)
    assert ApiKey.objects.exists() == allowed


def test_from_another_machine_nobody_makes_keys_unless_the_operator_says_so(owner):
    remote = client_of(owner)
    assert remote.post("/keys/", {"name": "x"}, REMOTE_ADDR="203.0.113.7", SERVER_NAME="localhost").status_code == 403


def test_who_may_make_no_keys_still_sees_and_revokes_those_made_before(visitor, owner):
    key, secret = make_key("my shop", made_by=owner)
    page = visitor.get("/keys/").content.decode()
    assert "Keys are made by the operator" in page
    assert f"/keys/{key.pk}/revoke" in page

    visitor.post(f"/keys/{key.pk}/revoke")

    assert find_key(secret) is None


def test_revoking_asks_first_and_is_for_good(visitor, owner):
    key, secret = make_key("my shop", made_by=owner)
    assert "Revoke the key “my shop”?" in visitor.get(f"/keys/{key.pk}/revoke").content.decode()
    assert find_key(secret) is not None

    response = visitor.post(f"/keys/{key.pk}/revoke")

    assert response.headers["Location"] == "/keys/#your-keys"
    assert find_key(secret) is None
    page = visitor.get("/keys/").content.decode()
    assert "is revoked" in page
    assert f"/keys/{key.pk}/revoke" not in page
    assert visitor.get(f"/keys/{key.pk}/revoke").headers["Location"] == "/keys/"


def test_keys_made_by_the_command_belong_to_no_browser(visitor, client):
    key, _ = make_key("cron")

    assert "cron" not in visitor.get("/keys/").content.decode()
    assert visitor.get(f"/keys/{key.pk}/revoke").status_code == 404
    assert client.post(f"/keys/{key.pk}/revoke").status_code == 404
    assert Owner.objects.filter(kind=Owner.Kind.KEY).count() == 1


def test_a_key_may_do_what_was_chosen(visitor, for_everyone):
    assert visitor.get("/keys/").content.decode().count("checked") == 3
    visitor.post("/keys/", {"name": "robot", "scopes": ["read"]})
    assert ApiKey.objects.get().scopes == ["read"]
    assert "May read." in visitor.get("/keys/").content.decode()


@pytest.mark.parametrize("scopes", [[], ["read", "everything"]])
def test_a_key_that_may_do_nothing_or_what_there_is_not(visitor, for_everyone, scopes):
    response = visitor.post("/keys/", {"name": "robot", "scopes": scopes})
    page = response.content.decode()
    assert response.status_code == 422
    assert 'href="#scopes_0"' in page
    assert 'value="robot"' in page
    assert not ApiKey.objects.exists()


@pytest.mark.django_db
def test_a_key_for_a_site_is_made_by_its_members_and_ends_with_their_membership(for_everyone):
    alice, charlie, bob = account_of("alice"), account_of("charlie"), account_of("bob")
    site = make_site("Shop", alice.user)
    member = add_member(site, "charlie", Role.VIEWER)
    make_site("Other", bob.user)
    new = {"name": "robot", "scopes": ALL, "site": str(site.pk)}

    assert client_of(bob).post("/keys/", new).status_code == 422
    page = client_of(charlie).post("/keys/", new).content.decode()

    key = ApiKey.objects.get()
    assert (key.site, key.made_by) == (site, charlie)
    assert "for Shop" in page
    secret = page.partition('id="secret" value="')[2].partition('"')[0]
    assert find_key(secret) == key
    remove_member(member)
    assert find_key(secret) is None
    add_member(site, "charlie", Role.OWNER)
    assert find_key(secret) is None, "an end is an end"
