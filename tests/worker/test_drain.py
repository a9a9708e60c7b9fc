"""Draining: all that is due, ordinary batches and lone rows in turn, and an end when asked."""

from datetime import timedelta

import pytest
from django.db import OperationalError
from django.utils import timezone

from tests.queue.pictures import ColourEngine, PickyEngine, hand_over, images, works
from webapp.library.models import Image
from webapp.queue.claim import claim
from webapp.queue.models import Work
from worker import captioning as captioning_duty
from worker import drain as draining
from worker.captioning import captioning
from worker.drain import Drain
from worker.heartbeat import Heartbeat

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def hints(monkeypatch):
    sent = []
    monkeypatch.setattr(draining, "hint", sent.append)
    return sent


def drain(engine, *, budget=1e9, stopping=lambda: False, clock=lambda: 0.0):
    return Drain(captioning(engine), Heartbeat("a", "caption"), clock=clock).run(budget=budget, stopping=stopping)


def test_all_is_drained_in_batches(settings, hints):
    settings.BATCH_SIZE = 4
    job = hand_over(*range(10))
    engine = ColourEngine()
    assert drain(engine) == 10
    assert engine.batches == [4, 4, 2]
    assert {image.state for image in images(job)} == {Image.State.SUGGESTED}
    assert hints == []


def test_lone_rows_and_batches_take_turns(settings):
    settings.BATCH_SIZE = 2
    hand_over(*range(7))
    Work.objects.filter(image__position__lte=3).update(alone=True)
    engine = ColourEngine()
    drain(engine)
    assert engine.batches == [2, 1, 2, 1, 1]


def test_a_stopping_worker_begins_no_batch_and_leaves_a_hint(settings, hints):
    settings.BATCH_SIZE = 1
    hand_over(1, 2, 3)
    engine = ColourEngine()
    assert drain(engine, stopping=lambda: len(engine.batches) >= 2) == 2
    assert Work.objects.filter(status=Work.Status.QUEUED).count() == 1
    assert Work.objects.filter(status=Work.Status.RUNNING).count() == 0
    assert hints == ["caption"]


def test_when_the_time_is_up_a_hint_is_left_for_the_rest(settings, hints):
    settings.BATCH_SIZE = 1
    hand_over(1, 2, 3)
    ticks = iter(range(1000))
    engine = ColourEngine()
    drain(engine, budget=5, clock=lambda: next(ticks))
    assert 0 < len(engine.batches) < 3
    assert hints == ["caption"]


def test_a_batch_that_takes_long_keeps_its_rows():
    hand_over(1)
    soon = timezone.now() + timedelta(seconds=5)
    heart = Heartbeat("a", "caption")
    leases = []

    class SlowEngine(ColourEngine):
        def caption(self, pictures):
            Work.objects.update(lease_until=soon)
            heart.beat()
            leases.append(Work.objects.get().lease_until)
            return super().caption(pictures)

    Drain(captioning(SlowEngine()), heart, clock=lambda: 0.0).run(budget=1e9, stopping=lambda: False)
    assert leases[0] > soon


def test_what_a_worker_lost_unseen_is_found_while_draining():
    job = hand_over(1)
    claim("caption", "lost", 8, alone=False)
    Work.objects.update(lease_until=timezone.now() - timedelta(seconds=1), batch_size=2)
    assert drain(ColourEngine()) == 1
    assert [image.state for image in images(job)] == [Image.State.SUGGESTED]


def test_a_drain_sweeps_now_and_then_and_not_before_each_batch(settings, monkeypatch):
    settings.BATCH_SIZE = 1
    hand_over(*range(4))
    now, swept = [0.0], []
    monkeypatch.setattr(draining, "sweep", lambda: swept.append(now[0]))

    class SlowEngine(ColourEngine):
        def caption(self, pictures):
            now[0] += 0.4 * draining.SWEEP_EVERY
            return super().caption(pictures)

    drain(SlowEngine(), clock=lambda: now[0])
    assert len(swept) == 2
    assert swept[1] - swept[0] >= draining.SWEEP_EVERY


def test_rows_are_not_kept_by_a_batch_that_could_not_be_written(monkeypatch):
    def broken(works, engine):
        raise RuntimeError("no")

    monkeypatch.setattr(captioning_duty, "run_batch", broken)
    job = hand_over(1, 2)
    with pytest.raises(RuntimeError):
        drain(ColourEngine())
    assert [(work.status, work.attempts, work.alone) for work in works(job)] == [(Work.Status.QUEUED, 0, True)] * 2


def test_a_lone_row_is_charged_with_what_happened(monkeypatch):
    def broken(works, engine):
        raise RuntimeError("no")

    monkeypatch.setattr(captioning_duty, "run_batch", broken)
    job = hand_over(1)
    with pytest.raises(RuntimeError):
        drain(ColourEngine())
    (work,) = works(job)
    assert (work.status, work.attempts, work.error_code) == (Work.Status.QUEUED, 1, "batch_failed")


def test_a_database_that_fails_charges_nobody(monkeypatch):
    def broken(works, engine):
        raise OperationalError("the connection is lost")

    monkeypatch.setattr(captioning_duty, "run_batch", broken)
    job = hand_over(1)
    with pytest.raises(OperationalError):
        drain(ColourEngine())
    (work,) = works(job)
    assert (work.status, work.attempts, work.alone) == (Work.Status.QUEUED, 0, False)


def test_rows_that_a_failing_database_would_not_let_go_are_freed_uncharged_when_it_is_back(monkeypatch):
    def broken(*args, **kwargs):
        raise OperationalError("the connection is lost")

    job = hand_over(1)
    worker = Drain(captioning(ColourEngine()), Heartbeat("a", "caption"), clock=lambda: 0.0)
    with monkeypatch.context() as outage:
        outage.setattr(captioning_duty, "run_batch", broken)
        outage.setattr(draining, "free_held", broken)
        with pytest.raises(OperationalError):
            worker.run(budget=1e9, stopping=lambda: False)
    assert [work.status for work in works(job)] == [Work.Status.RUNNING]
    assert worker.run(budget=1e9, stopping=lambda: False) == 1
    assert [(work.status, work.attempts) for work in works(job)] == [(Work.Status.DONE, 0)]


def test_a_picture_that_cannot_be_captioned_fails_in_the_end(monkeypatch):
    monkeypatch.setattr("webapp.queue.fail.delay_after", lambda attempts: timedelta(0))
    job = hand_over(1)
    drain(PickyEngine(most=0))
    (image,) = images(job)
    assert (image.state, image.error_code) == (Image.State.FAILED, "caption_failed")
    assert works(job)[0].attempts == 3
