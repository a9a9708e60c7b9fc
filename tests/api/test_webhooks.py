"""``/sites/{id}/webhooks``: made, changed, tried out, and their log. Who may do so is in ``test_strangers``."""

import json

import pytest

from tests.api.calls import assert_problem, post_json
from tests.api.conftest import client_with
from tests.pages.scene import account_of
from webapp.accounts.keys import make_key
from webapp.accounts.members import add_member, change_role
from webapp.accounts.roles import Role
from webapp.accounts.sites import make_site
from webapp.webhooks.change import MOST_WEBHOOKS
from webapp.webhooks.models import Delivery, Webhook
from webapp.webhooks.sign import secret_of
from webapp.webhooks.tell import tell

ASKED = {"url": "HTTPS://Shop.Example.org/hooks?a=b#c", "events": ["job.failed", "image.decided", "job.failed"]}


@pytest.fixture
def site(db):
    return make_site("Shop", account_of("alice").user)


@pytest.fixture
def client(site):
    return client_with(make_key("ours", site.memberships.get().user.owner, site=site)[1])


@pytest.fixture
def path(site):
    return f"/api/v1/sites/{site.pk}/webhooks"


@pytest.fixture
def webhook(site):
    return Webhook.objects.create(site=site, url="https://example.org/hooks", events=["job.failed"])


