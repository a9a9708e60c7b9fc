"""What pages and the API say of the queue."""

from datetime import timedelta

import pytest
from django.utils import timezone

from tests.queue.pictures import hand_over, works
from webapp.queue.claim import claim
from webapp.queue.health import readiness
from webapp.queue.models import WorkerBeat
from webapp.queue.state import QueueState, position

pytestmark = pytest.mark.django_db(transaction=True)


def test_an_empty_queue():
    assert QueueState.read() == QueueState(queued=0, running=0, oldest_wait=0.0)


def test_a_queue_at_work():
    job = hand_over(1, 2, 3)
    first, second, third = works(job)
    assert [position(work) for work in (first, second, third)] == [0, 1, 2]
    claim("caption", "a", 1, alone=False)
    assert [position(work) for work in works(job)] == [0, 1, 2]
    claim("caption", "a", 2, alone=False)
    assert [position(work) for work in works(job)] == [0, 0, 0]
    assert QueueState.read() == QueueState(queued=0, running=3, oldest_wait=0.0)


def test_the_longest_wait():
    (work,) = works(hand_over(1))
    state = QueueState.read(now=work.next_attempt_at + timedelta(seconds=90))
    assert (state.queued, state.oldest_wait) == (1, 90.0)


def beat(*, age=0, model="nic-1", queue="caption"):
    now = timezone.now()
    WorkerBeat.objects.create(
        pk=f"{queue}-{age}-{model}", queue=queue, model=model, started_at=now, beat_at=now - timedelta(seconds=age)
    )


def test_ready_with_a_live_worker_that_has_its_model():
    beat()
    hand_over(1)
    facts = readiness()
    assert facts["ready"] is True
    assert facts["model"] == "nic-1"
    assert facts["queue"]["queued"] == 1
    assert set(facts["checks"].values()) == {"ok"}


@pytest.mark.parametrize(
    ("beats", "failing"),
    [
        ([], {"worker", "model"}),
        ([{"age": 31}], {"worker", "model"}),
        ([{"model": ""}], {"model"}),
        ([{"queue": "fetch"}], {"worker", "model"}),
    ],
)
def test_not_ready_without(beats, failing):
    for facts in beats:
        beat(**facts)
    facts = readiness()
    assert facts["ready"] is False
    assert {check for check, word in facts["checks"].items() if word != "ok"} == failing


def test_not_ready_without_a_broker(settings, tmp_path):
    beat()
    settings.CELERY_BROKER_URL = "filesystem://"
    settings.BROKER_DIR = tmp_path / "gone"
    assert "cannot be written" in readiness()["checks"]["broker"]


def test_looking_leaves_no_trace():
    readiness()
    assert not WorkerBeat.objects.exists()
