"""``Idempotency-Key``: sent again, a request makes nothing new, whatever became of the first try."""

import threading
from datetime import timedelta
from unittest import mock

import pytest
from django.core.management import call_command
from django.db import connection
from django.utils import timezone

from tests.api.calls import CAPTIONS, as_base64, as_file, assert_problem, hand_over, post_json
from tests.api.conftest import client_with
from tests.library.drafts import draft_all
from tests.queue.pictures import photograph
from webapp.api import once
from webapp.api.models import OnceRequest
from webapp.api.once import KEPT_FOR, delete_old_requests
from webapp.audit.models import Audit
from webapp.library.models import Image, Job

PAGES = "/api/v1/pages"
LINK = {"image_url": "https://example.org/a.jpg"}


def keyed(key: str) -> dict[str, dict[str, str]]:
    return {"headers": {"Idempotency-Key": key}}


def post_form(client, key="a", **options):
    """A form with a boundary of its own, as each client makes one up."""
    boundary = timezone.now().strftime("boundary%f")
    content = options.pop("content", photograph(1))
    body = b"".join(
        (
            f'--{boundary}\r\nContent-Disposition: form-data; name="context"\r\n\r\na shop\r\n'.encode(),
            f'--{boundary}\r\nContent-Disposition: form-data; name="image"; filename="a.jpg"\r\n\r\n'.encode(),
            content,
            f"\r\n--{boundary}--\r\n".encode(),
        )
    )
    return client.post(CAPTIONS, body, content_type=f"multipart/form-data; boundary={boundary}", **keyed(key))


def post_link(client, key="a", body=LINK):
    return client.post(CAPTIONS, body, content_type="application/json", **keyed(key))


def post_page(client, key="a", html="<p><img src='a.jpg'>"):
    return client.post(PAGES, {"html": html}, content_type="application/json", **keyed(key))


@pytest.mark.parametrize("post", [post_form, post_link, post_page])
def test_sent_again_it_makes_nothing_and_answers_the_same(client, post):
    first, second = post(client), post(client)
    assert "Idempotency-Replayed" not in first
    assert second["Idempotency-Replayed"] == "true"
    assert (first.status_code, first.json(), first["Location"]) == (202, second.json(), second["Location"])
    assert second.status_code == 202
    assert Job.objects.count() + Audit.objects.count() == 1


@pytest.mark.parametrize(
    ("post", "other"),
    [
        (post_form, lambda client: post_form(client, content=photograph(2))),
        (post_link, lambda client: post_link(client, body=LINK | {"context": "a shop"})),
        (post_page, lambda client: post_page(client, html="<p>")),
        (post_link, post_page),
    ],
    ids=["file", "field", "page", "path"],
)
def test_a_key_belongs_to_one_request(client, post, other):
    post(client)
    assert_problem(other(client), 422, "idempotency_key_reused")
    assert Job.objects.count() + Audit.objects.count() == 1


def test_another_key_is_another_request(client):
    assert post_link(client, "a").json()["id"] != post_link(client, "b").json()["id"]


def test_another_caller_is_another_request(client, stranger):
    assert post_link(client).json()["id"] != post_link(stranger).json()["id"]


def test_without_a_key_each_request_counts(client):
    assert hand_over(client).json()["id"] != hand_over(client).json()["id"]
    assert not OnceRequest.objects.exists()


@pytest.mark.parametrize("key", ["", "a" * 256, "a b", "ä"])
def test_a_key_of_another_form_is_refused(client, key):
    problem = assert_problem(post_link(client, key), 400, "invalid_request")
    assert problem["errors"][0]["field"] == "Idempotency-Key"
    assert post_link(client, "a" * 255).status_code == 202


def test_what_came_of_it_meanwhile_is_told(client):
    image = post_form(client).json()["images"][0]
    draft_all()
    again = post_form(client)
    assert (again.status_code, again["Idempotency-Replayed"]) == (200, "true")
    assert again.json()["images"][0]["id"] == image["id"]
    assert again.json()["images"][0]["suggestion"]


