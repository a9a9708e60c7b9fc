"""Drafts are served for sites whose owners want that, in the bands that they name, and say that nobody checked them."""

import pytest

from tests.delivery.decided import ADDRESS
from tests.library.drafts import draft_all
from tests.pages.pictures import png
from tests.pages.scene import account_of
from webapp.accounts.models import Site
from webapp.accounts.sites import make_site
from webapp.delivery.addresses import hash_of
from webapp.delivery.drafts import learn_drafts
from webapp.delivery.texts import Text, texts_for
from webapp.library.decide import decide, reject
from webapp.library.submit import Linked, Upload, examine, submit
from webapp.library.undo import undo
from webapp.queue.arrive import arrive
from webapp.queue.claim import claim

pytestmark = pytest.mark.django_db
HASH = hash_of(ADDRESS)
NEVER, LIKELY, UNSURE, ALWAYS = Site.Unreviewed.values


@pytest.fixture
def alice():
    return account_of("alice")


@pytest.fixture
def site(alice):
    return make_site("Shop", alice.user)


@pytest.fixture
def drafted(alice, site):
    """Makes a picture of the site at the address, with a draft."""

    def make(band="likely", p=0.9, **found):
        image = submit(alice, [Linked(ADDRESS)], site=site).images.get()
        (work,) = claim("fetch", "test", 1, alone=False)
        assert arrive(work, examine(Upload("a.png", png(7))))
        draft_all("A dog runs.", confidence={"p": p, "band": band, "calibrated": p is not None}, **found)
        image.refresh_from_db()
        learn_drafts()
        return image

    return make


def served(site, unreviewed) -> Text | None:
    Site.objects.filter(pk=site.pk).update(unreviewed=unreviewed)
    site.refresh_from_db()
    learn_drafts()
    return texts_for(site, [HASH]).get(HASH)


def test_no_site_serves_drafts_unless_its_owners_say_so(site, drafted):
    drafted()
    assert served(site, NEVER) is None
    assert served(site, LIKELY) == Text("A dog runs.", "en", "machine")
    assert served(site, NEVER) is None, "and they may take that back"


@pytest.mark.parametrize(
    ("band", "given"),
    [
        ("likely", {LIKELY, UNSURE, ALWAYS}),
        ("unsure", {UNSURE, ALWAYS}),
        ("doubtful", {ALWAYS}),
        ("not_calibrated", set()),
    ],
)
def test_only_the_bands_that_they_name(site, drafted, band, given):
    drafted(band, None if band == "not_calibrated" else 0.5)
    assert {one for one in Site.Unreviewed.values if served(site, one)} == given


def test_a_doubt_is_told_in_the_text(site, drafted):
    drafted("unsure", 0.6)
    assert served(site, UNSURE).alt_text == "A dog runs. (automatic description, may be wrong)"


def test_what_was_read_in_the_picture_is_not_served(site, drafted):
    read = {"text": "Open daily", "words": 2, "share": 0.9, "confidence": 0.95}
    image = drafted(ocr=read, withheld="not_a_photograph")
    assert image.state == "suggested"
    assert served(site, ALWAYS) is None


def test_a_decision_takes_the_drafts_place(alice, site, drafted):
    image = drafted()
    assert served(site, ALWAYS).origin == "machine"
    decision = decide(image, "My dog.", owner=alice)
    assert served(site, ALWAYS) == Text("My dog.", "en", "edited")
    undo(decision, owner=alice)
    assert served(site, ALWAYS).origin == "machine"
    image.refresh_from_db()
    reject(image, owner=alice)
    assert served(site, ALWAYS) is None


def test_what_another_site_holds_is_not_served(alice, site, drafted):
    drafted()
    other = make_site("Other", alice.user)
    assert served(other, ALWAYS) is None


def test_addresses_are_learnt_once(site, drafted):
    drafted()
    Site.objects.update(unreviewed=LIKELY)
    assert [learn_drafts(), learn_drafts()] == [1, 0]


def test_a_rejected_draft_is_not_served_of_its_twin(alice, site, drafted):
    drafted()
    reject(drafted(), owner=alice)
    assert served(site, ALWAYS) is None


def test_pictures_without_an_address_do_not_hold_others_back(alice, site, drafted, monkeypatch):
    monkeypatch.setattr("webapp.delivery.drafts._AT_ONCE", 1)
    Site.objects.filter(pk=site.pk).update(unreviewed=LIKELY)
    image = drafted()
    for _ in range(2):
        upload = submit(alice, [examine(Upload("b.png", png(8)))], site=site).images.get()
        draft_all(confidence={"p": 0.9, "band": "likely", "calibrated": True})
        assert upload.served_addresses.count() == 0
    assert image.served_addresses.count() == 1
    assert learn_drafts() == 0
