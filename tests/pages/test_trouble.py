"""A database that is locked, and disks that are full: each page says what to do, and what was typed is not lost."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager

import pytest
from django.db import OperationalError, connection
from django.urls import reverse

from tests.library.test_submit import room_for
from tests.pages.pictures import upload_file
from webapp.accounts.models import ApiKey
from webapp.library.models import Decision, Image, Job

TYPED = "Two dogs & a “ball”.\nOne jumps."


@pytest.fixture
def visitor(transactional_db, visitor):
    visitor.raise_request_exception = False
    return visitor


def run(statement: str):
    with connection.cursor() as cursor:
        cursor.execute(statement)
        return cursor.fetchone()


@contextmanager
def locked() -> Iterator[None]:
    """Somebody else writes for longer than we wait."""
    if connection.vendor != "sqlite":
        pytest.skip("Only SQLite locks as a whole.")
    (timeout,) = run("PRAGMA busy_timeout")
    run("PRAGMA busy_timeout=0")
    with closing(sqlite3.connect(connection.settings_dict["NAME"], isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        try:
            yield
        finally:
            run(f"PRAGMA busy_timeout={timeout}")


@contextmanager
def full() -> Iterator[None]:
    """The database cannot grow, as on a disk that is full."""
    if connection.vendor != "sqlite":
        pytest.skip("Only SQLite can be told not to grow.")
    run("VACUUM")  # other tests leave room behind
    run("PRAGMA max_page_count=1")  # no less than it has already
    try:
        yield
    finally:
        run("PRAGMA max_page_count=1073741823")


def assert_not_now(response, words: str) -> str:
    """The page for trouble that passes."""
    page = response.content.decode()
    assert response.status_code == 503
    assert response.headers["Retry-After"] == "60"
    assert words in page
    return page


BUSY = "The database is busy, so this was not done. Try again in a minute."
FULL = "There is no room on the disk of this server"
VERBS = {
    "image-use": "drafted",
    "image-retry": "failed",
    "image-delete": "drafted",
    "job-delete": "job",
    "key-revoke": "key",
}


@pytest.mark.parametrize(("name", "of"), VERBS.items())
def test_what_cannot_be_written_now_can_be_sent_again(visitor, scene, name, of):
    address = reverse(f"pages:{name}", args=[getattr(scene, of).pk])
    before = (Job.objects.count(), Image.objects.count(), Decision.objects.count())
    with locked():
        page = assert_not_now(visitor.post(address, {f"text-{scene.drafted.pk}": "A dog.", "confirm": "yes"}), BUSY)

    assert f'action="{address}"' in page
    assert "Send again" in page
    assert '<input type="hidden" name="confirm" value="yes">' in page
    assert (Job.objects.count(), Image.objects.count(), Decision.objects.count()) == before
    assert ApiKey.objects.get(pk=scene.key.pk).revoked_at is None


def test_a_text_that_was_sent_stands_in_the_page_and_is_taken_when_it_is_sent_again(visitor, scene):
    address = reverse("pages:image-use", args=[scene.drafted.pk])
    field, choice = f"text-{scene.drafted.pk}", f"choice-{scene.drafted.pk}"
    other = f"text-{scene.failed.pk}"
    with locked():
        page = assert_not_now(visitor.post(address, {field: TYPED, choice: "own", other: "A broken cup."}), BUSY)

    assert f'name="{field}" rows="3">\nTwo dogs &amp; a “ball”.\nOne jumps.</textarea>' in page
    assert f'<input type="hidden" name="{choice}" value="own">' in page
    assert f'<input type="hidden" name="{other}" value="A broken cup.">' in page
    assert visitor.post(address, {field: TYPED}).status_code == 303
    assert Image.objects.get(pk=scene.drafted.pk).alt_text == TYPED


def test_the_name_of_a_key_is_kept_too(visitor, scene, settings):
    settings.KEYS_PAGE = "everyone"
    with locked():
        page = assert_not_now(visitor.post("/keys/", {"name": "my <shop>", "scopes": ["read"]}), BUSY)

    assert "my &lt;shop&gt;</textarea>" in page
    assert ApiKey.objects.count() == 1


@pytest.mark.parametrize("first_visit", [True, False])
def test_pictures_that_cannot_be_taken_in_leave_their_context_in_the_form(visitor, client, first_visit):
    client.raise_request_exception = False
    with locked():
        sender = client if first_visit else visitor
        page = assert_not_now(sender.post("/", {"images": [upload_file()], "context": "For the shop"}), BUSY)

    assert 'value="For the shop"' in page
    assert "There is a problem" in page


def test_a_page_that_cannot_be_read_now_offers_to_try_again(visitor, scene, monkeypatch):
    def unanswered(*args, **kwargs):
        raise OperationalError("the connection was closed")

    monkeypatch.setattr("webapp.pages.history.visible_jobs", unanswered)
    page = assert_not_now(visitor.get("/history/?page=2"), BUSY)

    assert 'href="/history/?page=2"' in page
    assert "Send again" not in page


def test_a_session_that_cannot_be_read_now_is_no_crash_either(visitor, monkeypatch):
    def unanswered(*args, **kwargs):
        raise OperationalError("the connection was closed")

    monkeypatch.setattr("django.contrib.sessions.backends.db.SessionStore.load", unanswered)
    assert_not_now(visitor.get("/history/"), BUSY)
    assert_not_now(visitor.get("/"), BUSY)


def test_a_database_that_cannot_grow_is_a_full_disk(visitor, scene):
    address = reverse("pages:image-use", args=[scene.drafted.pk])
    field, text = f"text-{scene.drafted.pk}", "x" * 2000
    with full():
        answers = [visitor.post(address, {field: f"{number} {text}"[:2000]}) for number in range(60)]

    page = assert_not_now(answers[-1], FULL)
    assert f"59 {text}"[:2000] in page


def test_pictures_that_the_database_has_no_room_for_are_refused_for_that(visitor, scene):
    with full():
        for _ in range(60):
            response = visitor.post("/", {"images": [upload_file()], "context": "x" * 1000})

    assert_not_now(response, FULL)


def test_a_full_folder_of_temporary_files_is_told_in_the_form(visitor, settings):
    settings.FILE_UPLOAD_MAX_MEMORY_SIZE = 1000
    files = [upload_file("a.png", b"x" * 300_000), upload_file("b.png")]
    with room_for(100_000):
        page = assert_not_now(visitor.post("/", {"images": files, "context": "For the shop"}), FULL)

    assert 'value="For the shop"' in page
    assert not Job.objects.exists()


def test_our_own_faults_stay_ours(visitor, scene, monkeypatch):
    monkeypatch.setattr("webapp.pages.history.visible_jobs", lambda owner: 1 / 0)

    assert visitor.get("/history/").status_code == 500
