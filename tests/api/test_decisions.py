"""``POST /images/{id}/decision``, and the history."""

from uuid import uuid4

import pytest

from tests.api.calls import assert_problem, first_image, hand_over, image_path, post_json
from tests.library.drafts import SENTENCES, draft_all
from webapp.library.models import Blob, Image
from webapp.library.near import columns_of


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


@pytest.fixture
def twin(client, image):
    """A decided image that looks like ours."""
    other = hand_over(client, 2).json()["images"][0]
    draft_all()
    client.patch(image_path(other), {"alt_text": "Mimi."}, content_type="application/json")
    for one, phash in ((image, "97936cc412d368bb"), (other, "97936cc412d368b8")):
        Blob.objects.filter(images=one["id"]).update(**columns_of(phash))
    return other


def test_the_text_of_a_picture_that_looks_alike_is_used_on_a_persons_word(client, image, twin):
    similar = client.get(image_path(image)).json()["similar"]
    assert [one["id"] for one in similar] == [twin["id"]]
    assert seen(decide(client, image, action="reuse", similar=twin["id"], version=0)) == ("edited", "Mimi.", 1)
    (entry,) = client.get(f"{image_path(image)}/decisions").json()["decisions"]
    assert (entry["alt_text"], entry["reused_from"], entry["is_yours"]) == ("Mimi.", twin["id"], True)
    assert seen(decide(client, image, action="undo")) == ("suggested", None, 2)


def test_what_does_not_look_alike_or_is_somebody_elses_lends_no_text(client, stranger, image, twin):
    theirs = first_image(stranger)
    draft_all()
    stranger.patch(image_path(theirs), {"alt_text": "Theirs."}, content_type="application/json")
    Blob.objects.filter(images=theirs["id"]).update(**columns_of("97936cc412d368bb"))
    refused = [theirs["id"], image["id"], str(uuid4())]
    decide(client, twin, action="reject")
    for other in (*refused, twin["id"]):
        assert_problem(decide(client, image, action="reuse", similar=other), 409, "not_alike")
    assert seen(decide(client, image, action="edit", alt_text="Mine."))[1] == "Mine."


def test_it_has_to_be_said_whose_text(client, image):
    (error,) = assert_problem(decide(client, image, action="reuse"), 400, "invalid_request")["errors"]
    assert (error["field"], error["code"]) == ("similar", "missing")


def test_reuse_overwrites_nobodys_decision_unseen(client, image, twin):
    decide(client, image, action="edit", alt_text="A cat.")
    answer = decide(client, image, action="reuse", similar=twin["id"], version=0)
    assert_problem(answer, 409, "stale_version")


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
