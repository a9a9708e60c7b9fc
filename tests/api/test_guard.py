"""What holds before any view of the API: no cookies, our host, no foreign page."""

import pytest
from django.test import Client

from tests.api.calls import CAPTIONS, IMAGES, as_file, assert_problem
from tests.queue.pictures import hand_over, photograph
from webapp.accounts.models import Owner
from webapp.library.models import Job

pytestmark = pytest.mark.django_db


@pytest.fixture
def browser(db):
    """A browser with a session of the pages, and an owner with a job."""
    browser = Client(REMOTE_ADDR="203.0.113.7", enforce_csrf_checks=True)
    session = browser.session
    owner = Owner.objects.create(kind=Owner.Kind.SESSION)
    session["owner"] = str(owner.pk)
    session.save()
    hand_over(1, owner=owner)
    return browser


def test_a_session_opens_nothing(browser):
    job = Job.objects.get()
    assert browser.get(f"/jobs/{job.pk}/").status_code == 200
    for path in (IMAGES, f"/api/v1/jobs/{job.pk}"):
        assert_problem(browser.get(path), 401, "key_required")
    assert_problem(browser.post(CAPTIONS, {"image": as_file(photograph(2))}), 401, "key_required")


def test_a_session_is_not_whom_a_key_acts_for(browser, secret):
    response = browser.get(IMAGES, headers={"Authorization": f"Bearer {secret}"})
    assert response.json()["total"] == 0


def test_a_session_on_this_machine_acts_for_the_machine(browser):
    response = browser.get(IMAGES, SERVER_NAME="localhost", REMOTE_ADDR="127.0.0.1")
    assert response.json()["total"] == 0


def test_the_api_sets_no_cookie(client, local):
    for who in (client, local):
        assert not who.post(CAPTIONS, {"image": as_file(photograph(1))}).cookies


@pytest.mark.parametrize(
    "host", ["evil.example", "localhost.evil.example", "127.0.0.1.nip.example", "10.0.0.1:8000", "a b"]
)
def test_a_foreign_host_is_refused(local, client, host, settings):
    settings.ALLOWED_HOSTS = ["localhost", "127.0.0.1", "[::1]"]
    for who in (local, client):
        assert_problem(who.get(IMAGES, headers={"Host": host}), 400, "host_not_allowed")


@pytest.mark.parametrize(
    "origin",
    [
        "https://evil.example",
        "null",
        "http://localhost.evil.example",
        "http://localhost:3000",
        "file://",
        "",
        "http://[",
    ],
)
def test_a_page_of_another_origin_is_refused(local, client, secret, origin):
    for who in (local, client):
        assert_problem(who.get(IMAGES, headers={"Origin": origin}), 403, "origin_not_allowed")
        response = who.post(CAPTIONS, {"image": as_file(photograph(1))}, headers={"Origin": origin})
        assert_problem(response, 403, "origin_not_allowed")
        assert "Access-Control-Allow-Origin" not in response
    assert not Job.objects.exists()


@pytest.mark.parametrize("site", ["cross-site", "same-site"])
def test_what_a_browser_sends_for_another_site_is_refused(local, site):
    assert_problem(local.get(IMAGES, headers={"Sec-Fetch-Site": site}), 403, "origin_not_allowed")


@pytest.mark.parametrize(
    "headers",
    [{}, {"Origin": "http://localhost"}, {"Sec-Fetch-Site": "same-origin"}, {"Sec-Fetch-Site": "none"}],
)
def test_programs_and_our_own_pages_are_let_in(local, headers):
    assert local.get(IMAGES, headers=headers).status_code == 200


def test_a_preflight_gets_no_permission(local):
    response = local.options(CAPTIONS, headers={"Origin": "https://evil.example"})
    assert_problem(response, 403, "origin_not_allowed")
    assert not [name for name in response.headers if name.startswith("Access-Control")]


def test_answers_are_not_stored_and_not_guessed_at(client):
    for path in (IMAGES, "/api/v1/nothing"):
        response = client.get(path)
        assert response["Cache-Control"] == "no-store"
        assert response["X-Content-Type-Options"] == "nosniff"


def test_pages_are_left_alone(browser):
    assert browser.get("/history/", headers={"Origin": "https://evil.example"}).status_code == 200
