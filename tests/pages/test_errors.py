"""Pages for what went wrong: each with its status and something to do next."""

import pytest
from django.core.exceptions import PermissionDenied, RequestDataTooBig, SuspiciousOperation, TooManyFilesSent
from django.http import HttpRequest
from django.test import Client, RequestFactory

from webapp.pages import errors


@pytest.fixture
def request_(db) -> HttpRequest:
    return RequestFactory().get("/somewhere")


@pytest.mark.parametrize(
    ("view", "exception", "status", "words"),
    [
        (errors.bad_request, SuspiciousOperation(), 400, "load the page again"),
        (errors.bad_request, RequestDataTooBig(), 413, "Choose fewer pictures"),
        (errors.bad_request, TooManyFilesSent(), 413, "Choose fewer pictures"),
        (errors.forbidden, PermissionDenied(), 403, "not allowed"),
        (errors.not_found, Exception(), 404, "may be mistyped"),
    ],
)
def test_each_error_has_a_page_that_says_what_to_do(request_, view, exception, status, words):
    response = view(request_, exception)

    assert response.status_code == status
    assert words in response.content.decode()
    assert 'href="/"' in response.content.decode()


def test_our_own_fault_needs_neither_database_nor_session():
    response = errors.server_error(RequestFactory().get("/"))

    assert response.status_code == 500
    assert "Try again in a minute" in response.content.decode()


@pytest.mark.django_db
def test_a_name_that_the_service_does_not_know_is_told_as_such():
    response = Client(SERVER_NAME="elsewhere.example").get("/")

    assert response.status_code == 400
    assert "ALLOWED_HOSTS" in response.content.decode()


@pytest.mark.django_db
def test_the_service_uses_these_pages():
    assert "Page not found" in Client().get("/nowhere/").content.decode()


@pytest.mark.django_db
def test_a_crash_shows_no_traceback(monkeypatch):
    def crash(*args, **kwargs):
        raise RuntimeError("secret detail")

    monkeypatch.setattr("webapp.pages.history.visible_jobs", crash)
    response = Client(raise_request_exception=False).get("/history/")

    assert response.status_code == 500
    assert "Something went wrong here" in response.content.decode()
    assert "secret detail" not in response.content.decode()
