"""Releasing: a clean stop and a shared death charge nothing; a death alone is charged."""

from datetime import timedelta

import pytest
from django.utils import timezone

from tests.queue.pictures import hand_over, images, works
from webapp.library.models import Image
from webapp.queue.claim import claim
from webapp.queue.fail import fail
from webapp.queue.models import Work, WorkerBeat
from webapp.queue.release import free_held, release, release_left_over

pytestmark = pytest.mark.django_db(transaction=True)


def take(worker="a", *, alone=False):
    return claim("caption", worker, 8, alone=alone, now=timezone.now() + timedelta(hours=1))


def test_a_clean_stop_puts_rows_back_as_they_were():
    job = hand_over(1, 2)
    take()
    assert release("a", crashed=False) == 2
    for work in works(job):
        assert (work.status, work.attempts, work.alone, work.lease_until) == (Work.Status.QUEUED, 0, False, None)
    assert len(take("b")) == 2


def test_rows_of_a_batch_that_died_are_not_charged_and_go_alone():
    job = hand_over(1, 2)
    take()
    assert release("a", crashed=True) == 2
    assert [(work.status, work.attempts, work.alone) for work in works(job)] == [(Work.Status.QUEUED, 0, True)] * 2


def test_a_row_that_died_alone_is_charged_and_fails_at_the_third_death():
    job = hand_over(1)
    for attempts in (1, 2):
        take(alone=attempts > 1)
        assert release("a", crashed=True) == 1
        (work,) = works(job)
        assert (work.status, work.attempts, work.alone) == (Work.Status.QUEUED, attempts, True)
    take(alone=True)
    release("a", crashed=True)
    (work,), (image,) = works(job), images(job)
    assert (work.status, work.error_code) == (Work.Status.FAILED, "worker_died")
    assert (image.state, image.error_code) == (Image.State.FAILED, "worker_died")
    assert "3 times" in image.error_message


def test_a_clean_stop_does_not_charge_a_row_that_ran_alone():
    job = hand_over(1)
    take()
    release("a", crashed=False)
    assert [(work.attempts, work.alone) for work in works(job)] == [(0, False)]


def test_a_row_that_must_go_alone_must_so_after_a_clean_stop_too():
    job = hand_over(1)
    Work.objects.update(alone=True)
    take(alone=True)
    release("a", crashed=False)
    assert [(work.attempts, work.alone) for work in works(job)] == [(0, True)]


def test_what_the_worker_has_ended_stays_ended():
    job = hand_over(1, 2)
    for work in take():
        assert fail(work, "image_truncated", "The end is missing.", fault_of_image=True)
    assert release("a", crashed=True) == 0
    assert [work.status for work in works(job)] == [Work.Status.FAILED] * 2


def test_only_the_rows_of_that_worker_are_freed():
    hand_over(1)
    take("a")
    hand_over(2)
    take("b")
    assert release("a", crashed=True) == 1
    assert [work.worker for work in Work.objects.filter(status=Work.Status.RUNNING)] == ["b"]


def beat(worker):
    now = timezone.now()
    WorkerBeat.objects.create(pk=worker, queue="caption", started_at=now, beat_at=now)


def test_the_beat_of_a_worker_goes_with_it():
    beat("a")
    assert free_held("a", crashed=True) == 0
    assert WorkerBeat.objects.exists()
    assert release("a", crashed=True) == 0
    assert not WorkerBeat.objects.exists()


def test_what_an_earlier_supervisor_left_is_freed_and_nothing_else():
    hand_over(1)
    take("host:1/caption-1:77")
    hand_over(2)
    take("host:2/caption-1:77")
    beat("host:1/fetch:78")
    assert release_left_over("host:1/") == 1
    assert [work.worker for work in Work.objects.filter(status=Work.Status.RUNNING)] == ["host:2/caption-1:77"]
    assert not WorkerBeat.objects.exists()


def test_workers_are_hinted_to_what_was_freed(monkeypatch):
    hinted = []
    monkeypatch.setattr("webapp.queue.release.hint_after_commit", hinted.append)
    hand_over(1, 2)
    take()
    release("a", crashed=True)
    assert hinted == ["caption"]
