"""``/images``: drafts, decisions, another try, and the end."""

from hashlib import sha256

import pytest

from captioner.alttext import hedged
from tests.api.calls import IMAGES, assert_problem, first_image, hand_over, image_path
from tests.library.drafts import SENTENCES, draft_all
from tests.queue.pictures import photograph
from webapp.library.access import get_image_or_404
from webapp.library.delete import delete_image
from webapp.library.models import Blob, Decision, Image
from webapp.library.near import columns_of
from webapp.queue.claim import claim
from webapp.queue.fail import fail
from webapp.queue.models import Work


@pytest.fixture
def waiting(client):
    return first_image(client)


@pytest.fixture
def image(client, waiting):
    draft_all()
    return client.get(image_path(waiting)).json()


def patch(client, image, body):
    return client.patch(image_path(image), body, content_type="application/json")


def test_a_draft_is_a_suggestion_and_no_alt_text(image):
    assert (image["state"], image["suggestion"], image["alt_text"]) == ("suggested", hedged(SENTENCES[0]), None)
    assert [candidate["text"] for candidate in image["candidates"]] == list(SENTENCES)
    assert set(image["candidates"][0]) == {"text", "source", "model_text", "applied_rules", "log_probability", "score"}
    scores = [candidate["score"] for candidate in image["candidates"]]
    assert scores == sorted(scores, reverse=True)
    assert image["model"] == "nic-1"


def test_a_draft_says_how_sure_the_model_is_and_where_it_looked(client, waiting):
    looks = [{"word": "cat", "place": "bottom left (41%)", "weights": [[0.1, 0.2], [0.6, 0.1]]}]
    draft_all(confidence={"p": 0.62, "band": "unsure", "calibrated": True}, looks=looks)
    image = client.get(image_path(waiting)).json()
    assert image["confidence"] == {"p": 0.62, "band": "unsure", "calibrated": True}
    assert image["attention"] == looks
    assert image["reason"] is None


def test_where_it_looked_is_told_in_the_words_of_the_draft(client, waiting):
    draft_all("A boy with a dog.", looks=[{"word": "boy", "place": "top (41%)", "weights": [[1.0]]}])
    image = client.get(image_path(waiting)).json()
    assert image["candidates"][0]["text"] == "A child with a dog."
    assert [look["word"] for look in image["attention"]] == ["child"]


@pytest.mark.parametrize(
    ("p", "band", "is_doubted"), [(0.8, "likely", False), (0.6, "unsure", True), (0.3, "doubtful", True)]
)
def test_a_draft_that_may_be_wrong_says_so_until_it_is_decided(client, waiting, p, band, is_doubted):
    draft_all(confidence={"p": p, "band": band, "calibrated": True})
    image = client.get(image_path(waiting)).json()
    assert image["suggestion"] == (hedged(SENTENCES[0]) if is_doubted else SENTENCES[0])
    assert [rule["rule"] for rule in image["applied_rules"]] == ["polish-hedge"] * is_doubted
    assert image["candidates"][0]["text"] == SENTENCES[0], "to choose from, and shown beside the band"
    decided = patch(client, image, {"alt_text": image["suggestion"]}).json()
    assert (decided["state"], decided["alt_text"]) == ("approved", SENTENCES[0])
    assert (decided["suggestion"], decided["applied_rules"]) == (SENTENCES[0], [])


def test_a_model_without_calibration_and_attention_says_so(image):
    assert image["confidence"] == {"p": None, "band": "not_calibrated", "calibrated": False}
    assert image["attention"] is None


def test_a_draft_that_is_withheld_is_a_reason_and_no_sentence(client, waiting):
    draft_all(withheld="not_a_photograph", confidence={"p": 0.9, "band": "likely", "calibrated": True}, looks=[])
    image = client.get(image_path(waiting)).json()
    assert (image["state"], image["suggestion"], image["candidates"]) == ("withheld", None, [])
    assert (image["confidence"], image["attention"]) == (None, None)
    assert image["reason"]["code"] == "not_a_photograph"
    assert "Write what the picture tells" in image["reason"]["detail"]
    assert client.get("/api/v1/images?state=withheld").json()["total"] == 1
    job = client.get(f"/api/v1/jobs/{image['job_id']}").json()
    assert (job["status"], job["poll_after_ms"]) == ("succeeded", None)
    assert patch(client, image, {"alt_text": "Sales by month."}).json()["state"] == "edited"