def test_one_is_made_and_its_secret_is_told_once(client, path):
    response = post_json(client, ASKED, path)
    assert response.status_code == 201
    made = response.json()
    webhook = Webhook.objects.get()
    assert made.pop("secret") == secret_of(webhook)
    assert (made["url"], made["events"]) == ("https://shop.example.org/hooks?a=b", ["image.decided", "job.failed"])
    assert (made["active"], made["paused_at"], made["maker_left_at"]) == (True, None, None)
    assert webhook.made_by == webhook.site.memberships.get().user
    assert client.get(path).json() == {"webhooks": [made]}
    assert client.get(f"{path}/{webhook.pk}").json() == made


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"url": "ftp://example.org/"}, "url"), ({"url": "https://example.org:8443/"}, "url"), ({"url": ""}, "url"),
        ({"url": "https://user:pw@example.org/"}, "url"), ({"url": "https://example.org/\ud800"}, "url"),
        ({"events": []}, "events"), ({"events": ["page.completed"]}, "events[0]"), ({"events": None}, "events"),
        ({"secret": "mine"}, "secret"), ({"active": "no idea"}, "active"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_named_and_nothing_made_or_changed(client, path, webhook, change, field):
    for call in (client.post, client.patch):
        if call == client.post and field == "active":
            continue
        body = json.dumps({**ASKED, **change})
        response = call(path if call == client.post else f"{path}/{webhook.pk}", body, content_type="application/json")
        problem = assert_problem(response, 400, "invalid_request")
        assert [error["field"] for error in problem["errors"]] == [field]
    assert list(Webhook.objects.values_list("url", "events")) == [("https://example.org/hooks", ["job.failed"])]


def test_a_port_that_the_operator_allows(client, path, settings):
    settings.CAPTIONER_FETCH_PORTS = frozenset({8443})
    assert post_json(client, ASKED | {"url": "https://example.org:8443/"}, path).status_code == 201


def test_there_are_ten_at_most(client, path):
    for _ in range(MOST_WEBHOOKS):
        assert post_json(client, ASKED, path).status_code == 201
    assert_problem(post_json(client, ASKED, path), 409, "too_many_webhooks")
    assert Webhook.objects.count() == MOST_WEBHOOKS


def test_what_is_named_is_changed_and_the_rest_stays(client, path, webhook):
    Webhook.objects.update(failures=5, paused_at="2026-11-01T00:00Z", active=False)
    before = client.get(f"{path}/{webhook.pk}").json()
    changes = ({}, {"events": ["job.completed"]}, {"active": True}, {"url": "http://example.org"}, {"active": False})
    shown = [client.patch(f"{path}/{webhook.pk}", change, content_type="application/json").json() for change in changes]
    assert shown[0] == before
    assert shown[1] == before | {"events": ["job.completed"]}
    assert shown[2] == shown[1] | {"active": True, "paused_at": None}
    assert shown[3] == shown[2] | {"url": "http://example.org/"}
    assert shown[4] == shown[3] | {"active": False}


def test_another_secret(client, path, webhook):
    former = secret_of(webhook)
    made = client.post(f"{path}/{webhook.pk}/secret").json()
    webhook.refresh_from_db()
    assert made["secret"] == secret_of(webhook) != former


def test_one_is_deleted_with_its_log(client, path, webhook):
    client.post(f"{path}/{webhook.pk}/test")
    assert client.delete(f"{path}/{webhook.pk}").status_code == 204
    assert not Webhook.objects.exists()
    assert not Delivery.objects.exists()
    assert_problem(client.get(f"{path}/{webhook.pk}"), 404, "not_found")


def test_a_test_waits_to_be_sent(client, path, webhook):
    first, second = (client.post(f"{path}/{webhook.pk}/test") for _ in range(2))
    assert first.status_code == 202
    assert first.json() == second.json()
    shown = first.json()
    assert (shown["event"], shown["state"], shown["attempts"], shown["error"]) == ("test", "waiting", 0, None)
    assert json.loads(shown["body"])["data"] == {"webhook_id": str(webhook.pk), "site_id": str(webhook.site_id)}
    assert shown["next_attempt_at"] is not None


def test_the_log_is_listed_newest_first(client, path, webhook):
    for number in range(51):
        tell([webhook], "job.failed", None, {"number": number})
    first = client.get(f"{path}/{webhook.pk}/deliveries").json()
    assert (first["page"], first["pages"], first["total"], len(first["deliveries"])) == (1, 2, 51, 50)
    numbers = [json.loads(one["body"])["data"]["number"] for one in first["deliveries"]]
    assert numbers == list(range(50, 0, -1))
    assert len(client.get(f"{path}/{webhook.pk}/deliveries?page=2").json()["deliveries"]) == 1
    assert client.get(f"{path}/{webhook.pk}/deliveries?page=3").json()["deliveries"] == []


def test_one_that_failed_says_why_and_is_sent_again(client, path, webhook):
    (delivery,) = tell([webhook], "job.failed", None, {})
    Delivery.objects.update(state="failed", attempts=8, tries_left=0, status=308, error_code="http_status")
    address = f"{path}/{webhook.pk}/deliveries/{delivery.pk}"
    shown = client.get(address).json()
    assert (shown["state"], shown["next_attempt_at"], shown["error"]["code"]) == ("failed", None, "http_status")
    assert "Redirects are not followed" in shown["error"]["detail"]
    again = client.post(f"{address}/again")
    assert (again.status_code, again.json()["state"]) == (202, "waiting")


def test_one_whose_maker_left_is_off_and_says_since_when(client, path, site, webhook):
    bob = account_of("bob")
    member = add_member(site, "bob", Role.OWNER)
    theirs = client_with(make_key("theirs", bob, site=site)[1])
    assert post_json(theirs, ASKED, path).status_code == 201
    before = client.get(f"{path}/{webhook.pk}").json()
    change_role(member, Role.REVIEWER)
    ours, off = client.get(path).json()["webhooks"]
    assert (off["active"], off["maker_left_at"] is None) == (False, False)
    assert ours == before
    on = client.patch(f"{path}/{off['id']}", {"active": True}, content_type="application/json").json()
    assert (on["active"], on["maker_left_at"]) == (True, None)


def test_a_webhook_of_another_site_is_not_found_under_ones_own(client, path):
    bob = account_of("bob")
    theirs = Webhook.objects.create(site=make_site("Bob's", bob.user), url="https://example.org/", events=[])
    (delivery,) = tell([theirs], "job.failed", None, {})
    for address in (f"{path}/{theirs.pk}", f"{path}/{theirs.pk}/deliveries/{delivery.pk}"):
        assert_problem(client.get(address), 404, "not_found")
