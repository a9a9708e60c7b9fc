"""Each problem code has a request that gives it; a code without one fails."""

import errno
import tempfile
from datetime import timedelta
from pathlib import Path
from unittest import mock

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, InterfaceError, OperationalError
from django.test import Client, override_settings

from tests.api.calls import CAPTIONS, IMAGES, as_base64, as_file, assert_problem, first_image, image_path, post_json
from tests.api.conftest import client_with
from tests.api.test_bad_files import REFUSED
from tests.captioner.bad_files import BAD_FILES
from tests.library.drafts import draft_all
from tests.library.test_submit import room_for
from tests.pages.audited import look_at
from tests.pages.scene import account_of
from tests.queue.pictures import photograph
from webapp.accounts.keys import make_key
from webapp.accounts.members import add_member
from webapp.accounts.roles import Role
from webapp.accounts.sites import make_site
from webapp.accounts.throttle import Limit
from webapp.api.models import OnceRequest
from webapp.api.problems import PROBLEMS
from webapp.audit.models import Audit, Use
from webapp.library.uploads import max_request_bytes
from webapp.webhooks.change import MOST_WEBHOOKS

GIVERS = {}
PAGES = "/api/v1/pages"


def gives(code):
    """Registers a call that must be answered with the problem."""

    def register(call):
        GIVERS[code] = call
        return call

    return register


def posted(client, **headers):
    return client.post(CAPTIONS, {"image": as_file(photograph(1))}, **headers)


def patched(client, text):
    image = first_image(client)
    draft_all()
    return client.patch(image_path(image), {"alt_text": text}, content_type="application/json")


@gives("invalid_request")
def _(client):
    return post_json(client, {"picture": "cat"})


@gives("malformed_json")
def _(client):
    return post_json(client, '{"image": ')


@gives("malformed_multipart")
def _(client):
    return client.post(CAPTIONS, b"no boundary", content_type="multipart/form-data")


@gives("url_invalid")
def _(client):
    return post_json(client, {"image_url": "ftp://example.org/"})


@gives("no_page")
def _(client):
    return post_json(client, {}, PAGES)


@gives("page_too_large")
def _(client):
    with override_settings(MAX_PAGE_BYTES=1):
        return post_json(client, {"html": "<p>"}, PAGES)


@gives("cannot_look_again")
def _(client):
    audit = post_json(client, {"html": "<p>"}, PAGES).json()
    return client.post(f"{PAGES}/{audit['id']}/look-again")


@gives("archive_unusable")
def _(client):
    return client.post(PAGES, {"archive": SimpleUploadedFile("site.zip", b"no zip")})


@gives("nothing_to_describe")
def _(client):
    audit = post_json(client, {"html": "<p>"}, PAGES).json()
    return client.post(f"{PAGES}/{audit['id']}/describe")


@gives("invalid_base64")
def _(client):
    return post_json(client, {"image": {"data": "ä"}})


@gives("host_not_allowed")
def _(client):
    return client.get(IMAGES, headers={"Host": "evil.example"})


@gives("key_required")
def _(client):
    return Client(REMOTE_ADDR="203.0.113.7").get(IMAGES)


@gives("invalid_key")
def _(client):
    return Client(headers={"X-API-Key": "cap_1"}).get(IMAGES)


@gives("origin_not_allowed")
def _(client):
    return client.get(IMAGES, headers={"Origin": "https://evil.example"})


@gives("scope_missing")
def _(client):
    return client_with(make_key("reader", scopes=["read"])[1]).post(CAPTIONS)


@gives("role_missing")
def _(client):
    site = make_site("Shop", account_of("alice").user)
    owner = account_of("charlie")
    add_member(site, "charlie", Role.VIEWER)
    return posted(client_with(make_key("viewer", owner, site=site)[1]))


@gives("too_many_webhooks")
def _(client):
    owner = account_of("alice")
    site = make_site("Shop", owner.user)
    asked = {"url": "https://example.org/hooks", "events": ["job.failed"]}
    client = client_with(make_key("ours", owner, site=site)[1])
    return [post_json(client, asked, f"/api/v1/sites/{site.pk}/webhooks") for _ in range(MOST_WEBHOOKS + 1)][-1]


@gives("not_found")
def _(client):
    return client.get("/api/v1/jobs/not-an-id")


@gives("method_not_allowed")
def _(client):
    return client.put(CAPTIONS)


@gives("image_not_ready")
def _(client):
    return client.patch(image_path(first_image(client)), {"alt_text": "A cat."}, content_type="application/json")


