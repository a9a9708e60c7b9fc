"""``POST /images/{id}/decision``, and the history."""

import pytest

from tests.api.calls import assert_problem, first_image, image_path, post_json
from tests.library.drafts import SENTENCES, draft_all
from webapp.library.models import Image


@pytest.fixture
def image(client):
    image = first_image(client)
    draft_all()
    return image


def decide(client, image, **body):
    return post_json(client, body, f"{image_path(image)}/decision")


def seen(answer):
    assert answer.status_code == 200, answer.content
    body = answer.json()
    return body["state"], body["alt_text"], body["version"]


def test_the_best_candidate_is_approved_unless_another_is_named(client, image):
    assert seen(decide(client, image, action="approve")) == ("approved", SENTENCES[0], 1)
    assert seen(decide(client, image, action="approve", candidate=2, version=1)) == ("approved", SENTENCES[2], 2)


def test_a_persons_own_text(client, image):
    assert seen(decide(client, image, action="edit", alt_text="Mimi.")) == ("edited", "Mimi.", 1)


def test_rejecting_and_taking_it_back(client, image):
    assert seen(decide(client, image, action="reject", version=0)) == ("rejected", None, 1)
    assert client.get("/api/v1/images?state=rejected").json()["total"] == 1
    assert seen(decide(client, image, action="undo", version=1)) == ("suggested", None, 2)


@pytest.mark.parametrize("action", ["approve", "edit", "reject", "undo"])
def test_a_decision_on_what_was_decided_meanwhile_is_refused(client, image, action):
    decide(client, image, action="edit", alt_text="Mimi.")
    body = assert_problem(decide(client, image, action=action, alt_text="A cat.", version=0), 409, "stale_version")
    assert "“Mimi.”" in body["detail"]
    assert Image.objects.get().alt_text == "Mimi."


def test_so_it_is_by_patch(client, image):
    decide(client, image, action="reject")
    answer = client.patch(image_path(image), {"alt_text": "A", "version": 0}, content_type="application/json")
    assert_problem(answer, 409, "stale_version")


@pytest.mark.parametrize(
    ("body", "status", "code"),
    [
        ({"action": "approve", "candidate": 3}, 409, "no_candidate"),
        ({"action": "approve", "candidate": -1}, 400, "invalid_request"),
        ({"action": "edit"}, 422, "text_empty"),
        ({"action": "undo"}, 409, "not_undoable"),
        ({"action": "decorative"}, 400, "invalid_request"),
        ({"action": "reject", "version": -1}, 400, "invalid_request"),
        ({}, 400, "invalid_request"),
    ],
)
def test_what_is_no_decision(client, image, body, status, code):
    assert_problem(decide(client, image, **body), status, code)
    assert Image.objects.get().version == 0


def test_the_history_tells_all(client, image):
    decide(client, image, action="approve")
    decide(client, image, action="edit", alt_text="Mimi.")
    decide(client, image, action="undo")
    decide(client, image, action="reject")
    history = client.get(f"{image_path(image)}/decisions").json()["decisions"]
    assert [(one["verdict"], one["alt_text"]) for one in history] == [
        ("approved", SENTENCES[0]),
        ("edited", "Mimi."),
        ("undone", None),
        ("rejected", None),
    ]
    assert [one["undoes"] for one in history] == [None, None, history[1]["id"], None]
    assert all(one["is_yours"] for one in history)
