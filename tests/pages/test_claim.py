"""What was handed over before logging in: told, kept in the account by a button, never silently."""

import pytest
from django.test import Client

from tests.pages.audited import PAGE, start
from tests.pages.conftest import client_of
from tests.pages.pictures import describe, hand_over
from tests.pages.scene import PASSWORD, account_of
from webapp.accounts.claim import Belongings, belongings_of, claim
from webapp.accounts.keys import make_key
from webapp.accounts.models import Owner
from webapp.audit.models import Audit
from webapp.library.decide import decide
from webapp.library.delete import delete_image
from webapp.library.models import Decision, Image, Job
from webapp.uses.decide import decide_use
from webapp.uses.models import DecidedUse
from webapp.uses.place import place_at

KEEP = "Keep them in your account"


@pytest.fixture
def account(db):
    return account_of("alice")


@pytest.fixture
def before(owner, account):
    """A browser that handed things over, and in which somebody then logged in."""
    client = client_of(owner)
    first, _, _ = describe(hand_over(owner, "a.png", "b.png", "c.png"))
    decide(first, "My dog.", owner=owner)
    start(owner, PAGE)
    make_key("shop", made_by=owner)
    client.post("/account/log-in/", {"username": "alice", "password": PASSWORD})
    return client


def test_it_is_told_and_not_moved_by_itself(before, account):
    for path in ("/history/", "/account/"):
        page = before.get(path).content.decode()
        assert "Before you logged in, you handed over 3 pictures, 1 audit and 1 key in this browser." in page
        assert KEEP in page
    assert "Nothing yet." in before.get("/history/").content.decode()
    assert not belongings_of(account)


def test_the_button_moves_all_of_it(before, owner, account):
    response = before.post("/account/claim/", follow=True)

    page = response.content.decode()
    assert "3 pictures, 1 audit and 1 key kept in your account." in page
    assert "My dog." in page
    assert KEEP not in page
    assert belongings_of(account) == Belongings(3, 1, 0, 1)
    assert {Job.objects.get().owner, Audit.objects.get().owner, Decision.objects.get().decided_by} == {account}
    assert set(Image.objects.values_list("owner", flat=True)) == {account.pk}
    assert "shop" in before.get("/keys/").content.decode()
    other = client_of(account)
    assert "My dog." in other.get("/history/").content.decode(), "in another browser too"
    assert "nothing more to keep" in before.post("/account/claim/", follow=True).content.decode()


def test_until_then_it_is_the_browsers_after_logging_out(before):
    before.post("/account/log-out/")
    assert "My dog." in before.get("/history/").content.decode()


def test_what_is_handed_over_when_logged_in_is_the_accounts(account):
    client = client_of(account)
    client.post("/samples/cat/")
    assert Job.objects.get().owner == account
    assert Owner.objects.count() == 1
    assert Client().get(f"/jobs/{Job.objects.get().pk}/").status_code == 404


def test_only_the_things_of_a_browser_are_ever_moved(account):
    with pytest.raises(AssertionError):
        claim(account_of("bob"), account)


def test_decided_places_are_kept_too_where_nothing_else_is_left(owner, account):
    client = client_of(owner)
    image = describe(hand_over(owner, "a.png"))[0]
    place = place_at(image.site, owner, "https://example.org/", "https://example.org/a.png", 1, is_sole=False)
    decide_use(place, "To the cart", owner=owner)
    delete_image(image)
    client.post("/account/log-in/", {"username": "alice", "password": PASSWORD})
    assert "you handed over 1 decided place in this browser" in client.get("/history/").content.decode()

    page = client.post("/account/claim/", follow=True).content.decode()
    assert "1 decided place kept in your account." in page
    decided = DecidedUse.objects.get()
    assert (decided.owner, decided.decisions.get().decided_by) == (account, account)


@pytest.mark.parametrize(
    ("counts", "words"),
    [
        ((1, 0, 0, 0), "1 picture"),
        ((0, 2, 0, 1), "2 audits and 1 key"),
        ((0, 0, 2, 0), "2 decided places"),
        ((1_200, 1, 1, 1), "1,200 pictures, 1 audit, 1 decided place and 1 key"),
    ],
)
def test_belongings_in_words(counts, words):
    assert str(Belongings(*counts)) == words


def test_words_that_come_after_the_session_has_ended_are_given_back(owner, account):
    image = describe(hand_over(account, "a.png"))[0]
    page = Client().post(f"/images/{image.pk}/use", {f"text-{image.pk}": "Long & careful words."}).content.decode()
    assert "What you wrote was not saved" in page
    assert "Long &amp; careful words." in page
    assert "/account/log-in/" in page
    image.refresh_from_db()
    assert image.alt_text is None