def test_nothing_of_it_outlives_its_deletion(client):
    job = post_form(client).json()
    client.delete(job["status_url"])
    assert_problem(post_form(client), 404, "not_found")
    assert not Job.objects.exists()


def test_a_request_that_was_refused_leaves_its_key_free(client):
    assert_problem(post_link(client, body={}), 422, "no_image")
    assert_problem(post_form(client, content=b"no picture"), 422, "not_an_image")
    assert post_form(client).status_code == 202
    assert Job.objects.count() == 1


def test_so_does_one_that_failed_half_way(client):
    client.raise_request_exception = False
    with mock.patch("webapp.library.submit.Work.objects.bulk_create", side_effect=RuntimeError("a bug")):
        assert_problem(post_form(client), 500, "internal_error")
    assert not Job.objects.exists()
    assert post_form(client).status_code == 202
    assert Image.objects.count() == 1


class Killed(BaseException):
    """Ends the process: nothing after it is run."""


def killed(client, monkeypatch):
    """A first try whose process died before anything was written, and after its key was taken."""
    with monkeypatch.context() as patch:
        patch.setattr(once, "_still_ours", mock.Mock(side_effect=Killed))
        with pytest.raises(Killed):
            post_link(client)


def test_after_a_crash_it_is_under_way_until_its_time_is_up(client, monkeypatch):
    killed(client, monkeypatch)
    assert not Job.objects.exists(), "what it made went with it"
    answer = post_link(client)
    assert_problem(answer, 409, "idempotency_in_progress")
    assert answer["Retry-After"] == "1"
    OnceRequest.objects.update(started_at=timezone.now() - timedelta(seconds=61))
    answer = post_link(client)
    assert (answer.status_code, Job.objects.count()) == (202, 1)
    assert "Idempotency-Replayed" not in answer
    assert post_link(client)["Idempotency-Replayed"] == "true"


def test_one_that_was_overtaken_makes_nothing(client):
    submit = once.Once.make

    def slowly(this, verb):
        OnceRequest.objects.update(started_at=timezone.now() + timedelta(seconds=1))
        submit(this, verb)

    with mock.patch.object(once.Once, "make", slowly):
        assert_problem(post_link(client), 409, "idempotency_in_progress")
    assert not Job.objects.exists()


def test_a_key_is_forgotten_after_a_day(client):
    first = post_link(client).json()
    assert delete_old_requests() == 0
    OnceRequest.objects.update(started_at=timezone.now() - KEPT_FOR)
    second = post_link(client, body={"image": {"data": as_base64(photograph(1))}}).json()
    assert first["id"] != second["id"], "also before the chores come by"
    OnceRequest.objects.update(started_at=timezone.now() - KEPT_FOR)
    call_command("prune")
    assert not OnceRequest.objects.exists()


def test_of_a_request_a_hash_alone_is_kept(client):
    post_link(client)
    row = OnceRequest.objects.get()
    assert len(row.fingerprint) == 64
    assert {field.name for field in row._meta.get_fields()} == {
        "id", "owner", "key", "fingerprint", "made", "started_at",
    }  # fmt: skip


def test_large_files_are_not_read_at_once(client, settings):
    settings.FILE_UPLOAD_MAX_MEMORY_SIZE = 1000
    image = as_file(photograph(1))
    assert client.post(CAPTIONS, {"image": image}, **keyed("a")).status_code == 202
    image.seek(0)
    assert client.post(CAPTIONS, {"image": image}, **keyed("a"))["Idempotency-Replayed"] == "true"


@pytest.mark.django_db(transaction=True)
def test_at_the_same_time_one_alone_makes_it(secret):
    start, statuses = threading.Barrier(6), []

    def send() -> None:
        try:
            start.wait()
            statuses.append(post_link(client_with(secret)).status_code)
        finally:
            connection.close()

    threads = [threading.Thread(target=send) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert Job.objects.count() == 1
    assert set(statuses) <= {202, 409}
    assert 202 in statuses


def test_a_plain_post_has_no_key(client):
    assert post_json(client, LINK).status_code == 202