def test_a_candidate_unchanged_is_approved(client, image):
    answer = patch(client, image, {"alt_text": SENTENCES[1]})
    assert answer.status_code == 200
    assert (answer.json()["state"], answer.json()["alt_text"]) == ("approved", SENTENCES[1])
    assert answer.json()["suggestion"] == SENTENCES[0], "what the machine said stays"
    assert Decision.objects.get().chosen_rank == 1


def test_any_other_text_is_edited_and_may_be_decided_anew(client, image):
    patch(client, image, {"alt_text": SENTENCES[0]})
    assert patch(client, image, {"alt_text": "Mimi."}).json()["state"] == "edited"
    assert client.get(image_path(image)).json()["alt_text"] == "Mimi."
    assert Decision.objects.count() == 2


def test_a_draft_that_is_not_ready_cannot_be_decided(client, waiting):
    assert_problem(patch(client, waiting, {"alt_text": "A cat."}), 409, "image_not_ready")


@pytest.mark.parametrize(
    ("body", "status", "code"),
    [
        ({"alt_text": " "}, 422, "text_empty"),
        ({"alt_text": "x" * 2001}, 422, "text_too_long"),
        ({"alt_text": None}, 400, "invalid_request"),
        ({"alt_text": 3}, 400, "invalid_request"),
        ({"alt_text": "A cat.", "state": "approved"}, 400, "invalid_request"),
        ({}, 400, "invalid_request"),
        ("", 400, "invalid_request"),
        ("{", 400, "malformed_json"),
        ('{"alt_text": "\\ud800"}', 422, "text_empty"),  # half a character
    ],
)
def test_what_is_no_decision(client, image, body, status, code):
    assert_problem(patch(client, image, body), status, code)
    assert Image.objects.get().alt_text is None


def test_a_field_that_is_wrong_is_named(client, image):
    body = assert_problem(patch(client, image, {"alt_text": None}), 400, "invalid_request")
    assert [error["field"] for error in body["errors"]] == ["alt_text"]


def test_deleting_an_image(client, image):
    assert client.delete(image_path(image)).status_code == 204
    assert_problem(client.get(image_path(image)), 404, "not_found")
    assert_problem(client.delete(image_path(image)), 404, "not_found")
    assert_problem(client.get(f"/api/v1/jobs/{image['job_id']}"), 404, "not_found")


def test_a_failed_image_is_tried_again(client, waiting):
    for _ in range(3):
        Work.objects.update(next_attempt_at="2026-01-01T00:00Z")
        (work,) = claim("caption", "w", 8, alone=False)
        fail(work, "engine_error", "The model stumbled.", fault_of_image=False)
    assert client.get(image_path(waiting)).json()["state"] == "failed"
    answer = client.post(image_path(waiting) + "/retry")
    assert (answer.status_code, answer.json()["state"], answer.json()["error"]) == (202, "queued", None)


def test_what_has_not_failed_is_not_tried_again(client, image):
    assert_problem(client.post(image_path(image) + "/retry"), 409, "not_retryable")


@pytest.mark.parametrize(
    "act",
    [
        lambda client, image: patch(client, image, {"alt_text": "A cat."}),
        lambda client, image: client.post(image_path(image) + "/retry"),
    ],
    ids=["decide", "retry"],
)
def test_an_image_that_is_deleted_meanwhile_is_not_found(client, image, monkeypatch, act):
    def look_up_too_soon(owner, pk, least):
        found = get_image_or_404(owner, pk)
        delete_image(found)
        return found

    monkeypatch.setattr("webapp.api.images.get_image_or_404", look_up_too_soon)
    assert_problem(act(client, image), 404, "not_found")


