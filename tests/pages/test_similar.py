"""Pictures that were seen before: what their cards say and offer, by hand and without scripts."""

import re

import pytest
from django.urls import reverse

from tests.pages.pictures import describe, png
from tests.pages.test_image import follow
from webapp.library.decide import decide, reject
from webapp.library.models import Decision
from webapp.library.near import columns_of
from webapp.library.submit import Upload, examine, submit

HASH, NEAR = "97936cc412d368bb", "97936cc412d368b8"  # two bits apart


@pytest.fixture
def decided(owner):
    (image,) = describe(submit(owner, [examine(Upload("large.png", png(1, (800, 600))))]))
    decide(image, "Ein Hund & eine Katze.", owner=owner)
    return image


@pytest.fixture
def small(owner, decided):
    (image,) = describe(submit(owner, [examine(Upload("small.png", png(2)))]))
    for one, phash in ((decided, HASH), (image, NEAR)):
        one.refresh_from_db()
        type(one.blob).objects.filter(pk=one.blob_id).update(**columns_of(phash))
    return image


def use(visitor, image, other, **fields):
    return visitor.post(reverse("pages:image-use-similar", args=[image.pk, other.pk]), fields)


def look(visitor, name, image):
    return re.sub(r"<[^>]+>|\s+", " ", visitor.get(reverse(f"pages:{name}", args=[image.pk])).content.decode())


@pytest.mark.parametrize("name", ["image", "review-image"])
def test_the_other_pictures_text_is_offered_in_words(visitor, small, name):
    page = re.sub(r" +", " ", look(visitor, name, small))
    assert "Looks like large.png , decided on" in page
    assert "“ Ein Hund &amp; eine Katze. ” (97 % alike, resized from 800 by 600)" in page
    assert "Use that text for Picture, small.png" in page


def test_it_is_used_and_said_from_where(visitor, small, decided):
    page = follow(visitor, use(visitor, small, decided, page="image"))
    assert "The text is saved." in page
    assert "Its text was taken from another picture" in page
    assert f'href="/images/{decided.pk}/">large.png</a>' in page
    history = re.sub(r" +", " ", look(visitor, "review-image", small))
    assert "You wrote or changed the text (taken from another picture, large.png)" in history


def test_in_the_review_it_leads_on(visitor, small, decided, owner):
    (third,) = describe(submit(owner, [examine(Upload("third.png", png(3)))]))
    answer = use(visitor, small, decided, page="review")
    assert answer.headers["Location"].startswith(f"/review/{third.pk}/")


def test_what_is_gone_meanwhile_is_told_and_typed_words_stay(visitor, small, decided, owner):
    reject(decided, owner=owner)
    answer = use(visitor, small, decided, page="image", **{f"text-{small.pk}": "A dog"})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "has no text now that could be used here" in page
    assert "A dog</textarea>" in page
    assert Decision.objects.filter(image=small).count() == 0


def test_who_decided_meanwhile_is_not_overwritten(visitor, small, decided, owner):
    decide(small, "Another.", owner=owner)
    answer = use(visitor, small, decided, page="image", **{f"version-{small.pk}": "0"})
    assert answer.status_code == 422
    assert "decided elsewhere" in answer.content.decode()


def test_the_same_file_has_its_text_at_once_and_a_button_against_it(visitor, decided, owner):
    again = submit(owner, [examine(Upload("again.png", png(1, (800, 600))))]).images.get()
    page = re.sub(r" +", " ", look(visitor, "job", again.job))
    assert "Ein Hund &amp; eine Katze." in page
    assert "Decided before for the same file: large.png ." in page
    assert "Do not use it for Picture, again.png" in page
    page = follow(visitor, visitor.post(reverse("pages:decision-undo", args=[again.decisions.get().pk])))
    assert "The text of again.png is taken back. It has no text now." in page
    assert "The same file as" in page


def test_figures_tell_it_apart(visitor, decided, owner):
    submit(owner, [examine(Upload("again.png", png(1, (800, 600))))])
    page = visitor.get("/review/figures/").content.decode()
    assert "2 of 2 pictures (100 %) have a decided text." in page
    assert "1 got it because the same file was decided before, and is not counted below." in page
    assert page.count("<td>1</td>") == 2, "one decision, by band and by week"
