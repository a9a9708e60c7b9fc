"""``POST /feedback``: by a server with a key, and by a site's page with its publishable key."""

import pytest
from django.test import Client

from tests.api.calls import assert_problem, post_json
from tests.api.conftest import client_with
from tests.pages.scene import account_of
from webapp.accounts.keys import make_key
from webapp.accounts.members import add_member
from webapp.accounts.roles import Role
from webapp.accounts.sites import make_site
from webapp.feedback.models import Report
from webapp.feedback.public import public_address
from webapp.feedback.report import FROM_ONE

FEEDBACK = "/api/v1/feedback"
ORIGIN = "https://shop.example"


@pytest.fixture
def client(alice, site):
    return client_with(make_key("server", alice, site=site, scopes=["review"])[1])


@pytest.fixture
def browser(site):
    site.origins = [ORIGIN]
    site.save()
    return Client(REMOTE_ADDR="203.0.113.7", headers={"Origin": ORIGIN, "Sec-Fetch-Site": "cross-site"})


def of_page(browser, site, image, **fields):
    said = {"page": public_address(image).split("/")[2], "kind": "picture", "words": "A cat.", **fields}
    return post_json(browser, said, f"{FEEDBACK}?site={site.publishable_key}")


def test_a_server_reports_by_the_image(client, image):
    answer = post_json(client, {"image_id": str(image.pk), "kind": "missing", "words": "The cat."}, FEEDBACK)
    assert (answer.status_code, answer.content) == (204, b"")
    assert (Report.objects.get().kind, Report.objects.get().words) == ("missing", "The cat.")


def test_a_server_sends_what_many_readers_say(client, image):
    for count in range(FROM_ONE.most + 1):
        said = {"image_id": str(image.pk), "kind": "other", "words": str(count)}
        assert post_json(client, said, FEEDBACK).status_code == 204


def test_a_page_of_the_site_reports_by_the_public_page(browser, site, image):
    answer = of_page(browser, site, image)
    assert (answer.status_code, answer["Access-Control-Allow-Origin"], answer["Vary"]) == (204, ORIGIN, "Origin")
    assert Report.objects.get().words == "A cat."


def test_the_browser_may_ask_before(browser, site):
    answer = browser.options(f"{FEEDBACK}?site={site.publishable_key}")
    assert answer.status_code == 204
    assert answer["Access-Control-Allow-Origin"] == ORIGIN
    assert (answer["Access-Control-Allow-Methods"], answer["Access-Control-Allow-Headers"]) == ("POST", "Content-Type")
    other = browser.options(f"{FEEDBACK}?site={site.publishable_key}", headers={"Origin": "https://evil.example"})
    assert_problem(other, 401, "invalid_key")
    assert "Access-Control-Allow-Origin" not in other
    assert_problem(browser.options(FEEDBACK), 403, "origin_not_allowed")


def test_one_readers_reports_are_bounded(browser, site, image):
    for count in range(FROM_ONE.most):
        assert of_page(browser, site, image, words=str(count)).status_code == 204
    refused = of_page(browser, site, image)
    assert_problem(refused, 429, "too_many_reports")
    assert int(refused["Retry-After"]) > 3500
    assert refused["Access-Control-Allow-Origin"] == ORIGIN, "the page can say what is wrong"


def test_a_page_reports_pictures_of_its_site_only(browser, site, image):
    another = make_site("Another", account_of("bob").user)
    another.origins = [ORIGIN]
    another.save()
    assert_problem(of_page(browser, another, image), 404, "not_found")
    assert_problem(of_page(browser, site, image, page="unknown"), 404, "not_found")
    token = public_address(image).split("/")[2]
    site.public_pages = False
    site.save()
    assert_problem(of_page(browser, site, image, page=token), 404, "not_found")
    assert not Report.objects.exists()


def test_who_may_not_decide_reports_nothing(image, site):
    stranger = client_with(make_key("theirs")[1])
    said = {"image_id": str(image.pk), "kind": "missing"}
    charlie = account_of("charlie")
    add_member(site, "charlie", Role.VIEWER)
    viewer = client_with(make_key("viewer", charlie, site=site)[1])
    assert_problem(post_json(viewer, said, FEEDBACK), 403, "role_missing")
    assert_problem(post_json(stranger, said, FEEDBACK), 404, "not_found")
    assert not Report.objects.exists()


@pytest.mark.parametrize(
    ("change", "field"),
    [({"image_id": None}, "image_id"), ({"page": "x"}, "image_id"), ({"page": "a\x00b"}, "page"),
     ({"kind": "spam"}, "kind"), ({"words": "x" * 1001}, "words"), ({"mail": "a@example.org"}, "mail")],
)  # fmt: skip
def test_another_form_is_refused(client, image, change, field):
    said = {"image_id": str(image.pk), "kind": "missing"} | change
    problem = assert_problem(post_json(client, said, FEEDBACK), 400, "invalid_request")
    assert problem["errors"][0]["field"] == field


def test_a_page_names_no_image_by_its_id(browser, site, image):
    problem = assert_problem(of_page(browser, site, image, image_id=str(image.pk)), 400, "invalid_request")
    assert problem["errors"][0]["field"] == "page"


def test_an_image_tells_its_public_page(image, site, alice):
    client = client_with(make_key("reader", alice, site=site, scopes=["read"])[1])
    path = f"/api/v1/images/{image.pk}"
    assert client.get(path).json()["public_page"] == public_address(image)
    site.public_pages = False
    site.save()
    assert client.get(path).json()["public_page"] is None
