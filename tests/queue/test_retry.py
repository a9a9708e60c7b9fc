"""Trying again starts the same row afresh, where the bytes are still here."""

import pytest
from django.conf import settings

from tests.queue.pictures import hand_over, hand_over_files, images, photograph, works
from webapp.library import storage
from webapp.library.models import Image
from webapp.queue.claim import claim
from webapp.queue.fail import fail
from webapp.queue.models import Work
from webapp.queue.retry import NotRetryable, can_retry, retry

pytestmark = pytest.mark.django_db(transaction=True)


def fail_it(*, fault_of_image=False):
    for _ in range(3):
        Work.objects.filter(status=Work.Status.QUEUED).update(next_attempt_at="2026-01-01T00:00Z")
        for work in claim("caption", "a", 8, alone=False):
            fail(work, "caption_failed", "It did not work.", fault_of_image=fault_of_image)


def test_a_failed_image_waits_again_with_all_its_attempts():
    job = hand_over(1)
    fail_it()
    (image,) = images(job)
    assert can_retry(image)
    retry(image)
    assert (image.state, image.error_code, image.error_message) == (Image.State.WAITING, "", "")
    (work,) = works(job)
    assert (work.status, work.attempts, work.alone, work.error_code) == (Work.Status.QUEUED, 0, False, "")
    assert claim("caption", "a", 8, alone=False) == [work]
    assert Work.objects.count() == 1


def test_workers_are_hinted_to_it(monkeypatch):
    (image,) = images(hand_over(1))
    fail_it()
    hinted = []
    monkeypatch.setattr("webapp.queue.retry.hint_after_commit", hinted.append)
    image.refresh_from_db()
    retry(image)
    assert hinted == ["caption"]


def test_the_copy_serves_where_the_original_is_gone():
    (image,) = images(hand_over(1))
    fail_it()
    storage.remove_spooled(image.spool_name)
    image.refresh_from_db()
    assert not can_retry(image)
    storage.write_copy(image.blob.pk, photograph(1))
    assert can_retry(image)
    assert retry(image).status == Work.Status.QUEUED


def test_without_bytes_there_is_nothing_to_try():
    (image,) = images(hand_over(1))
    fail_it(fault_of_image=True)
    image.refresh_from_db()
    assert not can_retry(image)
    with pytest.raises(NotRetryable, match="Upload it again"):
        retry(image)


def test_a_file_that_was_refused_has_no_work_to_repeat():
    (image,) = images(hand_over_files(b"text"))
    assert not can_retry(image)
    with pytest.raises(NotRetryable):
        retry(image)


@pytest.mark.parametrize("state", [Image.State.WAITING, Image.State.SUGGESTED, Image.State.EDITED])
def test_only_failed_images_are_tried_again(state):
    (image,) = images(hand_over(1))
    Image.objects.update(state=state)
    with pytest.raises(NotRetryable, match="has not failed"):
        retry(image)
    assert (settings.SPOOL_DIR / image.spool_name).is_file()
