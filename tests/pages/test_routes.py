"""What holds for every route: it is known to the tests, a stranger sees nothing, and answers carry their headers."""

import pytest
from django.test import Client
from django.urls import reverse

from tests.pages.conftest import client_of
from tests.pages.scene import (
    OF_ACCOUNTS,
    OF_MEMBERS,
    OWN,
    PAGES,
    ROUTES,
    account_of,
    address,
    routes_of_the_service,
    who,
)
from webapp.accounts.models import Membership, Site
from webapp.accounts.owners import user_owner
from webapp.accounts.sites import make_site
from webapp.library.models import Decision, Image, Job
from webapp.webhooks.models import Delivery, Webhook


def of_sites(scene):
    """What a stranger to a site could change."""
    webhooks = list(Webhook.objects.values()), list(Delivery.objects.order_by("pk").values())
    return Site.objects.count(), Membership.objects.count(), scene.site.publishable_key, webhooks


def test_every_route_of_the_service_has_its_cases():
    assert routes_of_the_service() == set(ROUTES)


@pytest.mark.parametrize("method", ["get", "head", "post"])
@pytest.mark.parametrize("name", OWN)
@pytest.mark.parametrize("who", ["another browser", "no session"])
def test_to_a_stranger_it_does_not_exist(name, method, who, scene, stranger):
    client = stranger if who == "another browser" else Client()
    before = (Job.objects.count(), Image.objects.count(), Decision.objects.count())

    response = getattr(client, method)(
        address(name, scene), {f"text-{scene.drafted.pk}": "Mine now.", "confirm": "yes"}
    )

    assert response.status_code in ({404, 405} if method == "post" else {404})
    assert (Job.objects.count(), Image.objects.count(), Decision.objects.count()) == before
    scene.failed.refresh_from_db()
    scene.key.refresh_from_db()
    assert scene.failed.state == Image.State.FAILED
    assert scene.key.revoked_at is None


@pytest.mark.parametrize("method", ["get", "post"])
@pytest.mark.parametrize("name", OF_MEMBERS)
def test_to_another_account_a_site_does_not_exist(name, method, scene):
    bob = account_of("bob")
    make_site("Bob's own", bob.user)
    everything = of_sites(scene)

    response = getattr(client_of(bob), method)(address(name, scene), {"confirm": "yes", "name": "Mine"})

    assert response.status_code in ({404, 405} if method == "post" else {404})
    scene.site.refresh_from_db()
    assert of_sites(scene) == everything
    assert scene.site.name == "Bicycle shop"


@pytest.mark.parametrize("method", ["get", "post"])
@pytest.mark.parametrize("name", OF_MEMBERS)
def test_who_only_sees_a_site_changes_nothing_of_it(name, method, scene):
    everything = of_sites(scene)
    allowed = {
        "pages:site": {200, 405},
        "pages:site-leave": {200},
        "pages:site-texts": {200 if method == "get" else 403},
        "pages:site-texts-file": {200, 405},
        "pages:delivery": {403, 405},
    }

    response = getattr(client_of(user_owner(scene.member.user)), method)(address(name, scene), {"name": "Mine"})

    assert response.status_code in allowed.get(name, {403})
    scene.site.refresh_from_db()
    assert of_sites(scene) == everything
    assert scene.site.name == "Bicycle shop"


@pytest.mark.parametrize("name", OWN)
def test_a_strangers_page_looks_like_one_that_never_was(name, scene, stranger):
    response = stranger.get(address(name, scene))

    assert response.content == stranger.get("/jobs/00000000-0000-4000-8000-000000000000/").content


@pytest.mark.parametrize("name", OF_ACCOUNTS)
@pytest.mark.parametrize("method", ["get", "post"])
def test_who_is_not_logged_in_is_led_to_the_log_in(name, method, scene, visitor):
    response = getattr(visitor, method)(address(name, scene))

    assert response.status_code == 302
    assert response.headers["Location"] == f"/account/log-in/?next={address(name, scene)}"


@pytest.mark.parametrize("name", [name for name, route in ROUTES.items() if route.own and not route.page])
def test_reading_routes_take_no_post(name, scene, visitor):
    caller = client_of(scene.account) if ROUTES[name].account else visitor
    assert caller.post(address(name, scene)).status_code == 405


@pytest.mark.parametrize("name", PAGES)
def test_its_owner_gets_a_page(name, scene):
    response = client_of(who(name, scene)).get(address(name, scene), follow=True)

    assert response.status_code == 200
    assert response.headers["Content-Type"].startswith("text/html")
    assert "default-src 'none'" in response.headers["Content-Security-Policy"]
    assert "unsafe" not in response.headers["Content-Security-Policy"]
    assert response.headers["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize("name", [*OWN, *OF_ACCOUNTS])
def test_nothing_private_stays_in_shared_caches(name, scene):
    assert "private" in client_of(who(name, scene)).get(address(name, scene)).headers["Cache-Control"]


def test_no_form_works_without_its_token(scene, visitor):
    strict = Client(enforce_csrf_checks=True)
    strict.cookies = visitor.cookies
    for name in ("image-use", "image-retry", "image-delete", "job-delete"):
        pk = scene.job.pk if name == "job-delete" else scene.drafted.pk
        response = strict.post(reverse(f"pages:{name}", args=[pk]), {f"text-{pk}": "Not mine.", "confirm": "yes"})
        assert response.status_code == 403
        assert "carry a token" in response.content.decode()
    assert Image.objects.filter(pk=scene.drafted.pk, alt_text=None).exists()
