"""Taking a decision back: the text before it stands again, and the history keeps both."""

import pytest

from tests.library.drafts import SENTENCES, drafted
from tests.queue.pictures import hand_over, hand_over_files, photograph
from webapp.library.decide import decide
from webapp.library.errors import NotUndoable
from webapp.library.models import Decision, Image, UnsavedText
from webapp.library.undo import undo


@pytest.fixture
def image(owner):
    return drafted(hand_over(1, owner=owner)).images.get()


def shown(image):
    fresh = Image.objects.get(pk=image.pk)
    return fresh.state, fresh.alt_text


def test_without_a_decision_before_the_image_is_a_draft_again(image, owner):
    decision = decide(image, SENTENCES[1], owner=owner)

    assert undo(decision, owner=owner) == image

    assert shown(image) == ("suggested", None)
    assert [(row.verdict, row.text, row.undoes) for row in image.decisions.all()] == [
        ("approved", SENTENCES[1], None),
        ("undone", "", decision),
    ]
    assert image.decisions.last().decided_by == owner


def test_the_decision_before_stands_again_with_its_state(image, owner):
    first, second, third = (decide(image, text, owner=owner) for text in (SENTENCES[0], "Mimi.", "Mimi asleep."))
    undo(third, owner=owner)
    assert shown(image) == ("edited", "Mimi.")
    undo(second, owner=owner)
    assert shown(image) == ("approved", SENTENCES[0])
    decide(image, "Mimi again.", owner=owner)
    assert Decision.objects.count() == 6

    undo(image.decisions.last(), owner=owner)

    assert shown(image) == ("approved", SENTENCES[0]), "what was taken back before stays so"
    undo(first, owner=owner)
    assert shown(image) == ("suggested", None)


def test_a_failed_image_shows_its_failure_again(owner):
    bad = hand_over_files(photograph(1), b"hello", owner=owner).images.get(position=2)
    undo(decide(bad, "A page.", owner=owner), owner=owner)
    assert shown(bad) == ("failed", None)


def test_twice_is_once(image, owner):
    decision = decide(image, "Mimi.", owner=owner)
    undo(decision, owner=owner)
    undo(decision, owner=owner)
    assert Decision.objects.filter(verdict="undone").count() == 1
    assert shown(image) == ("suggested", None)


def test_a_decision_that_another_has_followed_is_not_taken_back(image, owner):
    first = decide(image, "Mimi.", owner=owner)
    decide(image, "Mimi asleep.", owner=owner)
    with pytest.raises(NotUndoable, match="changed again"):
        undo(first, owner=owner)
    assert shown(image) == ("edited", "Mimi asleep.")


def test_an_undoing_is_no_decision_to_be_undone(image, owner):
    undo(decide(image, "Mimi.", owner=owner), owner=owner)
    with pytest.raises(NotUndoable):
        undo(Decision.objects.get(verdict="undone"), owner=owner)


def test_own_words_stay_at_hand_and_the_machines_stand_there_anyway(image, owner):
    undo(decide(image, "Mimi asleep.", owner=owner), owner=owner)
    assert UnsavedText.objects.get(image=image).text == "Mimi asleep."
    undo(decide(image, SENTENCES[0], owner=owner), owner=owner)
    assert not UnsavedText.objects.exists()


def test_an_image_that_was_deleted_meanwhile_is_not_brought_back(image, owner):
    decision = decide(image, "Mimi.", owner=owner)
    Image.objects.filter(pk=image.pk).delete()
    with pytest.raises(Image.DoesNotExist):
        undo(decision, owner=owner)


def test_the_same_said_twice_is_one_decision_unless_it_was_taken_back(image, owner):
    decision = decide(image, "Mimi.", owner=owner)
    assert decide(image, "Mimi.", owner=owner) == decision
    undo(decision, owner=owner)
    assert decide(image, "Mimi.", owner=owner) != decision
    assert shown(image) == ("edited", "Mimi.")
