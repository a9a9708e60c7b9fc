"""The heartbeat renews what it should, and falls silent when it should."""

from datetime import timedelta

import pytest
from django.db import OperationalError
from django.utils import timezone

from tests.queue.pictures import hand_over
from webapp.queue.claim import claim
from webapp.queue.fail import fail
from webapp.queue.models import Work, WorkerBeat
from worker.heartbeat import Heartbeat

pytestmark = pytest.mark.django_db(transaction=True)


class Clock:
    now = 0.0

    def __call__(self):
        return self.now


@pytest.fixture
def clock():
    return Clock()


def test_a_beat_says_who_lives_and_with_which_model(clock):
    heart = Heartbeat("a", "caption", clock=clock)
    heart.beat()
    heart.model, heart.device = "nic-1", "cpu"
    heart.beat()
    (beat,) = WorkerBeat.objects.all()
    assert (beat.pk, beat.queue, beat.model, beat.device) == ("a", "caption", "nic-1", "cpu")
    assert beat.started_at < beat.beat_at


def old_lease(work):
    """Makes the row's lease one that is about to end."""
    lease = timezone.now() + timedelta(seconds=50)
    Work.objects.filter(pk=work.pk).update(lease_until=lease)
    return lease


def lease():
    return Work.objects.get().lease_until


def test_leases_are_renewed_only_while_a_batch_runs(clock):
    hand_over(1)
    old = old_lease(*claim("caption", "a", 1, alone=False))
    heart = Heartbeat("a", "caption", clock=clock)
    heart.beat()
    assert lease() == old
    with heart.batch():
        heart.beat()
    assert lease() > old + timedelta(seconds=90)


def test_rows_of_others_are_left_alone(clock):
    hand_over(1)
    old = old_lease(*claim("caption", "b", 1, alone=False))
    heart = Heartbeat("a", "caption", clock=clock)
    with heart.batch():
        heart.beat()
    assert lease() == old


def test_rows_that_have_ended_need_no_lease(clock):
    hand_over(1)
    (work,) = claim("caption", "a", 1, alone=False)
    fail(work, "image_truncated", "The end is missing.", fault_of_image=True)
    heart = Heartbeat("a", "caption", clock=clock)
    with heart.batch():
        heart.beat()
    assert lease() is None


def test_a_batch_beyond_its_limit_gets_no_further_beat(clock, settings):
    heart = Heartbeat("a", "caption", clock=clock)
    with heart.batch():
        clock.now = settings.QUEUE_BATCH_LIMIT.total_seconds() - 1
        heart.beat()
        WorkerBeat.objects.all().delete()
        clock.now += 2
        heart.beat()
        assert not WorkerBeat.objects.exists()
    heart.beat()
    assert WorkerBeat.objects.exists()


def test_a_worker_that_cannot_renew_for_a_whole_lease_stops_itself(clock, settings, monkeypatch):
    def fail(*, leases):
        raise OperationalError("gone")

    stopped = []
    heart = Heartbeat("a", "caption", clock=clock, stop_process=lambda: stopped.append(clock.now))
    monkeypatch.setattr(heart, "_renew", fail)
    clock.now = settings.QUEUE_LEASE.total_seconds() - 1
    heart.beat()
    assert stopped == []
    clock.now += 2
    heart.beat()
    assert stopped == [clock.now]


def test_the_thread_beats_and_ends():
    heart = Heartbeat("a", "caption")
    heart.start()
    heart.stop()
    assert not heart._thread.is_alive()
    assert WorkerBeat.objects.filter(pk="a").exists()
