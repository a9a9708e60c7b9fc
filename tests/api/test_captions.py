"""``POST /captions``."""

import uuid

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from captioner.alttext import hedged
from tests.api.calls import CAPTIONS, as_base64, as_file, assert_problem, hand_over, post_json
from tests.library.drafts import SENTENCES, draft_all
from tests.queue.pictures import photograph
from webapp.api import waiting
from webapp.library.models import Image, Job
from webapp.queue.models import Work


def test_a_photograph_is_accepted_and_its_job_is_to_be_asked_for(client):
    response = hand_over(client, 1, context="our shop")
    assert response.status_code == 202
    job = response.json()
    assert response["Location"] == job["status_url"] == f"/api/v1/jobs/{job['id']}"
    assert int(response["Retry-After"]) >= 1
    assert (job["status"], job["progress"], job["context"]) == ("queued", {"done": 0, "total": 1}, "our shop")
    assert job["poll_after_ms"] >= 100
    assert client.get(response["Location"]).json() == job


def test_an_image_that_waits(client):
    image = hand_over(client).json()["images"][0]
    stored = Image.objects.get(pk=image["id"])
    assert image == {
        "id": str(stored.pk),
        "job_id": str(stored.job_id),
        "name": "cat.jpg",
        "source_url": None,
        "state": "queued",
        "suggestion": None,
        "applied_rules": [],
        "candidates": [],
        "confidence": None,
        "reason": None,
        "attention": None,
        "ocr_text": None,
        "alt_text": None,
        "reused_from": None,
        "phash": None,
        "public_page": None,
        "version": 0,
        "lang": "en",
        "mime": "image/jpeg",
        "width": 24,
        "height": 24,
        "error": None,
        "model": None,
        "created_at": image["created_at"],
        "expires_at": image["expires_at"],
    }
    assert image["created_at"] < image["expires_at"]


def test_json_with_base64_says_the_same(client):
    one = post_json(client, {"image": {"name": "cat.jpg", "data": as_base64(photograph(1))}, "context": "shop"})
    assert one.status_code == 202
    assert one.json()["context"] == "shop"
    assert [image["name"] for image in one.json()["images"]] == ["cat.jpg"]
    several = post_json(client, {"images": [{"data": as_base64(photograph(seed))} for seed in (1, 2)]})
    assert [image["name"] for image in several.json()["images"]] == ["image", "image"]


def test_base64_may_be_broken_into_lines(client):
    lines = "\r\n".join(as_base64(photograph(1))[start : start + 76] for start in range(0, 1000, 76))
    data = lines if len(as_base64(photograph(1))) <= 1000 else as_base64(photograph(1))
    assert post_json(client, {"image": {"data": data}}).status_code == 202


def test_bad_files_among_good_ones_become_failed_entries(client):
    response = client.post(CAPTIONS, {"image": [as_file(b"<html>", "page.jpg"), as_file(photograph(1))]})
    assert response.status_code == 202
    job = response.json()
    assert job["progress"] == {"done": 1, "total": 2}
    assert [image["state"] for image in job["images"]] == ["failed", "queued"]
    error = job["images"][0]["error"]
    assert error["code"] == "not_an_image"
    assert error["detail"].endswith(".")


def test_one_bad_file_is_refused_and_nothing_is_kept(client, settings):
    assert_problem(client.post(CAPTIONS, {"image": as_file(b"<html>")}), 422, "not_an_image")
    assert not Job.objects.exists()
    assert not settings.SPOOL_DIR.exists()


def test_when_all_are_bad_each_has_its_reason(client):
    body = assert_problem(
        client.post(CAPTIONS, {"image": [as_file(b"%PDF-1.7"), as_file(b"<html>")]}), 422, "no_usable_image"
    )
    assert [(error["field"], error["code"]) for error in body["errors"]] == [
        ("images[0]", "unsupported_type"),
        ("images[1]", "not_an_image"),
    ]
    assert not Job.objects.exists()


def test_a_file_that_is_too_large_leaves_the_others_alone(client, settings):
    settings.MAX_IMAGE_BYTES = len(photograph(1)) + 100
    job = client.post(CAPTIONS, {"image": [as_file(b"\xff" * 100_000), as_file(photograph(1))]}).json()
    assert [image["error"] and image["error"]["code"] for image in job["images"]] == ["file_too_large", None]


