"""To everybody but its owner and the members of its site an object of the API does not exist, and what members may do
depends on their roles. The cases are generated from the API's routes.

Alice owns a site, Charlie is a viewer there, Dora a reviewer, and Bob is a member of another one. Each has a key.
"""

import uuid

import pytest

from tests.api.calls import assert_problem, first_image, hand_over, post_json
from tests.api.conftest import client_with
from tests.library.drafts import draft_all
from tests.pages.audited import look_at
from tests.pages.scene import account_of
from webapp.accounts.keys import make_key
from webapp.accounts.members import add_member
from webapp.accounts.models import Site
from webapp.accounts.roles import Role
from webapp.accounts.sites import make_site
from webapp.api.v1 import api
from webapp.audit.models import Audit, Use
from webapp.library.models import Image, Job
from webapp.uses.models import DecidedUse
from webapp.webhooks.change import send_test
from webapp.webhooks.models import Delivery, Webhook

# How each parameter of a path is filled with something of ours.
OBJECTS = {
    "{job_id}": lambda image: image["job_id"],
    "{image_id}": lambda image: image["id"],
    "{audit_id}": lambda image: image["audit_id"],
    "{site_id}": lambda image: image["site_id"],
    "{webhook_id}": lambda image: image["webhook_id"],
    "{delivery_id}": lambda image: image["delivery_id"],
    "{use_id}": lambda image: image["use_id"],
    "{action}": lambda image: "pause",
}
BODIES = {
    ("patch", "/api/v1/images/{image_id}"): {"alt_text": "Mine now."},
    ("post", "/api/v1/images/{image_id}/decision"): {"action": "reject"},
    ("post", "/api/v1/pages/{audit_id}/images/{use_id}/decision"): {"action": "text", "alt_text": "Mine now."},
    ("patch", "/api/v1/sites/{site_id}"): {"name": "Mine now"},
    ("patch", "/api/v1/pages/{audit_id}"): {"schedule": "daily"},
    ("post", "/api/v1/sites/{site_id}/webhooks"): {"url": "https://example.org/", "events": ["job.failed"]},
    ("patch", "/api/v1/sites/{site_id}/webhooks/{webhook_id}"): {"active": False},
}


def routes() -> list[tuple[str, str]]:
    paths = api.get_openapi_schema(path_prefix="/api/v1/")["paths"]
    return [(method, path) for path, methods in paths.items() for method in methods]


OWNERS_ONLY = {("patch", "/api/v1/sites/{site_id}")} | {route for route in routes() if "/webhooks" in route[1]}

OF_OBJECTS = [(method, path) for method, path in routes() if "{" in path]


OF_NO_SITE = [(method, path) for method, path in OF_OBJECTS if "{site_id}" not in path]


@pytest.fixture
def alice(db):
    return account_of("alice")


@pytest.fixture
def site(alice):
    return make_site("Shop", alice.user)


def key_of(owner, site, **options):
    return client_with(make_key("key", owner, site=site, **options)[1])


@pytest.fixture
def client(alice, site):
    return key_of(alice, site)


@pytest.fixture
def personal(secret):
    """A key without a site."""
    return client_with(secret)


@pytest.fixture
def bob(db):
    owner = account_of("bob")
    return key_of(owner, make_site("Another", owner.user))


def member(site, name, role):
    owner = account_of(name)
    add_member(site, name, role)
    return key_of(owner, site)


@pytest.fixture
def charlie(site):
    return member(site, "charlie", Role.VIEWER)


@pytest.fixture
def dora(site):
    return member(site, "dora", Role.REVIEWER)


def ours_of(client):
    """An image that waits, and the keys of an audit, of the site and of a webhook beside it."""
    given = {"html": "<img src='https://example.org/a.png'>", "base_url": "https://example.org/"}
    audit = post_json(client, given, "/api/v1/pages").json()
    look_at(Audit.objects.get(pk=audit["id"]))
    sites = client.get("/api/v1/sites").json()["sites"]
    of_site = hooked(sites[0]["id"]) if sites else dict.fromkeys(("site_id", "webhook_id", "delivery_id"), "")
    return first_image(client) | {"audit_id": audit["id"], "use_id": Use.objects.get().pk} | of_site


def hooked(site):
    """A webhook of the site, and a delivery that waits."""
    webhook = Webhook.objects.create(site_id=site, url="https://example.org/hooks", events=["job.failed"])
    return {"site_id": site, "webhook_id": webhook.pk, "delivery_id": send_test(webhook).pk}


def of_webhooks():
    """All that a stranger could change of them."""
    return list(Webhook.objects.values()), list(Delivery.objects.values("id", "state", "tries_left", "next_attempt_at"))


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


