"""Finishing writes everything once, or nothing where the claim is stale."""

import pytest
from django.conf import settings

from tests.library.drafts import candidates
from tests.queue.pictures import hand_over, images, photograph, works
from webapp.library import storage
from webapp.library.decide import decide
from webapp.library.delete import delete_image
from webapp.library.found import Found
from webapp.library.models import Blob, Image, Inference, Suggestion
from webapp.library.offer import offered
from webapp.queue.claim import claim
from webapp.queue.finish import Copy, Result, finish
from webapp.queue.models import Work
from webapp.queue.release import release

pytestmark = pytest.mark.django_db(transaction=True)

CANDIDATES = candidates("A cat.", "A dog.")
COPY = Copy("image/jpeg", 24, 24)


def take(worker="a"):
    return claim("caption", worker, 8, alone=False)


def end(claimed, candidates=CANDIDATES, copy=COPY):
    found = None if candidates is None else Found(candidates)
    return finish([Result(work, found, copy) for work in claimed], model="m", options="o")


def test_rows_images_suggestions_and_copies_are_brought_up_to_date():
    job = hand_over(1, 2)
    originals = [settings.SPOOL_DIR / image.spool_name for image in images(job)]
    assert all(path.is_file() for path in originals)
    assert end(take()) == 2
    for work, image in zip(works(job), images(job), strict=True):
        assert (work.status, work.lease_until, work.attempts) == (Work.Status.DONE, None, 0)
        assert work.finished_at is not None
        assert (image.state, image.spool_name, image.alt_text) == (Image.State.SUGGESTED, "", None)
        assert image.suggestion.text == "A cat."
        assert image.suggestion.candidates == offered(CANDIDATES)
        assert (image.blob.copy_mime, image.blob.copy_width) == ("image/jpeg", 24)
    assert not any(path.exists() for path in originals)


def test_the_same_bytes_share_one_inference():
    job = hand_over(1, 1, 2)
    end(take())
    assert Inference.objects.count() == 2
    assert [image.suggestion.text for image in images(job)] == ["A cat."] * 3


def test_an_inference_that_stands_is_used_and_not_replaced():
    end(take_of(1))
    again = hand_over(1)
    assert end(take(), candidates=None, copy=None) == 1
    assert Inference.objects.count() == 1
    assert images(again)[0].suggestion.text == "A cat."


def take_of(*seeds):
    hand_over(*seeds)
    return take()


def test_a_late_write_is_discarded():
    (stale,) = take_of(1)
    Work.objects.update(status=Work.Status.QUEUED)
    (fresh,) = take("b")
    assert end([stale], candidates=candidates("Late.")) == 0
    assert not Suggestion.objects.exists() and not Inference.objects.exists()
    assert end([fresh]) == 1
    assert end([stale], candidates=candidates("Later.")) == 0
    assert [suggestion.text for suggestion in Suggestion.objects.all()] == ["A cat."]


def test_a_claim_that_was_given_up_writes_nothing_even_before_the_next_one():
    (stale,) = take_of(1)
    release("a", crashed=False)
    assert end([stale]) == 0
    assert not Suggestion.objects.exists() and not Inference.objects.exists()
    assert Work.objects.get().status == Work.Status.QUEUED


def test_a_stale_row_does_not_hold_up_the_others_of_its_batch():
    first, second = take_of(1, 2)
    Work.objects.filter(pk=first.pk).update(claims=7)
    assert end([first, second]) == 1
    assert Image.objects.get(work=second).state == Image.State.SUGGESTED
    assert Image.objects.get(work=first).state == Image.State.WAITING


def test_of_an_image_deleted_meanwhile_nothing_remains():
    job = hand_over(1)
    claimed = take()
    sha256 = claimed[0].sha256
    storage.write_copy(sha256, photograph(1))
    delete_image(images(job)[0])
    assert end(claimed) == 0
    assert not storage.copy_path(sha256).exists()
    assert not Inference.objects.exists() and not Blob.objects.exists()


def test_a_copy_that_another_image_needs_stays():
    job, other = hand_over(1), hand_over(1)
    claimed = take()
    sha256 = claimed[0].sha256
    storage.write_copy(sha256, photograph(1))
    delete_image(images(job)[0])
    assert end(claimed) == 1
    assert storage.copy_path(sha256).exists()
    assert images(other)[0].blob.has_copy


@pytest.mark.parametrize("text", ["A person's own text", "A cat."])
def test_a_decision_is_never_overridden(text):
    job = hand_over(1)
    claimed = take()
    image = images(job)[0]
    Image.objects.filter(pk=image.pk).update(state=Image.State.FAILED)
    decide(image, text, owner=image.owner)
    assert end(claimed) == 1
    image.refresh_from_db()
    assert (image.state, image.alt_text) == (Image.State.EDITED, text)
    assert image.suggestion.text == "A cat."


def test_all_is_written_or_nothing():
    job = hand_over(1, 2)
    claimed = take()
    with pytest.raises(KeyError):
        end(claimed, candidates=[{"no text": ""}])
    assert not Inference.objects.exists()
    assert [work.status for work in works(job)] == [Work.Status.RUNNING] * 2
    assert all((settings.SPOOL_DIR / image.spool_name).is_file() for image in images(job))


def test_sentences_that_are_withheld_are_kept_and_not_offered():
    job = hand_over(1)
    found = Found(CANDIDATES, withheld="too_unsure", looks=[])
    finish([Result(work, found, COPY) for work in take()], model="m", options="o")
    (image,) = images(job)
    assert (image.state, image.suggestion.text, image.suggestion.candidates) == (Image.State.WITHHELD, "", [])
    inference = image.suggestion.inference
    assert (inference.candidates, inference.withheld, inference.looks) == (CANDIDATES, "too_unsure", [])
