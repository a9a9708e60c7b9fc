"""Rates: every caller has a bucket of its own, hears what is left in it, and is told when to come again."""

import pytest
from django.test import Client

from tests.api.calls import IMAGES, assert_problem, post_json
from tests.api.conftest import client_with
from tests.api.test_lookup import HASH, KEY, LOOKUP, ORIGIN, ask
from tests.delivery.decided import ADDRESS
from webapp.accounts.keys import make_key
from webapp.accounts.models import Site


@pytest.fixture(autouse=True)
def limits(settings, tmp_path):
    settings.RATES_FILE = tmp_path / "rates.sqlite3"
    settings.API_RATE, settings.LOOKUP_RATE = 3, 2


def reader(address: str, origin: str = ORIGIN) -> Client:
    """A browser at an address, which shows a page of the origin."""
    return Client(REMOTE_ADDR=address, headers={"Origin": origin, "Sec-Fetch-Site": "cross-site"})


@pytest.fixture
def site(db):
    Site.objects.update(publishable_key=KEY, origins=[ORIGIN])
    return Site.default()


def statuses(client, number):
    """Of so many requests with a key."""
    return [client.get(IMAGES).status_code for _ in range(number)]


def lookups(client, number, **query):
    """Statuses of so many lookups."""
    return [client.get(LOOKUP, {"hashes": HASH} | query).status_code for _ in range(number)]


def test_who_asks_too_often_is_told_when_to_come_again(client):
    answers = [client.get(IMAGES) for _ in range(4)]
    assert [answer.status_code for answer in answers] == [200, 200, 200, 429]
    assert [answer["RateLimit"].split(";")[1] for answer in answers] == ["r=2", "r=1", "r=0", "r=0"]
    assert {answer["RateLimit-Policy"] for answer in answers} == {'"key";q=3;w=60'}
    problem = assert_problem(answers[-1], 429, "rate_limited")
    assert 0 < int(answers[-1]["Retry-After"]) <= 20
    assert f"Wait {answers[-1]['Retry-After']} s" in problem["detail"]


def test_errors_count_and_tell_too(client):
    answer = client.get("/api/v1/images/00000000-0000-4000-8000-000000000000")
    assert answer.status_code == 404
    assert answer["RateLimit"].startswith('"key";r=2')


def test_each_key_has_its_own_bucket(client, stranger, local):
    assert statuses(client, 4) == statuses(stranger, 4) == statuses(local, 4) == [200, 200, 200, 429]


def test_several_programs_with_one_key_share_it(secret):
    assert [statuses(client_with(secret), 1) for _ in range(4)] == [[200], [200], [200], [429]]


def test_one_reader_of_a_page_starves_no_other(site):
    assert lookups(reader("203.0.113.7"), 3, site=KEY) == [200, 200, 429]
    assert lookups(reader("203.0.113.8"), 3, site=KEY) == [200, 200, 429]


def test_a_reader_of_two_sites_has_a_bucket_for_each(site):
    Site.objects.create(name="Other", publishable_key="pk_other", origins=[ORIGIN])
    assert lookups(reader("203.0.113.7"), 3, site=KEY) == [200, 200, 429]
    assert lookups(reader("203.0.113.7"), 3, site="pk_other") == [200, 200, 429]


def test_addresses_that_one_reader_can_choose_from_are_one(site):
    first, same, other = ("2001:db8:1:2::1", "2001:db8:1:2:ffff::9", "2001:db8:1:3::1")
    assert lookups(reader(first), 1, site=KEY) + lookups(reader(same), 2, site=KEY) == [200, 200, 429]
    assert lookups(reader(other), 1, site=KEY) == [200]
    assert lookups(reader("::ffff:203.0.113.9"), 1, site=KEY) + lookups(reader("203.0.113.9"), 2, site=KEY) == [
        200,
        200,
        429,
    ]


def test_a_page_of_another_origin_spends_nothing_of_a_reader(site):
    assert lookups(reader("203.0.113.7", "https://evil.example"), 3, site=KEY) == [401, 401, 401]
    assert lookups(reader("203.0.113.7"), 2, site=KEY) == [200, 200]


def test_who_brings_no_key_spends_nobodys(client, keyless):
    for _ in range(9):
        assert_problem(ask(keyless), 401, "key_required")
    assert statuses(client, 3) == [200, 200, 200]


@pytest.mark.parametrize(
    ("code", "headers"),
    [
        ("key_required", {}),
        ("invalid_key", {"Authorization": "Bearer cap_no"}),
        ("invalid_key", {"X-API-Key": "x"}),
    ],
)
def test_who_has_no_right_key_is_counted_by_address(settings, client, code, headers):
    settings.REFUSED_RATE = 2
    stranger, neighbour = (Client(REMOTE_ADDR=address, headers=headers) for address in ("203.0.113.7", "203.0.113.8"))
    answers = [stranger.get(IMAGES) for _ in range(3)]
    for answer in answers[:2]:
        assert_problem(answer, 401, code)
    assert {answer["RateLimit-Policy"] for answer in answers} == {'"refused";q=2;w=60'}
    assert [answer["RateLimit"].split(";")[1] for answer in answers] == ["r=1", "r=0", "r=0"]
    assert_problem(answers[2], 429, "rate_limited")
    assert 0 < int(answers[2]["Retry-After"]) <= 30
    assert_problem(neighbour.get(IMAGES), 401, code)


def test_a_right_key_passes_from_where_wrong_ones_came_too_often(settings, secret):
    settings.REFUSED_RATE = 1
    address = "203.0.113.7"
    assert [Client(REMOTE_ADDR=address).get(IMAGES).status_code for _ in range(2)] == [401, 429]
    answer = Client(REMOTE_ADDR=address, headers={"X-API-Key": secret}).get(IMAGES)
    assert (answer.status_code, answer["RateLimit-Policy"]) == (200, '"key";q=3;w=60')


def test_a_page_with_a_wrong_publishable_key_is_counted_too(settings, site):
    settings.REFUSED_RATE = 2
    assert lookups(reader("203.0.113.7"), 3, site="pk_no") == [401, 401, 429]
    assert lookups(reader("203.0.113.7", "https://evil.example"), 1, site=KEY) == [429]
    assert lookups(reader("203.0.113.7"), 1, site=KEY) == [200], "readers are counted for themselves"


def test_lookups_of_a_key_have_a_bucket_of_their_own(settings, secret):
    settings.LOOKUP_RATE = 1
    client = client_with(secret)
    assert statuses(client, 4) == [200, 200, 200, 429]
    asked = {"urls": [ADDRESS], "page": "https://shop.example/?x=1"}
    answers = [post_json(client, asked, LOOKUP) for _ in range(5)]
    assert {answer.status_code for answer in answers} == {200}
    assert {answer["RateLimit-Policy"] for answer in answers} == {'"lookup";q=10;w=60'}
    assert lookups(client, 6) == [200] * 5 + [429], "those by hash take from the same"
    assert_problem(post_json(client, asked, LOOKUP), 429, "rate_limited")


def test_who_empties_that_bucket_leaves_the_key_its_own(settings, client):
    settings.LOOKUP_RATE = 1
    assert lookups(client, 11)[-1] == 429
    assert statuses(client, 3) == [200, 200, 200]


def test_without_a_limit_nothing_is_said_of_one(settings, db):
    settings.API_RATE = 0
    client = client_with(make_key("free")[1])
    assert statuses(client, 9) == [200] * 9
    assert "RateLimit" not in client.get(IMAGES)
