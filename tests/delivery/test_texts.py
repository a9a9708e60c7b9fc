"""Which texts are served: decided ones, of pictures that stand at these addresses."""

import pytest
from django.core.management import call_command

from tests.delivery.decided import ADDRESS, TEXT, decided, programs_owner, undecided
from tests.library.drafts import draft_all
from tests.pages.audited import look_at, start
from webapp.accounts.models import Site
from webapp.audit.describe import describable, describe
from webapp.delivery.addresses import hash_of, normalised
from webapp.delivery.models import ServedAddress
from webapp.delivery.texts import Text, texts_for
from webapp.library.decide import decide, reject
from webapp.library.delete import delete_image
from webapp.library.models import Image
from webapp.library.submit import Upload, examine, submit
from webapp.library.undo import undo

pytestmark = pytest.mark.django_db


def served(*addresses, asker=None):
    """The texts for these addresses, one each; "" where there is none."""
    hashes = [hash_of(normalised(address)) for address in addresses]
    found = texts_for(asker or Site.default(), hashes)
    return [found[one].alt_text if one in found else "" for one in hashes]


def test_a_decided_text_is_served_for_its_address_however_it_is_spelt():
    decided()
    assert served(ADDRESS, "HTTPS://EXAMPLE.org:443/x/../media/tulip.jpg#top", f"{ADDRESS}?v=2") == [TEXT, TEXT, ""]


def test_it_comes_with_its_language_and_who_wrote_it():
    image = decided()
    hash_ = hash_of(ADDRESS)
    assert texts_for(image.site, [hash_]) == {hash_: Text(TEXT, "en", "edited")}


def test_a_draft_is_never_served():
    undecided()
    assert served(ADDRESS) == [""]
    assert not ServedAddress.objects.exists()


def test_an_undone_decision_is_not_served():
    image = decided()
    undo(image.decisions.get(), owner=image.owner)
    assert served(ADDRESS) == [""]


def test_a_changed_text_is_served_at_once():
    image = decided()
    decide(image, "Tulips.", owner=image.owner)
    assert served(ADDRESS) == ["Tulips."]


def test_nothing_shines_through_from_another_site():
    other = Site.objects.create(name="Other")
    decided(site=other)
    assert served(ADDRESS) == [""]
    assert served(ADDRESS, asker=other) == [TEXT]


def test_an_image_that_moves_to_another_site_takes_its_text_along():
    image = decided()
    other = Site.objects.create(name="Other")
    Image.objects.filter(pk=image.pk).update(site=other)
    assert served(ADDRESS) == [""]
    assert served(ADDRESS, asker=other) == [TEXT]


def test_of_several_images_at_one_address_the_newest_decision_that_stands_counts():
    first, second = decided(text="The first."), decided(text="The second.")
    assert served(ADDRESS) == ["The second."]
    decide(first, "The first, changed.", owner=first.owner)
    assert served(ADDRESS) == ["The first, changed."]
    undo(first.decisions.last(), owner=first.owner)
    assert served(ADDRESS) == ["The second."]
    delete_image(second)
    assert served(ADDRESS) == ["The first."]


def test_a_rejection_that_is_newer_than_a_text_ends_it():
    first, second = decided(text="The first."), decided(text="The second.")
    reject(second, owner=second.owner)
    assert served(ADDRESS) == [""]
    decide(first, "The first, looked at again.", owner=first.owner)
    assert served(ADDRESS) == ["The first, looked at again."]


def test_a_rejection_that_is_taken_back_ends_nothing():
    decided(text="The first.")
    second = decided(text="The second.")
    undo(reject(second, owner=second.owner), owner=second.owner)
    assert served(ADDRESS) == ["The second."]


def test_an_upload_has_no_address():
    (image,) = submit(programs_owner(), [examine(Upload("a.png", b"no picture"))]).images.all()
    decide(image, "Tulips.", owner=image.owner)
    assert not ServedAddress.objects.exists()


PAGE = """
<img src="plain.jpg"><img src="small.jpg" srcset="large.jpg 1600w, medium.jpg 800w">
<img src="/spinner.svg" data-src="late.jpg" width="640" height="480">
"""


def test_a_picture_of_a_page_is_served_for_every_file_that_a_browser_may_show():
    owner = programs_owner()
    audit = look_at(start(owner, PAGE, address="https://example.org/shop/"))
    for number, job in enumerate(describe(audit, describable(audit))):
        draft_all()
        for image in job.images.all():
            if image.state == Image.State.WAITING:
                image.state = Image.State.FAILED
                image.save()
            decide(image, f"Picture {number} {image.name}", owner=owner)
    shop = "https://example.org/shop/"
    assert served(*(shop + name for name in ("plain.jpg", "small.jpg", "large.jpg", "medium.jpg", "late.jpg"))) == [
        "Picture 0 plain.jpg", *["Picture 0 medium.jpg"] * 3, "Picture 0 late.jpg",
    ]  # fmt: skip
    assert served("https://example.org/spinner.svg") == [""], "it stands in for many pictures"


def test_a_parameter_of_size_is_passed_over_once_the_operator_names_it(settings):
    decided(f"{ADDRESS}?id=7&w=640")
    assert served(f"{ADDRESS}?id=7") == [""]
    settings.IMAGE_SIZE_PARAMETERS = ["w"]
    call_command("learn_addresses")
    assert served(f"{ADDRESS}?id=7") == [TEXT]
    assert ServedAddress.objects.count() == 1


def test_the_command_learns_what_was_decided_before_there_was_any_serving():
    decided()
    undecided()
    ServedAddress.objects.all().delete()
    call_command("learn_addresses")
    assert served(ADDRESS) == [TEXT]
    assert ServedAddress.objects.count() == 1
