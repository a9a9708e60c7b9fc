"""The life of one worker process: its name, its heartbeat, its model, and what it gives back when it ends."""

import logging
import os
import socket
from functools import cache, partial
from typing import Any

from celery import signals
from celery.worker import state
from django.conf import settings
from django.db import DatabaseError

from captioner.errors import CaptionerError
from webapp.audit.at_address import HTML, SITEMAPS
from webapp.broker import app
from webapp.fetch.from_settings import browser, fetcher, polite_fetcher
from webapp.queue.models import Work
from webapp.queue.release import release
from webapp.webhooks.send import Post
from worker.captioning import captioning
from worker.drain import Drain
from worker.engine import load_engine
from worker.fetching import PICTURES, Network, fetching
from worker.heartbeat import Heartbeat

logger = logging.getLogger(__name__)

NAME_VARIABLE = "CAPTIONER_WORKER"  # what the supervisor calls its workers; the process number is added


@cache
def heartbeat() -> Heartbeat:
    """The heartbeat of this process, begun at the first call."""
    name = os.environ.get(NAME_VARIABLE) or socket.gethostname()[:60]
    beating = Heartbeat(f"{name}:{os.getpid()}", _queue())
    beating.start()
    return beating


@cache
def drain(queue: str) -> Drain:
    """The drain of one of the queues that this process consumes; that of captions loads the model at the first call."""
    if queue == Work.Queue.FETCH:
        polite, building = polite_fetcher(), browser()
        network = Network(
            get_picture=partial(polite.fetcher.get, accept=PICTURES),
            get_picture_of_page=partial(polite.get, accept=PICTURES),
            get_page=partial(polite.get, accept=(*HTML, *SITEMAPS), max_bytes=settings.MAX_PAGE_BYTES),
            get_built_page=partial(building.get, accept=(*HTML, *SITEMAPS)) if building else None,
        )
        return Drain(fetching(network), heartbeat())
    engine = load_engine()
    beating = heartbeat()
    beating.model, beating.device = engine.model, engine.device
    beating.beat()
    logger.info(
        "The model %s is loaded on %s: %s, threads: %d.", engine.model, engine.device, engine.dtype, engine.threads
    )
    return Drain(captioning(engine), beating)


@cache
def post() -> Post:
    """What hands webhooks their deliveries."""
    return fetcher().post


def stopping() -> bool:
    """Whether Celery has asked this worker to stop."""
    return state.should_stop is not None or state.should_terminate is not None


def _queue() -> str:
    consumed = set(app.amqp.queues.consume_from)
    return str(Work.Queue.CAPTION if Work.Queue.CAPTION in consumed else Work.Queue.FETCH)


@signals.worker_process_init.connect
def begin(**_: Any) -> None:
    """Beats from the start, and loads the model before the first picture comes."""
    if heartbeat().queue != Work.Queue.CAPTION:
        return
    try:
        drain(Work.Queue.CAPTION)
    except CaptionerError as error:
        logger.critical("%s", error.message)
        raise SystemExit(1) from error


@signals.worker_shutdown.connect
def end(**_: Any) -> None:
    """Gives back what is held: a clean stop charges nothing."""
    beating = heartbeat()
    beating.stop()
    try:
        release(beating.worker, crashed=False)
    except DatabaseError:
        logger.warning("The rows held could not be given back; their lease will run out.", exc_info=True)
