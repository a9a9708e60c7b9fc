"""Texts that were typed and not decided: kept with their images, and gone when they are of no use any more."""

import uuid

import pytest

from tests.library.drafts import SENTENCES, drafted
from tests.queue.pictures import hand_over
from webapp.library.decide import decide
from webapp.library.models import UnsavedText
from webapp.library.unsaved import Typed, keep_unsaved


@pytest.fixture
def job(owner):
    return drafted(hand_over(1, 2, owner=owner))


@pytest.fixture
def image(job):
    return job.images.first()


def kept():
    return [(one.text, one.choice) for one in UnsavedText.objects.all()]


def test_what_was_typed_or_chosen_is_kept_as_it_was(job, image):
    keep_unsaved(job, {image.pk: Typed(" Half a sent", "own")})
    assert kept() == [(" Half a sent", "own")]
    keep_unsaved(job, {image.pk: Typed("", "1")})
    assert kept() == [("", "1")]


def test_the_choice_of_the_decided_sentence_is_nothing_new(job, image, owner):
    decide(image, SENTENCES[1], owner=owner)
    keep_unsaved(job, {image.pk: Typed(SENTENCES[1], "1")})  # as a script marks it
    assert kept() == []
    keep_unsaved(job, {image.pk: Typed(SENTENCES[1], "2")})
    assert kept() == [(SENTENCES[1], "2")]


@pytest.mark.parametrize("typed", [Typed(""), Typed(" \r\n"), Typed("", "own"), Typed("", "99")])
def test_empty_fields_keep_nothing_and_end_what_was_kept(job, image, typed):
    keep_unsaved(job, {image.pk: Typed("Half a sent")})
    keep_unsaved(job, {image.pk: typed})
    assert kept() == []


def test_a_decided_text_that_was_left_as_it_is_was_not_typed(job, image, owner):
    decide(image, "One line.\nAnother.", owner=owner)
    keep_unsaved(job, {image.pk: Typed("One line.\r\nAnother.")})
    assert kept() == []
    keep_unsaved(job, {image.pk: Typed("One line. Ano")})
    assert kept() == [("One line. Ano", "")]


def test_a_decision_ends_it(job, image, owner):
    keep_unsaved(job, {image.pk: Typed("Half a sent")})
    decide(image, "A whole sentence.", owner=owner)
    assert kept() == []


def test_images_of_other_jobs_are_passed_over(job, owner):
    other = drafted(hand_over(3, owner=owner)).images.get()
    keep_unsaved(job, {other.pk: Typed("Mine"), uuid.uuid4(): Typed("Nobody's")})
    assert kept() == []


def test_it_goes_with_its_image(job, image):
    keep_unsaved(job, {image.pk: Typed("Half a sent")})
    image.delete()
    assert kept() == []


def test_many_images_cost_few_queries(owner, django_assert_max_num_queries):
    job = hand_over(*range(20), owner=owner)
    typed = {image.pk: Typed(f"Text {image.position}") for image in job.images.all()}
    with django_assert_max_num_queries(7):
        keep_unsaved(job, typed)
    assert UnsavedText.objects.count() == 20
