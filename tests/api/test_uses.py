"""Deciding for one place over the API, and what ``/pages/{id}`` tells of it."""

import pytest

from tests.api.calls import assert_problem, post_json
from tests.pages.audited import look_at
from tests.uses.placed import PAGE, PAGE_ADDRESS
from webapp.audit.models import Audit

PAGES = "/api/v1/pages"


@pytest.fixture
def audit(client):
    audit = post_json(client, {"html": PAGE, "base_url": PAGE_ADDRESS}, PAGES).json()
    look_at(Audit.objects.get(pk=audit["id"]))
    return audit["id"]


def images(client, audit):
    return client.get(f"{PAGES}/{audit}").json()["images"]


def decide(client, audit, number, **body):
    return post_json(client, body, f"{PAGES}/{audit}/images/{images(client, audit)[number]['id']}/decision")


def test_a_use_tells_its_position_and_that_nothing_is_decided(client, audit):
    told = [(one["position"], one["version"], one["decision"]) for one in images(client, audit)]
    assert told == [(1, 0, None), (2, 0, None), (3, 0, None), (1, 0, None)]


def test_a_text_and_decoration_for_one_place(client, audit):
    answer = decide(client, audit, 1, action="text", alt_text="Basket", role="functional", version=0)
    assert answer.status_code == 200
    assert decide(client, audit, 3, action="decorative").status_code == 200
    shown = images(client, audit)
    assert answer.json() == shown[1]
    assert shown[1]["decision"] == {"state": "approved", "alt_text": "Basket", "role": "functional"}
    assert (shown[1]["suggestion"]["text"], shown[1]["suggestion"]["origin"]) == ("Basket", "person")
    assert shown[3]["decision"] == {"state": "decorative", "alt_text": "", "role": "decorative"}
    assert shown[3]["suggestion"]["text"] == ""
    assert shown[0]["decision"] is None


def test_undo_and_the_history(client, audit):
    decide(client, audit, 0, action="text", alt_text="Tulips.")
    decide(client, audit, 0, action="decorative", version=1)
    assert decide(client, audit, 0, action="undo", version=2).json()["decision"]["alt_text"] == "Tulips."
    use = images(client, audit)[0]["id"]
    history = client.get(f"{PAGES}/{audit}/images/{use}/decisions").json()["decisions"]
    told = [(one["verdict"], one["alt_text"], one["is_yours"]) for one in history]
    assert told == [("edited", "Tulips.", True), ("decorative", "", True), ("undone", None, True)]
    assert history[2]["undoes"] == history[1]["id"]


@pytest.mark.parametrize("action", ["text", "decorative", "undo"])
def test_a_decision_on_what_was_decided_meanwhile_is_refused(client, audit, action):
    decide(client, audit, 0, action="text", alt_text="Tulips.")
    text = {"alt_text": "A wall."} if action == "text" else {}
    body = assert_problem(decide(client, audit, 0, action=action, version=0, **text), 409, "stale_version")
    assert "“Tulips.”" in body["detail"]


def test_a_use_of_another_audit_does_not_exist_here(client, audit):
    use = images(client, audit)[0]["id"]
    other = post_json(client, {"html": "<p>"}, PAGES).json()["id"]
    assert_problem(
        post_json(client, {"action": "decorative"}, f"{PAGES}/{other}/images/{use}/decision"), 404, "not_found"
    )


@pytest.mark.parametrize("body", [{"action": "text", "alt_text": "A.", "role": "decorative"}, {"action": "reject"}])
def test_what_is_not_documented_is_refused(client, audit, body):
    assert_problem(decide(client, audit, 0, **body), 400, "invalid_request")
