"""An image by its address, in ``POST /captions``."""

import pytest

from tests.api.calls import CAPTIONS, as_file, assert_problem, image_path, post_json
from tests.queue.pictures import photograph
from webapp.library.models import Job
from webapp.queue.claim import claim
from webapp.queue.fail import fail

URL = "https://example.org/cat.jpg"


@pytest.mark.parametrize("send", [post_json, lambda client, body: client.post(CAPTIONS, body)])
def test_it_is_accepted_and_fetched_later(client, send):
    answer = send(client, {"image_url": URL, "context": "our shop"})
    assert answer.status_code == 202
    job = answer.json()
    (image,) = job["images"]
    assert (image["source_url"], image["name"], image["state"]) == (URL, "cat.jpg", "queued")
    assert (image["mime"], job["context"]) == (None, "our shop")


@pytest.mark.parametrize("url", ["ftp://example.org/", "https://me:secret@example.org/", "https://example.org:22/"])
def test_what_is_no_address_is_refused_at_once(client, url):
    body = assert_problem(post_json(client, {"image_url": url}), 422, "url_invalid")
    assert body["errors"][0]["field"] == "image_url"
    assert not Job.objects.exists()


def test_one_way_at_a_time(client):
    both = {"image_url": URL, "image": {"data": "AAAA"}}
    assert_problem(post_json(client, both), 400, "invalid_request")
    form = client.post(CAPTIONS, {"image_url": URL, "image": as_file(photograph(1))})
    assert_problem(form, 400, "invalid_request")


def test_an_image_that_was_sent_has_no_address(client):
    (image,) = client.post(CAPTIONS, {"image": as_file(photograph(1))}).json()["images"]
    assert image["source_url"] is None


def test_where_fetching_fails_the_entry_says_why_and_can_be_tried_again(client):
    (image,) = post_json(client, {"image_url": URL}).json()["images"]
    (work,) = claim("fetch", "a", 1, alone=False)
    fail(work, "http_status", "There is nothing at this address (status 404).", fault_of_image=True)
    image = client.get(image_path(image)).json()
    assert (image["state"], image["error"]["code"]) == ("failed", "http_status")
    assert client.post(f"{image_path(image)}/retry").status_code == 202
    assert client.get(image_path(image)).json()["state"] == "queued"