@gives("not_retryable")
def _(client):
    return client.post(image_path(first_image(client)) + "/retry")


@gives("length_required")
def _(client):
    return posted(client, CONTENT_LENGTH="", headers={"Transfer-Encoding": "chunked"})


@gives("request_too_large")
def _(client):
    return posted(client, CONTENT_LENGTH=str(max_request_bytes() + 1))


@gives("too_many_files")
def _(client):
    return client.post(CAPTIONS, {"image": [SimpleUploadedFile("a.jpg", b"x") for _ in range(51)]})


@gives("content_type_not_supported")
def _(client):
    return client.post(CAPTIONS, photograph(1), content_type="image/jpeg")


@gives("no_image")
def _(client):
    return client.post(CAPTIONS, {"context": "a shop"})


@gives("no_usable_image")
def _(client):
    return client.post(CAPTIONS, {"image": [as_file(b"1"), as_file(b"2")]})


@gives("text_empty")
def _(client):
    return patched(client, " ")


def decided(client, *bodies):
    image = first_image(client)
    draft_all()
    return [post_json(client, body, f"{image_path(image)}/decision") for body in bodies][-1]


@gives("stale_version")
def _(client):
    return decided(client, {"action": "approve"}, {"action": "reject", "version": 0})


@gives("no_candidate")
def _(client):
    return decided(client, {"action": "approve", "candidate": 9})


@gives("not_alike")
def _(client):
    return decided(client, {"action": "reuse", "similar": "00000000-0000-4000-8000-000000000000"})


@gives("not_undoable")
def _(client):
    return decided(client, {"action": "undo"})


def reported(client, image):
    return post_json(client, {"image_id": image["id"], "kind": "wording"}, "/api/v1/feedback")


@gives("no_text")
def _(client):
    return reported(client, first_image(client))


@gives("too_many_reports")
def _(client):
    image = first_image(client)
    draft_all()
    post_json(client, {"action": "approve"}, f"{image_path(image)}/decision")
    with mock.patch("webapp.feedback.report.OF_ONE", Limit("none", 0, timedelta(days=1))):
        return reported(client, image)


def on_use(client, html, **body):
    audit = post_json(client, {"html": html, "base_url": "https://example.org/"}, PAGES).json()
    look_at(Audit.objects.get(pk=audit["id"]))
    return post_json(client, body, f"{PAGES}/{audit['id']}/images/{Use.objects.get().pk}/decision")


@gives("use_without_place")
def _(client):
    return on_use(client, '<img src="data:,">', action="decorative")


@gives("sole_content")
def _(client):
    return on_use(client, '<a href="/basket"><img src="a.jpg"></a>', action="decorative")


@gives("decoration_with_text")
def _(client):
    return on_use(client, '<img src="a.jpg">', action="decorative", alt_text="Tulips.")


@gives("text_too_long")
def _(client):
    return patched(client, "x" * 2001)


@gives("storage_full")
def _(client):
    with tempfile.NamedTemporaryFile() as file, override_settings(SPOOL_DIR=Path(file.name)):  # no folder can be there
        return posted(client)


@gives("busy")
def _(client):
    with mock.patch("webapp.library.submit.Job.objects.create", side_effect=OperationalError("database is locked")):
        return posted(client)


@gives("queue_full")
def _(client):
    with override_settings(MAX_QUEUED_IMAGES=0):
        return posted(client)


@gives("rate_limited")
def _(client):
    with tempfile.TemporaryDirectory() as folder, override_settings(API_RATE=1, RATES_FILE=Path(folder, "rates")):
        return [client.get(IMAGES) for _ in range(2)][-1]


@gives("quota_exceeded")
def _(client):
    with override_settings(QUOTA_DAY=1):
        return [posted(client) for _ in range(2)][-1]


def sent_twice(client, *bodies):
    headers = {"Idempotency-Key": "a"}
    return [client.post(CAPTIONS, body, content_type="application/json", headers=headers) for body in bodies][-1]


@gives("idempotency_key_reused")
def _(client):
    address = "https://example.org/"
    return sent_twice(client, {"image_url": address}, {"image_url": f"{address}other"})


@gives("idempotency_in_progress")
def _(client):
    body = {"image_url": "https://example.org/"}
    sent_twice(client, body)
    OnceRequest.objects.update(made=None)
    return sent_twice(client, body)


@gives("internal_error")
def _(client):
    client.raise_request_exception = False
    with mock.patch("webapp.api.captions.submit", side_effect=RuntimeError("a bug")):
        return posted(client)


