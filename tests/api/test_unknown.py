"""Pictures that a site's servers ask for and nobody handed over are queued, each once, where the site wants it."""

import threading

import pytest
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.utils import timezone

from tests.api.calls import assert_problem, post_json
from tests.api.conftest import FAR_AWAY, client_with
from tests.delivery.decided import decided, undecided
from tests.pages.scene import account_of
from webapp.accounts.keys import make_key
from webapp.accounts.members import add_member
from webapp.accounts.models import Membership
from webapp.accounts.roles import Role
from webapp.accounts.sites import make_site
from webapp.delivery.addresses import hash_of
from webapp.delivery.models import AskedAddress
from webapp.library.delete import delete_image
from webapp.library.models import Image
from webapp.queue.models import Work

LOOKUP = "/api/v1/lookup"
A, B, C = (f"https://shop.example/media/{name}.jpg" for name in "abc")


@pytest.fixture
def alice(db):
    return account_of("alice")


@pytest.fixture
def site(alice):
    site = make_site("Shop", alice.user)
    site.queue_unknown = True
    site.url_prefixes = ["https://shop.example/media/", "https://cdn.example/"]
    site.origins = ["https://shop.example"]
    site.save()
    return site


@pytest.fixture
def client(alice, site):
    return client_with(make_key("server", alice, site=site)[1])


def ask(client, *urls):
    answer = post_json(client, {"urls": urls}, LOOKUP)
    assert answer.status_code == 200
    return answer.json()["texts"]


def queued():
    return sorted(Image.objects.values_list("source_url", flat=True))


def test_what_nobody_handed_over_is_queued_to_be_fetched(client, site):
    assert ask(client, A, B) == {}
    assert queued() == [A, B]
    image = Image.objects.first()
    assert (image.site, image.owner, image.state) == (site, site.api_keys.get().owner, "waiting")
    assert {*Work.objects.values_list("queue", "status")} == {("fetch", "queued")}


def test_each_address_once_however_it_is_spelt(client, settings):
    settings.IMAGE_SIZE_PARAMETERS = ["w"]
    ask(client, A)
    ask(client, A, A.replace("https", "HTTPS"), A.replace("/media/", "/x/../media/"), f"{A}?w=640", B)
    assert queued() == [A, B]
    Image.objects.filter(source_url=A).update(state=Image.State.FAILED)
    ask(client, A, B)
    assert queued() == [A, B]


def test_what_was_deleted_does_not_come_back_by_itself(client, settings):
    ask(client, A)
    delete_image(Image.objects.get())
    ask(client, A)
    assert queued() == []
    call_command("prune")
    assert AskedAddress.objects.count() == 1
    AskedAddress.objects.update(asked_at=timezone.now() - settings.RETENTION)
    call_command("prune")
    ask(client, A)
    assert queued() == [A]


def test_what_is_there_already_is_not_queued(client, alice, site):
    decided(A, "A red wheel.", owner=alice, site=site)
    undecided(B, owner=alice, site=site)
    undecided(C)  # of somebody else, on another site
    assert ask(client, A, B, C)[A]["alt_text"] == "A red wheel."
    assert queued() == [A, B, C, C]


@pytest.mark.parametrize(
    "address",
    [
        "https://shop.example/other/a.jpg",
        "https://shop.example/media/../secret.jpg",
        "https://shop.example.evil.example/media/a.jpg",
        "http://shop.example/media/a.jpg",
        "https://evil.example/?https://shop.example/media/a.jpg",
        "https://shop.example:8443/media/a.jpg",
        "data:image/png;base64,AAAA",
        "media/a.jpg",
        "",
    ],
)
def test_only_what_is_where_the_sites_images_are(client, address):
    ask(client, address)
    assert queued() == []


def test_a_site_that_does_not_say_where_its_images_are_has_none_queued(client, site):
    site.url_prefixes = []
    site.save()
    ask(client, A)
    assert queued() == []


def test_not_unless_the_site_wants_it(client, site):
    site.queue_unknown = False
    site.save()
    ask(client, A)
    assert queued() == []
    assert not AskedAddress.objects.exists()


def test_lookups_by_hash_and_publishable_keys_queue_nothing(client, site):
    page = Client(REMOTE_ADDR=FAR_AWAY, headers={"Origin": "https://shop.example", "Sec-Fetch-Site": "cross-site"})
    asked = {"site": site.publishable_key, "hashes": hash_of(A)}
    assert page.get(LOOKUP, asked).status_code == 200
    assert client.get(LOOKUP, {"hashes": hash_of(A)}).status_code == 200
    posted = page.post(f"{LOOKUP}?site={site.publishable_key}", {"urls": [A]}, content_type="application/json")
    assert_problem(posted, 403, "origin_not_allowed")
    server = Client(REMOTE_ADDR=FAR_AWAY)
    posted = server.post(f"{LOOKUP}?site={site.publishable_key}", {"urls": [A]}, content_type="application/json")
    assert_problem(posted, 401, "key_required")
    assert queued() == []


def test_callers_without_this_site_queue_nothing(site, stranger, local):
    for who in (stranger, local):
        ask(who, A)
    bob = account_of("bob")
    ask(client_with(make_key("other", bob, site=make_site("Other", bob.user))[1]), A)
    assert queued() == []


def test_a_viewers_key_queues_nothing(site):
    charlie = account_of("charlie")
    add_member(site, "charlie", Role.VIEWER)
    viewer = client_with(make_key("viewer", charlie, site=site)[1])
    assert ask(viewer, A) == {}
    assert queued() == []
    Membership.objects.filter(user=charlie.user).update(role=Role.REVIEWER)
    ask(viewer, A)
    assert queued() == [A]


def test_one_site_never_fills_the_queue(client, settings):
    settings.MAX_QUEUED_IMAGES = 30
    ask(client, *(f"https://shop.example/media/{number}.jpg" for number in range(5)))
    assert len(queued()) == 3
    ask(client, "https://shop.example/media/more.jpg")
    assert len(queued()) == 3


def test_no_more_than_the_quota_leaves(client, settings):
    settings.QUOTA_DAY = 2
    ask(client, A, B, C)
    assert len(queued()) == 2
    ask(client, A, B, C)
    assert len(queued()) == 2
    settings.QUOTA_DAY = 3
    ask(client, A, B, C)
    assert queued() == [A, B, C]


def test_a_full_queue_refuses_no_lookup_and_the_rest_comes_later(client, settings):
    settings.MAX_QUEUED_IMAGES = 0
    assert ask(client, A) == {}
    assert queued() == []
    settings.MAX_QUEUED_IMAGES = 10
    ask(client, A)
    assert queued() == [A]


def test_what_was_asked_before_costs_one_query_more(client, site, django_assert_max_num_queries):
    ask(client, A, B)
    site.queue_unknown = False
    site.save()
    ask(client, A, B)
    with django_assert_max_num_queries(20) as without:
        ask(client, A, B)
    site.queue_unknown = True
    site.save()
    with django_assert_max_num_queries(len(without) + 2):  # the role, the addresses
        ask(client, A, B)


@pytest.mark.django_db(transaction=True)
def test_lookups_at_the_same_time_queue_once(alice, site):
    secret = make_key("server", alice, site=site)[1]
    start = threading.Barrier(6)

    def send() -> None:
        try:
            start.wait()
            ask(client_with(secret), A, B, C)
        finally:
            connection.close()

    threads = [threading.Thread(target=send) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert queued() == [A, B, C]
