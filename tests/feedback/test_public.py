"""Which pictures have a public page, and that nobody guesses its address."""

import pytest
from django.http import Http404

from webapp.feedback.models import PublicPage
from webapp.feedback.public import find_public_image, public_address
from webapp.library.decide import reject
from webapp.library.models import Image
from webapp.library.undo import undo


def token_of(image):
    return public_address(image).split("/")[2]


def test_its_address_is_made_once_and_tells_nothing(image):
    first = public_address(image)
    assert public_address(Image.objects.get(pk=image.pk)) == first
    assert PublicPage.objects.count() == 1
    assert len(token_of(image)) >= 22, "128 bits"
    assert image.pk.hex not in first.replace("-", "")
    assert find_public_image(token_of(image)) == image


def test_without_the_owners_word_there_is_none(image, site):
    token = token_of(image)
    site.public_pages = False
    site.save()
    image = Image.objects.get(pk=image.pk)
    assert public_address(image) == ""
    with pytest.raises(Http404):
        find_public_image(token)


def test_a_draft_has_none(drafted):
    assert public_address(drafted) == ""
    assert not PublicPage.objects.exists()


def test_with_the_text_the_page_goes_and_comes_again(image, alice):
    address, token = public_address(image), token_of(image)
    (decision,) = image.decisions.all()
    undo(decision, owner=alice)
    with pytest.raises(Http404):
        find_public_image(token)
    reject(image, owner=alice)
    assert public_address(image) == ""
    undo(image.decisions.order_by("pk").last(), owner=alice)
    image.refresh_from_db()
    assert public_address(image) == ""
    image.alt_text = "Again."
    assert public_address(image) == address


def test_an_unknown_address_leads_nowhere(image):
    for token in ("", "x", str(image.pk)):
        with pytest.raises(Http404):
            find_public_image(token)
