"""Rejecting the drafts, and two people who decide at once."""

import pytest

from tests.library.drafts import SENTENCES, drafted
from tests.queue.pictures import hand_over
from webapp.library.decide import decide, reject
from webapp.library.errors import NotReady, StaleVersion
from webapp.library.models import Decision, Image, UnsavedText
from webapp.library.undo import undo


@pytest.fixture
def image(owner):
    return drafted(hand_over(1, owner=owner)).images.get()


def shown(image):
    fresh = Image.objects.get(pk=image.pk)
    return fresh.state, fresh.alt_text, fresh.version


def test_rejected_drafts_leave_no_text(image, owner):
    UnsavedText.objects.create(image=image, text="A ca")
    decision = reject(image, owner=owner)
    assert (decision.verdict, decision.text, decision.suggestion) == ("rejected", "", image.suggestion)
    assert shown(image) == ("rejected", None, 1) == (image.state, image.alt_text, image.version)
    assert not UnsavedText.objects.exists()


def test_a_decided_text_goes_with_the_drafts_and_comes_back(image, owner):
    decide(image, "Mimi.", owner=owner)
    decision = reject(image, owner=owner)
    assert shown(image) == ("rejected", None, 2)
    undo(decision, owner=owner)
    assert shown(image) == ("edited", "Mimi.", 3)


def test_a_text_may_be_written_after_all(image, owner):
    reject(image, owner=owner)
    decide(image, SENTENCES[1], owner=owner)
    assert shown(image) == ("approved", SENTENCES[1], 2)


def test_rejecting_is_taken_back(image, owner):
    undo(reject(image, owner=owner), owner=owner)
    assert shown(image) == ("suggested", None, 2)
    assert [one.verdict for one in image.decisions.all()] == ["rejected", "undone"]


def test_rejecting_twice_is_rejecting_once(image, owner):
    assert reject(image, owner=owner) == reject(image, owner=owner, version=0)
    assert shown(image) == ("rejected", None, 1)


def test_what_waits_is_not_rejected(owner):
    waiting = hand_over(1, owner=owner).images.get()
    with pytest.raises(NotReady):
        reject(waiting, owner=owner)


class TestTwoPeople:
    def test_the_second_one_hears_of_the_first(self, image, owner):
        decide(image, "Mimi.", owner=owner, version=0)
        with pytest.raises(StaleVersion, match="is “Mimi") as told:
            decide(Image.objects.get(pk=image.pk), "A dog.", owner=owner, version=0)
        assert (told.value.alt_text, told.value.code) == ("Mimi.", "stale_version")
        assert shown(image) == ("edited", "Mimi.", 1)
        assert Decision.objects.count() == 1

    def test_who_says_the_same_agrees(self, image, owner):
        first = decide(image, "Mimi.", owner=owner, version=0)
        assert decide(image, "Mimi.", owner=owner, version=0) == first

    def test_who_saw_it_decides(self, image, owner):
        decide(image, "Mimi.", owner=owner, version=0)
        decide(image, "Mimi asleep.", owner=owner, version=1)
        assert shown(image) == ("edited", "Mimi asleep.", 2)

    def test_a_text_that_was_taken_back_is_news_too(self, image, owner):
        undo(decide(image, "Mimi.", owner=owner), owner=owner)
        with pytest.raises(StaleVersion, match="no text now"):
            decide(image, "Mimi asleep.", owner=owner, version=1)

    @pytest.mark.parametrize("verb", [reject, lambda image, **how: undo(image.decisions.get(), **how)])
    def test_every_verb_compares(self, image, owner, verb):
        decide(image, "Mimi.", owner=owner)
        with pytest.raises(StaleVersion):
            verb(image, owner=owner, version=0)
        assert shown(image) == ("edited", "Mimi.", 1)
