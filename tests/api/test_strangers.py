"""To everybody but its owner an object of the API does not exist. The cases are generated from the API's routes."""

import uuid

import pytest

from tests.api.calls import assert_problem, first_image, hand_over, post_json
from tests.library.drafts import draft_all
from webapp.api.v1 import api
from webapp.library.models import Image, Job

# How each parameter of a path is filled with something of ours.
OBJECTS = {
    "{job_id}": lambda image: image["job_id"],
    "{image_id}": lambda image: image["id"],
    "{audit_id}": lambda image: image["audit_id"],
    "{action}": lambda image: "pause",
}
BODIES = {
    ("patch", "/api/v1/images/{image_id}"): {"alt_text": "Mine now."},
    ("patch", "/api/v1/pages/{audit_id}"): {"schedule": "daily"},
}


def routes() -> list[tuple[str, str]]:
    paths = api.get_openapi_schema(path_prefix="/api/v1/")["paths"]
    return [(method, path) for path, methods in paths.items() for method in methods]


OF_OBJECTS = [(method, path) for method, path in routes() if "{" in path]


def ours_of(client):
    """An image that waits, and the key of an audit beside it."""
    audit = post_json(client, {"url": "https://example.org/"}, "/api/v1/pages").json()
    return first_image(client) | {"audit_id": audit["id"]}


def call(client, method, path, image):
    """The call with its object filled in; a route with a parameter that is not known here fails the test."""
    body = BODIES.get((method, path), {})
    for parameter, value in OBJECTS.items():
        path = path.replace(parameter, str(value(image)))
    assert "{" not in path, "say in OBJECTS how to fill the new parameter"
    return getattr(client, method)(path, body if body else None, content_type="application/json")


def test_the_routes_are_known():
    assert len(OF_OBJECTS) >= 6
    assert ("post", "/api/v1/captions") in routes()


@pytest.mark.parametrize(("method", "path"), OF_OBJECTS)
@pytest.mark.parametrize("who", ["stranger", "local"])
def test_a_stranger_gets_404_and_changes_nothing(request, client, who, method, path):
    image = ours_of(client)
    draft_all()
    ours = call(request.getfixturevalue(who), method, path, image)
    nobodys = call(
        request.getfixturevalue(who), method, path, {name: uuid.uuid4() for name in ("id", "job_id", "audit_id")}
    )
    theirs, none = (assert_problem(response, 404, "not_found") for response in (ours, nobodys))
    del theirs["request_id"], none["request_id"]
    assert theirs == none, "the answer does not tell whether there is such a thing"
    stored = Image.objects.get(pk=image["id"])
    assert (stored.state, stored.alt_text) == ("suggested", None)


@pytest.mark.parametrize(("method", "path"), routes())
def test_without_a_key_nothing_is_had_from_far_away(client, keyless, method, path):
    image = ours_of(client)
    response = call(keyless, method, path, image)
    assert_problem(response, 401, "key_required")
    assert response["WWW-Authenticate"] == "Bearer"
    assert Job.objects.count() == 1


def test_a_list_holds_ones_own_only(client, stranger, local):
    hand_over(client, 1)
    hand_over(local, 1, 2)
    totals = [who.get("/api/v1/images").json()["total"] for who in (client, stranger, local)]
    assert totals == [1, 0, 2]


@pytest.mark.parametrize(("method", "path"), OF_OBJECTS)
def test_the_owner_gets_something_else(client, method, path):
    image = ours_of(client)
    draft_all()
    assert call(client, method, path, image).status_code != 404