class TestWait:
    @pytest.fixture
    def steps(self, monkeypatch):
        """Lets time pass by what is asked to be slept; a worker ends all work at the given second."""

        class Steps:
            now = 0.0
            worker_at = 1e9

            def sleep(self, seconds):
                self.now += seconds
                if self.now >= self.worker_at:
                    draft_all()

        steps = Steps()
        monkeypatch.setattr("webapp.api.waiting.time.monotonic", lambda: steps.now)
        monkeypatch.setattr("webapp.api.waiting.time.sleep", steps.sleep)
        return steps

    def hand_over(self, client, wait):
        return client.post(f"{CAPTIONS}?wait={wait}", {"image": as_file(photograph(1))})

    def test_drafts_that_come_in_time_are_in_the_answer(self, client, steps):
        steps.worker_at = 2.0
        response = self.hand_over(client, 10)
        assert response.status_code == 200
        job = response.json()
        assert (job["status"], job["poll_after_ms"], job["progress"]) == ("succeeded", None, {"done": 1, "total": 1})
        assert job["images"][0]["suggestion"] == hedged(SENTENCES[0])
        assert "Retry-After" not in response
        assert 2.0 <= steps.now < 3.0

    def test_after_the_time_is_up_the_answer_is_202(self, client, steps):
        response = self.hand_over(client, 1.5)
        assert response.status_code == 202
        assert 1.5 <= steps.now < 2.0

    def test_when_all_seats_are_taken_nobody_waits(self, client, steps, settings):
        settings.API_MAX_WAITERS = 1
        with waiting._seats.take() as seated:
            assert seated
            assert self.hand_over(client, 10).status_code == 202
            assert steps.now == 0
        self.hand_over(client, 10)
        assert steps.now >= 10, "a seat is given back"

    def test_without_wait_nobody_waits(self, client, steps):
        assert hand_over(client).status_code == 202
        assert steps.now == 0

    @pytest.mark.parametrize("wait", ["-1", "30.1", "nan", "inf", "soon", ""])
    def test_the_time_has_its_limits(self, client, wait):
        body = assert_problem(self.hand_over(client, wait), 400, "invalid_request")
        assert [error["field"] for error in body["errors"]] == ["wait"]
        assert not Job.objects.exists()


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ([], ""),
        ({"image": "abc"}, "image"),
        ({"picture": "https://example.org/cat.jpg"}, "picture"),
        ({"images": [{"data": "aGk=", "extra": 1}]}, "images[0].extra"),
        ({"images": {"data": "aGk="}}, "images"),
        ({"image": {"data": "aGk=", "name": "x" * 256}}, "image.name"),
        ({"image": {"data": "aGk="}, "context": "x" * 1001}, "context"),
        ({"image": {"data": 12}}, "image.data"),
    ],
)
def test_json_of_another_form_names_the_place(client, body, field):
    problem = assert_problem(post_json(client, body), 400, "invalid_request")
    assert [error["field"] for error in problem["errors"]] == [field]


def test_bad_base64_names_the_place(client):
    body = {"images": [{"data": as_base64(photograph(1))}, {"data": "no base64!"}, {"data": "abc"}]}
    problem = assert_problem(post_json(client, body), 400, "invalid_base64")
    assert [error["field"] for error in problem["errors"]] == ["images[1].data", "images[2].data"]
    assert not Job.objects.exists()


def test_a_form_with_a_wrong_field_says_so(client):
    for form in (
        {"file": as_file(photograph(1))},
        {"image": "cat.jpg"},
        {"image": as_file(photograph(1)), "lang": "en"},
    ):
        problem = assert_problem(client.post(CAPTIONS, form), 400, "invalid_request")
        assert len(problem["errors"]) == 1


def test_a_full_queue_says_when_to_come_back(client, settings):
    settings.MAX_QUEUED_IMAGES = 1
    assert hand_over(client).status_code == 202
    response = hand_over(client)
    assert_problem(response, 503, "queue_full")
    assert int(response["Retry-After"]) > 0
    Work.objects.all().delete()
    assert hand_over(client).status_code == 202


def test_names_are_never_paths(client):
    file = SimpleUploadedFile("x", photograph(1))
    file._name = "../../etc/passwd"
    image = client.post(CAPTIONS, {"image": file}).json()["images"][0]
    assert image["name"] == "passwd"
    assert uuid.UUID(image["id"])


def test_a_path_in_place_of_a_file_is_told_how_to_send_the_file(client):
    body = assert_problem(client.post(CAPTIONS, {"image": "photo.jpg"}), 400, "invalid_request")
    assert body["detail"] == "The field image came as text. Send a file; with curl write -F image=@photo.jpg."
    assert [(error["field"], error["code"]) for error in body["errors"]] == [("image", "not_a_file")]
