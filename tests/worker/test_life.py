"""The life of a worker process: its name, its model, its end."""

import os
import threading

import pytest
from celery.worker import state

from captioner.errors import CaptionerError
from tests.queue.pictures import ColourEngine, hand_over, works
from webapp.accounts.models import Owner
from webapp.library.submit import Linked, submit
from webapp.queue.claim import claim
from webapp.queue.models import Work, WorkerBeat
from webapp.serving import services
from worker import life

pytestmark = pytest.mark.django_db(transaction=True)


class LoadedEngine(ColourEngine):
    device = "cpu"
    dtype = "float32"
    threads = 2


@pytest.fixture(autouse=True)
def process(monkeypatch):
    """This process as a worker that the supervisor has just started, with an engine in the model's place."""
    service = services.worker("caption", name="host:1/caption-1")
    monkeypatch.setenv(life.NAME_VARIABLE, service.environment[life.NAME_VARIABLE])
    monkeypatch.setattr(life, "load_engine", LoadedEngine)
    yield service
    if life.heartbeat.cache_info().currsize:
        life.heartbeat().stop()
    life.heartbeat.cache_clear()
    life.drain.cache_clear()


def test_the_supervisor_frees_what_is_claimed_under_the_worker_s_own_name(process):
    job = hand_over(1)
    claim("caption", life.heartbeat().worker, 8, alone=False)
    assert process.clean_up(os.getpid(), True) == 1
    assert works(job)[0].status == Work.Status.QUEUED


def test_a_caption_worker_loads_its_model_before_the_first_picture_and_says_so():
    life.begin()
    assert WorkerBeat.objects.values_list("queue", "model", "device").get() == ("caption", "colours-1", "cpu")


def test_a_fetch_worker_loads_no_model(monkeypatch):
    monkeypatch.setattr(life, "_queue", lambda: "fetch")
    life.begin()
    assert life.drain.cache_info().currsize == 0


def test_a_fetch_worker_drains_its_queue_without_a_model(monkeypatch):
    monkeypatch.setattr(life, "_queue", lambda: "fetch")
    monkeypatch.setattr(life, "load_engine", None)
    submit(Owner.objects.create(kind=Owner.Kind.SESSION), [Linked("http://127.0.0.1/cat.jpg")])
    assert life.drain("fetch").run(budget=1e9, stopping=lambda: False) == 1
    assert Work.objects.get().error_code == "unreachable"


def test_a_model_that_cannot_be_loaded_ends_the_process_with_its_sentence(monkeypatch, caplog):
    def broken():
        raise CaptionerError("The model is broken.")

    monkeypatch.setattr(life, "load_engine", broken)
    with pytest.raises(SystemExit):
        life.begin()
    assert "The model is broken." in caplog.text


def test_a_worker_that_ends_in_good_order_gives_back_what_it_holds():
    job = hand_over(1)
    life.begin()
    claim("caption", life.heartbeat().worker, 8, alone=False)
    life.end()
    assert [(work.status, work.attempts) for work in works(job)] == [(Work.Status.QUEUED, 0)]
    assert not WorkerBeat.objects.exists()
    assert "heartbeat" not in {thread.name for thread in threading.enumerate()}


@pytest.mark.parametrize("word", ["should_stop", "should_terminate"])
def test_a_worker_that_celery_asks_to_stop_knows(monkeypatch, word):
    assert not life.stopping()
    monkeypatch.setattr(state, word, 0)  # the exit status, which may be 0
    assert life.stopping()
