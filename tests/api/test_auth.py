"""Who may call: a key from anywhere, or no key from this machine and surely from this machine."""

import pytest
from django.test import Client

from tests.api.calls import IMAGES, assert_problem, hand_over
from webapp.accounts.keys import find_key, revoke
from webapp.accounts.models import ApiKey, Owner
from webapp.accounts.owners import loopback_owner
from webapp.library.models import Job

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("scheme", ["Bearer", "bearer", "BEARER "])
def test_a_key_is_taken_as_a_bearer_token(secret, scheme):
    assert Client(headers={"Authorization": f"{scheme} {secret}"}).get(IMAGES).status_code == 200


def test_a_key_is_taken_in_its_own_header(secret):
    assert Client(headers={"X-API-Key": secret}).get(IMAGES).status_code == 200


def test_what_a_key_hands_over_belongs_to_the_key(client, secret):
    hand_over(client)
    assert Job.objects.get().owner == find_key(secret).owner


def refusals(secret):
    """Headers with which nobody is let in."""
    yield {"Authorization": f"Bearer {secret[:-1]}x" if secret[-1] != "x" else f"Bearer {secret[:-1]}y"}
    yield {"Authorization": "Bearer cap_" + "A" * 40}
    yield {"Authorization": "Bearer"}
    yield {"Authorization": f"Basic {secret}"}
    yield {"Authorization": secret}
    yield {"X-API-Key": ""}
    yield {"X-API-Key": "Bearer " + secret}
    yield {"Authorization": "Bearer nonsense", "X-API-Key": secret}


def test_a_wrong_key_is_refused_in_one_way_even_on_this_machine(secret):
    bodies = []
    for headers in refusals(secret):
        response = Client(headers=headers, SERVER_NAME="localhost", REMOTE_ADDR="127.0.0.1").get(IMAGES)
        body = assert_problem(response, 401, "invalid_key")
        assert response["WWW-Authenticate"] == "Bearer"
        del body["request_id"]
        bodies.append(body)
    revoke(ApiKey.objects.get())
    body = assert_problem(Client(headers={"X-API-Key": secret}).get(IMAGES), 401, "invalid_key")
    del body["request_id"]
    assert all(body == other for other in bodies), "wrong, malformed and revoked look the same"


@pytest.mark.parametrize("address", ["127.0.0.1", "127.1.2.3", "::1", "::ffff:127.0.0.1"])
@pytest.mark.parametrize("host", ["localhost", "localhost:8000", "127.0.0.1:8000", "[::1]:8000"])
def test_a_program_on_this_machine_needs_no_key(address, host):
    response = Client(REMOTE_ADDR=address, headers={"Host": host}).get(IMAGES)
    assert response.status_code == 200


def test_programs_on_this_machine_are_one_owner(local):
    hand_over(local)
    hand_over(Client(SERVER_NAME="127.0.0.1", REMOTE_ADDR="::1"))
    assert {job.owner for job in Job.objects.all()} == {loopback_owner()}
    assert Owner.objects.count() == 1


@pytest.mark.parametrize("address", ["203.0.113.7", "192.168.0.2", "10.0.0.1", "2001:db8::1", "", "unix:"])
def test_from_another_machine_a_key_is_needed(address):
    assert_problem(Client(SERVER_NAME="localhost", REMOTE_ADDR=address).get(IMAGES), 401, "key_required")


@pytest.mark.parametrize(
    "header",
    ["X-Forwarded-For", "X-Forwarded-Host", "X-Forwarded-Proto", "Forwarded", "X-Real-IP", "Via", "CF-Connecting-IP"],
)
def test_a_reverse_proxy_on_this_machine_does_not_open_the_api(local, header):
    assert_problem(local.get(IMAGES, headers={header: "127.0.0.1"}), 401, "key_required")


def test_a_proxy_that_only_passes_the_host_on_does_not_open_the_api(settings):
    settings.ALLOWED_HOSTS = ["captions.example.org", "localhost"]
    remote = Client(SERVER_NAME="captions.example.org", REMOTE_ADDR="127.0.0.1")
    assert_problem(remote.get(IMAGES), 401, "key_required")


def test_where_there_are_proxies_everybody_needs_a_key(local, settings):
    settings.NINJA_NUM_PROXIES = 1
    assert_problem(local.get(IMAGES), 401, "key_required")


def test_the_operator_may_ask_everybody_for_a_key(local, settings):
    settings.API_KEYLESS = "never"
    assert_problem(local.get(IMAGES), 401, "key_required")
