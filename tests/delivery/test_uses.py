"""What is served for one use of an image: what was decided for that place, of this site, by who may."""

import pytest

from tests.delivery.decided import programs_owner
from tests.uses.placed import PAGE_ADDRESS, TULIP, audited, uses_of
from webapp.accounts.models import Owner, Site
from webapp.audit.places import decide_on, decided_on, place_of
from webapp.delivery.addresses import hash_of_use
from webapp.delivery.texts import Text
from webapp.delivery.uses import texts_of_uses, texts_on_page
from webapp.uses.models import DecidedUse
from webapp.uses.undo import undo_use

pytestmark = pytest.mark.django_db


def decided(owner, text="Your basket.", role="functional"):
    use = uses_of(audited(owner))[1]
    return place_of(use).hash, decide_on(use, text, owner=owner, role=role)


def test_a_use_by_its_hash_with_its_language_and_origin():
    Site.objects.update(lang="de")
    hash_, _ = decided(programs_owner(), "Ihr Korb.")
    assert texts_of_uses(Site.default(), [hash_]) == {hash_: Text("Ihr Korb.", "de", "edited")}


def test_the_uses_of_a_page_for_each_spelling_that_was_asked(settings):
    settings.IMAGE_SIZE_PARAMETERS = ["w"]
    decided(programs_owner())
    other_spelling = TULIP.replace("https", "HTTPS")
    found = texts_on_page(Site.default(), f"{PAGE_ADDRESS}?w=1", [TULIP, other_spelling, f"{TULIP}?w=640", "data:,x"])
    assert {use: text.alt_text for use, text in found.items()} == {
        (TULIP, 2): "Your basket.",
        (other_spelling, 2): "Your basket.",
    }


def test_two_sizes_of_one_picture_are_two_places(settings):
    settings.IMAGE_SIZE_PARAMETERS = ["w"]
    owner, small, large = programs_owner(), f"{TULIP}?w=10", f"{TULIP}?w=640"
    html = f"<html lang=en><title>Shop</title><p>Ours: <img src={small}></p><a href=/basket><img src={large}></a>"
    in_text, of_link = uses_of(audited(owner, html))
    decide_on(of_link, "Your basket.", owner=owner)
    assert place_of(in_text).hash != place_of(of_link).hash
    assert list(decided_on(of_link.page.audit, [in_text, of_link])) == [of_link.pk]
    assert list(texts_on_page(Site.default(), PAGE_ADDRESS, [small, large, TULIP])) == [(large, 1)]
    assert texts_of_uses(Site.default(), [hash_of_use(PAGE_ADDRESS, small), hash_of_use(PAGE_ADDRESS, TULIP)]) == {}
    assert list(texts_of_uses(Site.default(), [hash_of_use(PAGE_ADDRESS, large)])) == [place_of(of_link).hash]


def test_what_was_taken_back_is_not_served():
    owner = programs_owner()
    hash_, decision = decided(owner)
    undo_use(decision, owner=owner)
    assert texts_of_uses(Site.default(), [hash_]) == {}


def test_what_a_browser_without_an_account_decided_is_not_served():
    hash_, _ = decided(Owner.objects.create(kind=Owner.Kind.SESSION))
    assert texts_of_uses(Site.default(), [hash_]) == {}


def test_nothing_shines_through_from_another_site():
    hash_, _ = decided(programs_owner())
    assert texts_of_uses(Site.objects.create(name="Other"), [hash_]) == {}


def test_of_two_decisions_for_one_place_the_newer_is_served():
    hash_, _ = decided(programs_owner())
    decided(programs_owner(), "The basket.")
    assert DecidedUse.objects.count() == 2
    assert texts_of_uses(Site.default(), [hash_])[hash_].alt_text == "The basket."
