"""``/jobs/{id}``."""

import pytest

from tests.api.calls import CAPTIONS, as_file, assert_problem, hand_over
from tests.library.drafts import draft_all
from tests.queue.pictures import photograph
from webapp.api.schemas import ImageState, job_status
from webapp.library.models import Blob, Image, Job
from webapp.queue.claim import claim
from webapp.queue.fail import fail

Q, R, S, F, A, E = (ImageState(word) for word in ("queued", "running", "suggested", "failed", "approved", "edited"))


@pytest.mark.parametrize(
    ("states", "status"),
    [
        ([Q], "queued"),
        ([Q, Q, F], "queued"),
        ([Q, R], "running"),
        ([Q, S], "running"),
        ([R, F], "running"),
        ([S], "succeeded"),
        ([S, F], "succeeded"),
        ([A, E, S], "succeeded"),
        ([F, F], "failed"),
    ],
)
def test_the_status_follows_from_the_images(states, status):
    assert job_status(states) == status


def test_a_job_from_hand_over_to_end(client):
    url = hand_over(client, 1, 2)["Location"]
    (work,) = claim("caption", "w", 1, alone=False)
    job = client.get(url).json()
    assert (job["status"], [image["state"] for image in job["images"]]) == ("running", ["running", "queued"])
    fail(work, "image_undecodable", "The file is damaged.", fault_of_image=True)
    draft_all()
    job = client.get(url).json()
    assert (job["status"], job["progress"], job["poll_after_ms"]) == ("succeeded", {"done": 2, "total": 2}, None)
    assert [image["state"] for image in job["images"]] == ["failed", "suggested"]
    assert job["images"][0]["error"] == {"code": "image_undecodable", "detail": "The file is damaged."}


def test_images_come_in_the_order_in_which_they_were_handed_over(client):
    files = [as_file(photograph(seed), f"{seed}.jpg") for seed in (5, 3, 4)]
    url = client.post(CAPTIONS, {"image": files})["Location"]
    assert [image["name"] for image in client.get(url).json()["images"]] == ["5.jpg", "3.jpg", "4.jpg"]


def test_a_job_takes_the_same_queries_for_one_image_and_for_many(client, django_assert_num_queries):
    for seeds in ((1,), range(2, 22)):
        url = hand_over(client, *seeds)["Location"]
        draft_all()
        client.get(url)  # notes the use of the key
        with django_assert_num_queries(5):  # key, job, images, suggestions, decisions
            client.get(url)


def test_deleting_a_job_leaves_nothing(client, settings, django_capture_on_commit_callbacks):
    url = hand_over(client, 1, 2)["Location"]
    with django_capture_on_commit_callbacks(execute=True):
        response = client.delete(url)
    assert (response.status_code, response.content) == (204, b"")
    assert not Job.objects.exists()
    assert not Image.objects.exists()
    assert not Blob.objects.exists()
    assert list(settings.SPOOL_DIR.iterdir()) == []
    assert_problem(client.get(url), 404, "not_found")
    assert_problem(client.delete(url), 404, "not_found")
