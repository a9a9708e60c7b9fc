"""Approving several drafts at once, and taking that back."""

import uuid

import pytest

from captioner.bands import Band
from tests.pages.pictures import CONFIDENCE, SENTENCES, describe, hand_over
from webapp.accounts.models import Owner
from webapp.library.decide import decide
from webapp.library.models import Decision, Image
from webapp.library.undo import undo
from webapp.review.bulk import approve_several, undo_several


@pytest.fixture
def images(owner):
    return describe(hand_over(owner, "a.png", "b.png", "c.png"))


def seen(images):
    return {image.pk: image.version for image in images}


def states(images):
    return [image.state for image in Image.objects.filter(pk__in=seen(images)).order_by("name")]


def test_the_best_draft_of_each_becomes_its_text(owner, images):
    batch = approve_several(owner, Band.LIKELY, seen(images[:2]))
    assert states(images) == ["approved", "approved", "suggested"]
    decisions = Decision.objects.filter(batch=batch)
    assert [(one.text, one.chosen_rank, one.decided_by) for one in decisions] == [(SENTENCES[0], 0, owner)] * 2


def test_what_was_decided_meanwhile_stands(owner, images):
    looked_at = seen(images)
    decide(images[0], "Mine.", owner=owner)
    undo(decide(images[1], "Mine.", owner=owner), owner=owner)
    approve_several(owner, Band.LIKELY, looked_at)
    assert states(images) == ["edited", "suggested", "approved"]


def test_what_another_person_approves_at_the_very_moment_stays_that_persons(owner, images):
    """They have the same draft approved between our look at the queue and our decision."""
    other = Owner.objects.create(kind=Owner.Kind.SESSION)

    class Meanwhile(dict):
        def __getitem__(self, pk):
            image = Image.objects.get(pk=pk)
            if pk == images[0].pk:
                decide(image, SENTENCES[0], owner=other)
            return super().__getitem__(pk)

    batch = approve_several(owner, Band.LIKELY, Meanwhile(seen(images[:2])))
    assert [(one.image_id, one.decided_by) for one in Decision.objects.filter(batch=batch)] == [(images[1].pk, owner)]
    assert Decision.objects.get(image=images[0]).batch is None
    assert undo_several(owner, batch) == 1
    assert states(images) == ["approved", "suggested", "suggested"]


def test_nothing_is_approved_where_others_were_faster_with_all(owner, images):
    class Meanwhile(dict):
        def __getitem__(self, pk):
            decide(Image.objects.get(pk=pk), SENTENCES[0], owner=Owner.objects.create(kind=Owner.Kind.SESSION))
            return super().__getitem__(pk)

    assert approve_several(owner, Band.LIKELY, Meanwhile(seen(images))) is None


def test_other_bands_other_owners_and_strange_keys_are_passed_over(owner):
    job = hand_over(owner, "a.png", "b.png", "c.png", "d.png")
    describe(job, first=3)
    *images, unsure = describe(job, confidence=CONFIDENCE | {"band": "unsure"})
    stranger = Owner.objects.create(kind=Owner.Kind.SESSION)
    asked = seen([*images, unsure]) | {uuid.uuid4(): 0}
    assert approve_several(stranger, Band.LIKELY, asked) is None
    approve_several(owner, Band.LIKELY, asked)
    assert states([*images, unsure]) == ["approved"] * 3 + ["suggested"]


def test_all_is_taken_back_but_what_was_changed_since(owner, images):
    batch = approve_several(owner, Band.LIKELY, seen(images))
    decide(Image.objects.get(pk=images[0].pk), "Mine.", owner=owner)
    assert undo_several(Owner.objects.create(kind=Owner.Kind.SESSION), batch) == 0
    assert undo_several(owner, batch) == 2
    assert states(images) == ["edited", "suggested", "suggested"]
    assert undo_several(owner, batch) == 0
