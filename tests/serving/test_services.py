"""What the supervisor starts, and how it cares for workers."""

from datetime import timedelta

import pytest
from django.db import OperationalError
from django.utils import timezone

from tests.queue.pictures import hand_over, works
from webapp.management.commands.serve import _caption_workers
from webapp.queue.claim import claim
from webapp.queue.models import Work, WorkerBeat
from webapp.serving import services
from webapp.serving.address import Address


def test_the_web_server_never_runs_in_debug_mode(monkeypatch):
    monkeypatch.setenv("DEBUG", "true")
    web = services.web(Address("127.0.0.1", 8001))
    assert web.environment["DEBUG"] == "false"
    assert "127.0.0.1:8001" in web.command


def test_a_worker_is_told_its_queue_name_and_device(settings):
    worker = services.worker("caption", name="host:1/caption-1", device="cuda:1", threads=2)
    assert {"--queues", "caption"} <= set(worker.command)
    assert worker.environment["CAPTIONER_WORKER"] == "host:1/caption-1"
    assert worker.environment["CAPTIONER_DEVICE"] == "cuda:1"
    assert worker.environment["OMP_NUM_THREADS"] == "2"
    assert worker.environment["DATA_DIR"] == str(settings.DATA_DIR)


def test_workers_share_the_cores(monkeypatch):
    monkeypatch.delenv("OMP_NUM_THREADS", raising=False)
    monkeypatch.setattr("os.cpu_count", lambda: 8)
    assert [worker.environment.get("OMP_NUM_THREADS") for worker in _caption_workers("host", 1)] == [None]
    assert [worker.environment.get("OMP_NUM_THREADS") for worker in _caption_workers("host", 3)] == ["2"] * 3
    names = {worker.environment["CAPTIONER_WORKER"] for worker in _caption_workers("host", 3)}
    assert len(names) == 3


@pytest.mark.django_db(transaction=True)
def test_a_death_frees_the_rows_of_that_process_only():
    first = hand_over(1)
    claim("caption", "name:77", 8, alone=False)
    second = hand_over(2)
    claim("caption", "name:78", 8, alone=False)
    worker = services.worker("caption", name="name")
    assert worker.clean_up(77, True) == 1
    assert [(work.status, work.attempts) for work in works(first)] == [(Work.Status.QUEUED, 1)]
    assert works(second)[0].status == Work.Status.RUNNING
    assert worker.clean_up(78, False) == 1
    assert [(work.status, work.attempts) for work in works(second)] == [(Work.Status.QUEUED, 0)]


@pytest.mark.django_db(transaction=True)  # in none of its own: the supervisor closes connections that are too old
@pytest.mark.parametrize(
    ("beat_age", "process_age", "well"),
    [(None, 10, True), (None, 121, False), (5, 500, True), (61, 500, False)],
)
def test_a_worker_is_well_while_it_beats(beat_age, process_age, well):
    now = timezone.now()
    if beat_age is not None:
        beat_at = now - timedelta(seconds=beat_age)
        WorkerBeat.objects.create(pk="name:77", queue="caption", started_at=now, beat_at=beat_at)
    assert services.worker("caption", name="name").is_well(77, process_age) is well


@pytest.mark.django_db(transaction=True)
def test_a_database_that_does_not_answer_is_no_reason_to_kill_or_to_stop(monkeypatch):
    def down(*args, **kwargs):
        raise OperationalError("gone")

    monkeypatch.setattr(services, "release", down)
    monkeypatch.setattr(WorkerBeat.objects, "filter", down)
    worker = services.worker("caption", name="name")
    assert worker.clean_up(77, True) == 0
    assert worker.is_well(77, 500) is True
