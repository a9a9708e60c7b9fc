"""The sweep finds what died unseen, what has no attempt left, and what nobody was told of."""

from datetime import timedelta

import pytest
from django.utils import timezone

from tests.queue.pictures import hand_over, images, works
from webapp.library.models import Image
from webapp.queue.claim import claim
from webapp.queue.models import Work, WorkerBeat
from webapp.queue.sweep import Swept, sweep

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def hints(monkeypatch):
    """The hints that were sent."""
    sent = []
    for module in ("sweep.hint", "release.hint_after_commit"):
        monkeypatch.setattr(f"webapp.queue.{module}", lambda queue: sent.append(queue) or True)
    return sent


def test_a_quiet_queue_is_left_alone(hints):
    hand_over(1)
    assert sweep() == Swept()
    assert hints == []


def test_rows_that_wait_for_more_than_five_seconds_are_hinted_once_a_queue(hints):
    hand_over(1, 2)
    assert sweep(timezone.now() + timedelta(seconds=6)) == Swept(hinted=("caption",))
    assert hints == ["caption"]


def test_rows_that_back_off_are_not_hinted():
    hand_over(1)
    Work.objects.update(next_attempt_at=timezone.now() + timedelta(minutes=1))
    assert sweep(timezone.now() + timedelta(seconds=30)).hinted == ()


def test_rows_that_run_are_not_hinted():
    hand_over(1)
    claim("caption", "a", 8, alone=False)
    assert sweep(timezone.now() + timedelta(seconds=30)) == Swept()


def test_a_live_lease_is_respected(settings):
    job = hand_over(1)
    claim("caption", "a", 8, alone=False)
    assert sweep(timezone.now() + settings.QUEUE_LEASE / 2).freed == 0
    assert works(job)[0].status == Work.Status.RUNNING


def test_an_expired_lease_is_a_death(settings):
    job = hand_over(1, 2)
    claim("caption", "a", 2, alone=False)
    lonely = hand_over(3)
    claim("caption", "b", 8, alone=False)
    assert sweep(timezone.now() + settings.QUEUE_LEASE + timedelta(seconds=1)).freed == 3
    assert [(work.status, work.attempts, work.alone) for work in works(job)] == [(Work.Status.QUEUED, 0, True)] * 2
    assert [(work.attempts, work.alone) for work in works(lonely)] == [(1, True)]


def test_a_row_without_attempts_left_fails_with_the_reason():
    job = hand_over(1)
    Work.objects.update(attempts=3)
    assert sweep().failed == 1
    (image,) = images(job)
    assert (works(job)[0].status, image.state, image.error_code) == (
        Work.Status.FAILED,
        Image.State.FAILED,
        "worker_died",
    )


def test_old_beats_are_forgotten():
    now = timezone.now()
    for worker, age in (("old", 2), ("young", 0)):
        WorkerBeat.objects.create(pk=worker, queue="caption", started_at=now, beat_at=now - timedelta(hours=age))
    sweep()
    assert [beat.pk for beat in WorkerBeat.objects.all()] == ["young"]
