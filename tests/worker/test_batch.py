"""A batch brings every row to its end; a bad one ends alone."""

import pytest
from django.conf import settings
from django.db import OperationalError

from captioner.colours import colours_in_words
from captioner.images import open_image
from tests.captioner.bad_files import BAD_FILES
from tests.queue.pictures import ColourEngine, PickyEngine, hand_over, hand_over_files, images, photograph, works
from webapp.library import storage
from webapp.library.found import Found
from webapp.library.models import Image, Inference
from webapp.queue.claim import claim
from webapp.queue.models import Work
from worker import batch
from worker.batch import COPY_SIDE, run_batch

pytestmark = pytest.mark.django_db(transaction=True)


def run(engine=None):
    """Claims all that is due and runs it."""
    engine = engine or ColourEngine()
    run_batch(claim("caption", "a", 100, alone=False), engine)
    return engine


def states(job):
    return [image.state for image in images(job)]


def test_a_batch_is_captioned_together_and_each_picture_gets_its_own_text():
    job = hand_over(1, 2, 3)
    assert run().batches == [3]
    assert states(job) == [Image.State.SUGGESTED] * 3
    assert len({image.suggestion.text for image in images(job)}) == 3
    assert len(images(job)[0].suggestion.candidates) == 2


def test_the_copy_is_made_and_the_original_goes():
    job = hand_over(1)
    original = settings.SPOOL_DIR / images(job)[0].spool_name
    run()
    (image,) = images(job)
    assert not original.exists()
    assert image.blob.has_copy
    copy = open_image(storage.copy_path(image.blob.pk).read_bytes())
    assert copy.size == (image.blob.copy_width, image.blob.copy_height) == (24, 24)
    assert image.blob.colours == colours_in_words(copy)


def test_a_large_picture_is_kept_small():
    job = hand_over_files(photograph(1, size=2 * COPY_SIDE))
    run()
    (image,) = images(job)
    assert (image.blob.width, image.blob.copy_width) == (2 * COPY_SIDE, COPY_SIDE)


def test_the_same_bytes_in_one_batch_are_captioned_once():
    job = hand_over(1, 1, 2, 1)
    assert run().batches == [2]
    assert states(job) == [Image.State.SUGGESTED] * 4


def test_known_bytes_are_never_captioned_again():
    hand_over(1)
    run()
    job = hand_over(1, 2)
    originals = [settings.SPOOL_DIR / image.spool_name for image in images(job)]
    assert run().batches == [1]
    assert states(job) == [Image.State.SUGGESTED] * 2
    assert Inference.objects.count() == 2
    assert not any(path.exists() for path in originals)


def test_another_model_says_it_anew():
    hand_over(1)
    run()
    hand_over(1)
    other = ColourEngine()
    other.model = "colours-2"
    assert run(other).batches == [1]
    assert Inference.objects.count() == 2


def test_a_bad_file_fails_alone_at_once_with_its_reason():
    truncated = photograph(2)[:-80]
    job = hand_over_files(photograph(1), truncated, photograph(3))
    engine = run()
    assert engine.batches == [2]
    assert states(job) == [Image.State.SUGGESTED, Image.State.FAILED, Image.State.SUGGESTED]
    bad = images(job)[1]
    assert bad.error_code == "image_truncated"
    assert bad.error_message.endswith(".")
    assert Work.objects.get(image=bad).attempts == 0


def test_every_bad_file_that_passes_the_door_fails_here_with_a_code_that_is_known():
    files = [data for data, _ in BAD_FILES.values()]
    codes = [code for _, code in BAD_FILES.values()]
    job = hand_over_files(*files)
    run()
    assert states(job) == [Image.State.FAILED] * len(files)
    assert [image.error_code for image in images(job)] == codes


def test_a_batch_that_fails_is_tried_one_by_one():
    job = hand_over(1, 2, 3)
    engine = run(PickyEngine(most=1))
    assert engine.batches == [1, 1, 1]
    assert states(job) == [Image.State.SUGGESTED] * 3
    assert [work.attempts for work in works(job)] == [0, 0, 0]


def test_only_the_picture_that_cannot_be_captioned_is_charged():
    job = hand_over(1, 2, 3)
    run(PickyEngine(bad=photograph(2)))
    assert states(job) == [Image.State.SUGGESTED, Image.State.WAITING, Image.State.SUGGESTED]
    assert [work.attempts for work in works(job)] == [0, 1, 0]
    assert works(job)[1].error_code == "caption_failed"


def test_an_original_that_is_gone_is_said():
    job = hand_over(1)
    storage.remove_spooled(images(job)[0].spool_name)
    run()
    (image,) = images(job)
    assert (image.state, image.error_code) == (Image.State.FAILED, "file_missing")


def test_the_copy_is_read_where_the_original_is_gone():
    hand_over(1)
    run()
    job = hand_over(1)
    storage.remove_spooled(images(job)[0].spool_name)
    other = ColourEngine()
    other.model = "colours-2"
    run(other)
    assert states(job) == [Image.State.SUGGESTED]


def test_a_full_disk_is_tried_again_later(monkeypatch):
    def full(sha256, data):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(storage, "write_copy", full)
    job = hand_over(1)
    run()
    (work,) = works(job)
    assert (work.status, work.attempts, work.error_code) == (Work.Status.QUEUED, 1, "file_unreadable")
    assert (settings.SPOOL_DIR / work.picture.spool_name).is_file()


def test_a_picture_that_the_machine_has_no_memory_for_is_tried_again_later(monkeypatch):
    def too_large(image):
        raise MemoryError

    monkeypatch.setattr("captioner.images.to_rgb", too_large)
    job = hand_over(1)
    run()
    (work,) = works(job)
    assert (work.status, work.attempts, work.error_code) == (Work.Status.QUEUED, 1, "file_unreadable")


def test_a_sentence_without_words_is_no_draft(monkeypatch):
    job = hand_over(1, 2)
    engine = ColourEngine()
    say = engine.caption
    monkeypatch.setattr(engine, "caption", lambda pictures: [Found([{"text": ""}]), *say(pictures)[1:]])
    run(engine)
    assert states(job) == [Image.State.WAITING, Image.State.SUGGESTED]
    assert [work.error_code for work in works(job)] == ["caption_failed", ""]


def test_results_survive_a_database_that_is_busy_for_a_moment(monkeypatch):
    finish, calls = batch.finish, []

    def busy_at_first(*args, **kwargs):
        calls.append(1)
        if len(calls) == 1:
            raise OperationalError("database is locked")
        return finish(*args, **kwargs)

    monkeypatch.setattr(batch, "finish", busy_at_first)
    monkeypatch.setattr(batch.time, "sleep", lambda seconds: None)
    job = hand_over(1)
    assert run().batches == [1]
    assert states(job) == [Image.State.SUGGESTED]