class TestList:
    def test_your_images_newest_first(self, client):
        older, newer = first_image(client), first_image(client)
        listed = client.get(IMAGES).json()
        assert [image["id"] for image in listed["images"]] == [newer["id"], older["id"]]
        assert (listed["page"], listed["pages"], listed["total"]) == (1, 1, 2)

    def test_by_state(self, client):
        hand_over(client, 1, 2)
        claim("caption", "w", 1, alone=False)
        found = {
            state: client.get(f"{IMAGES}?state={state}").json()["total"] for state in ("queued", "running", "failed")
        }
        assert found == {"queued": 1, "running": 1, "failed": 0}

    def test_by_page(self, client, monkeypatch):
        monkeypatch.setattr("webapp.api.images.PAGE_SIZE", 2)
        hand_over(client, 1, 2, 3)
        pages = [client.get(f"{IMAGES}?page={page}").json() for page in (1, 2, 3)]
        assert [len(page["images"]) for page in pages] == [2, 1, 0]
        assert {page["pages"] for page in pages} == {2}
        ids = [image["id"] for page in pages for image in page["images"]]
        assert len(set(ids)) == 3

    def test_by_what_is_said_of_them(self, client, stranger):
        ours = first_image(client)
        draft_all()
        asked = {
            "q=cat+SOFA": 1, "q=cat.jpg": 1, "q=zebra": 0, "q=cat&state=failed": 0, "lang=en": 1, "lang=de": 0,
            f"sha256={sha256(photograph(1)).hexdigest()}": 1, f"sha256={'0' * 64}": 0, "q=&lang=&sha256=": 1,
        }  # fmt: skip
        assert {query: client.get(f"{IMAGES}?{query}").json()["total"] for query in asked} == asked
        assert client.get(f"{IMAGES}?q=cat").json()["images"][0]["id"] == ours["id"]
        assert {stranger.get(f"{IMAGES}?{query}").json()["total"] for query in asked} == {0}

    @pytest.mark.parametrize(
        "query", [f"q={'x' * 201}", "lang=en%00", "sha256=abc", "state=lost", "page=0", "page=x", "page=99999999999"]
    )
    def test_what_cannot_be_asked(self, client, query):
        body = assert_problem(client.get(f"{IMAGES}?{query}"), 400, "invalid_request")
        assert [error["field"] for error in body["errors"]] == [query.partition("=")[0]]


def test_a_picture_of_text_offers_the_text(client, waiting):
    read = {"text": "Closed\non Monday", "words": 3, "share": 0.95, "confidence": 0.9}
    draft_all(withheld="not_a_photograph", ocr=read)
    image = client.get(image_path(waiting)).json()
    assert (image["state"], image["suggestion"], image["ocr_text"]) == (
        "suggested",
        "Closed. on Monday",
        "Closed\non Monday",
    )
    assert [(one["source"], one["score"]) for one in image["candidates"]] == [("ocr", None)]
    assert (image["confidence"], image["reason"]) == (None, None), "which is no sentence of the model"
    assert patch(client, image, {"alt_text": "Closed. on Monday"}).json()["state"] == "approved"


def test_text_in_a_photograph_stands_by_itself(client, waiting):
    draft_all(ocr={"text": "STOP", "words": 1, "share": 0.1, "confidence": 0.9})
    image = client.get(image_path(waiting)).json()
    assert (image["suggestion"], image["ocr_text"]) == (hedged(SENTENCES[0]), "STOP")
    assert {one["source"] for one in image["candidates"]} == {"model"}


def test_the_same_file_again_says_from_where_its_text_is(client):
    first = first_image(client)
    draft_all()
    decided = client.patch(image_path(first), {"alt_text": "A cat."}, content_type="application/json").json()
    assert decided["reused_from"] is None
    (again,) = hand_over(client).json()["images"]
    assert (again["state"], again["alt_text"], again["reused_from"]) == ("edited", "A cat.", first["id"])
    (entry,) = client.get(f"{image_path(again)}/decisions").json()["decisions"]
    assert entry["reused_from"] == first["id"]


def test_an_image_by_itself_tells_its_hash_and_what_looks_alike(client):
    first, second = first_image(client), hand_over(client, 2).json()["images"][0]
    draft_all()
    client.patch(image_path(first), {"alt_text": "A cat."}, content_type="application/json")
    for image, phash in ((first, "97936cc412d368bb"), (second, "97936cc412d368b8")):
        Blob.objects.filter(images=image["id"]).update(**columns_of(phash))
    shown = client.get(image_path(second)).json()
    assert shown["phash"] == "97936cc412d368b8"
    (found,) = shown["similar"]
    assert found == {
        "id": first["id"], "name": "cat.jpg", "alt_text": "A cat.", "alike": 97, "same_file": False,
        "width": 24, "height": 24,
    }  # fmt: skip
    assert "similar" not in client.get(IMAGES).json()["images"][0]
    Blob.objects.update(**columns_of(""))
    shown = client.get(image_path(second)).json()
    assert (shown["phash"], shown["similar"]) == (None, [])


def test_the_hash_does_not_tell_that_somebody_else_has_the_picture(client, stranger):
    first_image(stranger)
    draft_all()
    Blob.objects.update(**columns_of("97936cc412d368bb"))
    image = first_image(client)
    assert client.get(image_path(image)).json()["phash"] is None
    draft_all()
    assert client.get(image_path(image)).json()["phash"] == "97936cc412d368bb"