READS_AND_VERBS = {
    "list": lambda client, image: client.get(IMAGES),
    "ask": lambda client, image: client.get(image_path(image)),
    "decide": lambda client, image: client.patch(
        image_path(image), {"alt_text": "A cat."}, content_type="application/json"
    ),
    "retry": lambda client, image: client.post(image_path(image) + "/retry"),
    "delete": lambda client, image: client.delete(image_path(image)),
    "job": lambda client, image: client.get(f"/api/v1/jobs/{image['job_id']}"),
    "delete job": lambda client, image: client.delete(f"/api/v1/jobs/{image['job_id']}"),
}


@pytest.mark.parametrize("act", READS_AND_VERBS.values(), ids=READS_AND_VERBS)
@pytest.mark.parametrize(
    ("error", "code"),
    [
        (OperationalError("database is locked"), "busy"),
        (InterfaceError("connection already closed"), "busy"),
        (OSError(errno.ENOSPC, "No space left on device"), "storage_full"),
    ],
    ids=["locked", "closed", "full"],
)
def test_whatever_is_asked_trouble_that_passes_is_told_as_such(client, error, code, act):
    image = first_image(client)
    with mock.patch("webapp.api.auth.find_key", side_effect=error):
        assert_problem(act(client, image), 503, code)
    with (
        mock.patch("webapp.library.access.Image.objects.filter", side_effect=error),
        mock.patch("webapp.library.access.Job.objects.filter", side_effect=error),
    ):
        response = act(client, image)
    assert_problem(response, 503, code)
    assert response["Retry-After"] == "60"


def test_a_mistake_of_ours_in_the_database_is_no_passing_trouble(client):
    client.raise_request_exception = False
    with mock.patch("webapp.api.auth.find_key", side_effect=IntegrityError("UNIQUE constraint failed")):
        assert_problem(client.get(IMAGES), 500, "internal_error")


def test_a_full_folder_of_temporary_files_is_told_as_such(client, settings):
    settings.FILE_UPLOAD_MAX_MEMORY_SIZE = 1000
    with room_for(100_000):
        response = client.post(CAPTIONS, {"image": [as_file(b"x" * 300_000), as_file(photograph(1))]})
    assert_problem(response, 503, "storage_full")
    assert client.get(IMAGES).json()["total"] == 0


def of_files() -> dict[str, str]:
    """Codes of bad files, each with a file that is refused for it."""
    return {BAD_FILES[name][1]: name for name in REFUSED}


@pytest.mark.parametrize("code", PROBLEMS)
def test_the_problem_is_given(client, code):
    files = of_files()
    if code in files:
        response = client.post(CAPTIONS, {"image": as_file(BAD_FILES[files[code]][0])})
    else:
        response = GIVERS[code](client)
    assert_problem(response, PROBLEMS[code][0], code)


def test_too_many_files_are_refused_whoever_counts_them(client):
    for count in (51, 101):  # ours, and Django's own limit
        files = [SimpleUploadedFile("a.jpg", b"x") for _ in range(count)]
        assert_problem(client.post(CAPTIONS, {"image": files}), 413, "too_many_files")
    images = [{"data": as_base64(b"x")}] * 51
    assert_problem(post_json(client, {"images": images}), 413, "too_many_files")


def test_a_json_body_that_is_too_large_is_refused(client, settings):
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 1000
    body = {"image": {"data": as_base64(b"x" * 2000)}}
    assert_problem(post_json(client, body), 413, "request_too_large")
    image = first_image(client)
    answer = client.patch(image_path(image), {"alt_text": "x" * 2000}, content_type="application/json")
    assert_problem(answer, 413, "request_too_large")


def test_the_methods_that_are_allowed_are_named(client):
    assert set(client.put(IMAGES)["Allow"].split(", ")) == {"GET"}


@pytest.mark.parametrize(
    "path", ["/api/v1/", "/api/v1/nothing", "/api/v1/captions/", "/api/v1/images/1", "/api/v1/jobs"]
)
def test_what_is_not_there(client, path):
    assert_problem(client.get(path), 404, "not_found")


def test_a_bug_tells_nothing_of_itself(client):
    assert "a bug" not in GIVERS["internal_error"](client).content.decode()


def test_the_request_id_is_in_the_log(client, caplog):
    with caplog.at_level("INFO", logger="webapp.api.problems"):
        body = client.get("/api/v1/jobs/1").json()
    assert body["request_id"] in caplog.text
