"""Deciding: only a person's word becomes alt text, and every word is kept."""

import pytest

from captioner.alttext import hedged
from tests.library.drafts import SENTENCES, drafted
from tests.queue.pictures import hand_over, hand_over_files, photograph
from webapp.library.decide import decide
from webapp.library.errors import EmptyText, NotReady, TextTooLong
from webapp.library.models import Image


@pytest.fixture
def image(owner):
    return drafted(hand_over(1, owner=owner)).images.get()


@pytest.mark.parametrize("rank", range(len(SENTENCES)))
def test_a_sentence_of_the_machine_unchanged_is_approved(image, owner, rank):
    decision = decide(image, f" {SENTENCES[rank]} ", owner=owner)
    assert (decision.verdict, decision.chosen_rank, decision.text) == ("approved", rank, SENTENCES[rank])
    assert decision.suggestion == image.suggestion
    assert decision.decided_by == owner
    fresh = Image.objects.get(pk=image.pk)
    assert (fresh.state, fresh.alt_text) == (image.state, image.alt_text) == ("approved", SENTENCES[rank])


@pytest.mark.parametrize("text", ["Mimi asleep.", SENTENCES[0].lower(), SENTENCES[0][:-1]])
def test_any_other_text_is_the_persons_own(image, owner, text):
    decision = decide(image, text, owner=owner)
    assert (decision.verdict, decision.chosen_rank) == ("edited", None)
    assert (image.state, image.alt_text) == ("edited", text)


@pytest.mark.parametrize(("text", "verdict"), [(SENTENCES[1], "approved"), ("Mimi asleep.", "edited")])
def test_the_doubt_behind_a_draft_never_becomes_alt_text(image, owner, text, verdict):
    decision = decide(image, hedged(text), owner=owner)
    assert (decision.verdict, decision.text, image.alt_text) == (verdict, text, text)


def test_a_doubt_alone_is_no_text(image, owner):
    with pytest.raises(EmptyText):
        decide(image, hedged("x")[1:], owner=owner)


def test_decisions_are_added_never_changed(image, owner):
    for text in (SENTENCES[0], "Mimi.", "Mimi asleep."):
        decide(image, text, owner=owner)
    assert [decision.text for decision in image.decisions.all()] == [SENTENCES[0], "Mimi.", "Mimi asleep."]
    assert Image.objects.get(pk=image.pk).alt_text == "Mimi asleep."


def test_a_failed_image_takes_a_persons_text(owner):
    bad = hand_over_files(photograph(1), b"hello", owner=owner).images.get(position=2)
    decision = decide(bad, "A page.", owner=owner)
    assert (decision.verdict, decision.suggestion, bad.state) == ("edited", None, "edited")


def test_an_image_that_waits_is_not_decided(owner):
    waiting = hand_over(1, owner=owner).images.get()
    with pytest.raises(NotReady):
        decide(waiting, "A cat.", owner=owner)
    assert Image.objects.get(pk=waiting.pk).alt_text is None


@pytest.mark.parametrize("text", ["", " \n\t", "\x00\x07"])
def test_an_empty_text_is_no_decision(image, owner, text):
    with pytest.raises(EmptyText):
        decide(image, text, owner=owner)


def test_the_length_is_limited(image, owner):
    decide(image, "x" * 2000, owner=owner)
    with pytest.raises(TextTooLong, match="2,001"):
        decide(image, "x" * 2001, owner=owner)


def test_an_image_that_was_deleted_meanwhile_is_not_brought_back(image, owner):
    Image.objects.filter(pk=image.pk).delete()
    with pytest.raises(Image.DoesNotExist):
        decide(image, "A cat.", owner=owner)
    assert not Image.objects.exists()
