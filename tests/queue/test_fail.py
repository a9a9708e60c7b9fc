"""Failing: at once where the image is bad, after three charged attempts where something else was."""

from datetime import timedelta

import pytest
from django.conf import settings
from django.utils import timezone

from tests.queue.pictures import hand_over, images, works
from webapp.library.models import Image
from webapp.queue.backoff import delay_after
from webapp.queue.claim import claim
from webapp.queue.fail import fail
from webapp.queue.models import Work
from webapp.queue.release import release

pytestmark = pytest.mark.django_db(transaction=True)


def take_one():
    """The next row, whatever its delay."""
    return claim("caption", "a", 1, alone=False, now=timezone.now() + timedelta(hours=1))[0]


def test_a_bad_image_fails_at_once_and_its_original_goes():
    job = hand_over(1)
    original = settings.SPOOL_DIR / images(job)[0].spool_name
    assert fail(take_one(), "image_truncated", "The end is missing.", fault_of_image=True)
    (work,), (image,) = works(job), images(job)
    assert (work.status, work.attempts, work.lease_until) == (Work.Status.FAILED, 0, None)
    assert (image.state, image.error_code) == (Image.State.FAILED, "image_truncated")
    assert image.error_message == "The end is missing."
    assert not original.exists()


def test_other_failures_are_tried_again_with_a_delay_and_fail_at_the_third():
    job = hand_over(1)
    for attempts in (1, 2):
        before = timezone.now()
        assert fail(take_one(), "caption_failed", "It did not work.", fault_of_image=False)
        (work,) = works(job)
        assert (work.status, work.attempts) == (Work.Status.QUEUED, attempts)
        assert work.next_attempt_at >= before + timedelta(seconds=1)
        assert images(job)[0].state == Image.State.WAITING
    assert fail(take_one(), "caption_failed", "It did not work.", fault_of_image=False)
    (work,), (image,) = works(job), images(job)
    assert (work.status, work.attempts) == (Work.Status.FAILED, 3)
    assert (image.state, image.error_message) == (Image.State.FAILED, "It did not work.")
    assert (settings.SPOOL_DIR / image.spool_name).is_file()


def test_a_stale_claim_fails_nothing():
    job = hand_over(1)
    stale = take_one()
    Work.objects.update(status=Work.Status.QUEUED)
    take_one()
    assert not fail(stale, "x", "Late.", fault_of_image=True)
    assert works(job)[0].status == Work.Status.RUNNING


def test_a_claim_that_was_given_up_fails_nothing_even_before_the_next_one():
    job = hand_over(1)
    stale = take_one()
    release("a", crashed=False)
    assert not fail(stale, "x", "Late.", fault_of_image=True)
    assert works(job)[0].status == Work.Status.QUEUED


def test_a_text_that_a_person_wrote_meanwhile_stands():
    job = hand_over(1)
    work = take_one()
    Image.objects.update(state=Image.State.EDITED, alt_text="Mine")
    assert fail(work, "x", "No.", fault_of_image=True)
    (image,) = images(job)
    assert (image.state, image.alt_text, image.error_code) == (Image.State.EDITED, "Mine", "")


def test_delays_grow_and_are_spread():
    first, second = ({delay_after(attempts) for _ in range(50)} for attempts in (1, 2))
    assert timedelta(seconds=1) <= min(first) < max(first) <= timedelta(seconds=3)
    assert timedelta(seconds=4) <= min(second) < max(second) <= timedelta(seconds=12)