def assert_unknown(who, method, path, image):
    """The answer is 404, the same as for what was never there, and nothing is changed."""
    before = (Job.objects.count(), Audit.objects.count(), {*Site.objects.values_list("name", flat=True)}, of_webhooks())
    ours = call(who, method, path, image)
    names = ("id", "job_id", "audit_id", "site_id", "webhook_id", "delivery_id")
    nobodys = call(who, method, path, {name: uuid.uuid4() for name in names} | {"use_id": 0})
    theirs, none = (assert_problem(response, 404, "not_found") for response in (ours, nobodys))
    del theirs["request_id"], none["request_id"]
    assert theirs == none, "the answer does not tell whether there is such a thing"
    after = (Job.objects.count(), Audit.objects.count(), {*Site.objects.values_list("name", flat=True)}, of_webhooks())
    assert after == before
    stored = Image.objects.get(pk=image["id"])
    assert (stored.state, stored.alt_text) == ("suggested", None)
    assert not DecidedUse.objects.exists()


@pytest.mark.parametrize(("method", "path"), OF_OBJECTS)
@pytest.mark.parametrize("who", ["bob", "stranger", "local"])
def test_a_stranger_gets_404_and_changes_nothing(request, client, who, method, path):
    image = ours_of(client)
    draft_all()
    assert_unknown(request.getfixturevalue(who), method, path, image)


@pytest.mark.parametrize(("method", "path"), OF_NO_SITE)
@pytest.mark.parametrize("who", ["client", "stranger", "local"])
def test_what_a_key_without_a_site_has_is_its_own(request, personal, who, method, path):
    image = ours_of(personal)
    draft_all()
    assert_unknown(request.getfixturevalue(who), method, path, image)


@pytest.mark.parametrize(("method", "path"), OF_OBJECTS)
def test_a_viewer_reads_and_changes_nothing(client, charlie, method, path):
    image = ours_of(client)
    draft_all()
    response = call(charlie, method, path, image)
    if method == "get" and (method, path) not in OWNERS_ONLY:
        assert response.status_code == 200
    else:
        assert_problem(response, 403, "role_missing")
    stored = Image.objects.get(pk=image["id"])
    assert (stored.state, stored.alt_text) == ("suggested", None)
    assert Site.objects.filter(name="Shop").exists()
    assert Audit.objects.get().state == Audit.State.RUNNING


@pytest.mark.parametrize(("method", "path"), OF_OBJECTS)
def test_a_reviewer_does_all_but_change_the_site(client, dora, method, path):
    image = ours_of(client)
    draft_all()
    response = call(dora, method, path, image)
    if (method, path) in OWNERS_ONLY:
        assert_problem(response, 403, "role_missing")
    else:
        assert response.status_code not in (403, 404)


@pytest.mark.parametrize("body", [{"image_url": "https://example.org/a.png"}, {"url": "https://example.org/"}])
def test_who_may_hand_over_to_a_site(client, charlie, dora, bob, stranger, site, body):
    path = "/api/v1/captions" if "image_url" in body else "/api/v1/pages"
    rows = Job if "image_url" in body else Audit
    named = body | {"site": str(site.pk)}
    for who in (client, dora):
        for sent in (body, named):
            assert post_json(who, sent, path).status_code == 202
    assert rows.objects.filter(site=site).count() == rows.objects.count() == 4
    for sent in (body, named):
        assert_problem(post_json(charlie, sent, path), 403, "role_missing")
    for who in (bob, stranger):
        problem = assert_problem(post_json(who, named, path), 404, "not_found")
        assert problem["errors"][0]["field"] == "site"
    assert rows.objects.count() == 4


def test_members_see_what_each_of_them_handed_over(client, charlie, dora):
    hand_over(client, 1)
    hand_over(dora, 2)
    assert [who.get("/api/v1/images").json()["total"] for who in (client, charlie, dora)] == [2, 2, 2]
    assert len(charlie.get("/api/v1/pages").json()["audits"]) == 0


def test_a_key_of_who_is_no_member_any_more_is_no_key(charlie, site):
    assert charlie.get("/api/v1/images").status_code == 200
    site.memberships.filter(user__username="charlie").delete()
    assert_problem(charlie.get("/api/v1/images"), 401, "invalid_key")


DECIDING = (
    ("patch", "/api/v1/images/{image_id}"),
    ("post", "/api/v1/images/{image_id}/decision"),
    ("post", "/api/v1/pages/{audit_id}/images/{use_id}/decision"),
)
SCOPE_OF = dict.fromkeys((*DECIDING, ("post", "/api/v1/feedback")), "review")


@pytest.mark.parametrize(("method", "path"), routes())
def test_a_key_does_what_its_scopes_say(alice, site, client, method, path):
    image = ours_of(client)
    draft_all()
    needed = SCOPE_OF.get((method, path), "read" if method == "get" else "write")
    others = {"read", "write", "review"} - {needed}
    refused = assert_problem(call(key_of(alice, site, scopes=others), method, path, image), 403, "scope_missing")
    assert f"scope {needed}" in refused["detail"]
    allowed = call(key_of(alice, site, scopes=[needed]), method, path, image)
    assert allowed.status_code not in (401, 403, 404)


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
