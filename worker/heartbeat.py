"""The sign of life of one worker process: renews its beat, and the leases of the batch that it runs."""

import logging
import os
import signal
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from django.conf import settings
from django.db import DatabaseError, close_old_connections, connection
from django.utils import timezone

from webapp.queue.models import Work, WorkerBeat

logger = logging.getLogger(__name__)

INTERVAL = 5.0  # seconds between beats


def stop_own_process() -> None:
    """Asks this process to end in good order."""
    os.kill(os.getpid(), signal.SIGTERM)


class Heartbeat:
    """Beats every few seconds from a thread of its own.

    Two things silence it. A batch that runs longer than ``QUEUE_BATCH_LIMIT`` hangs: the supervisor misses the beat,
    kills the process and frees its rows (without a supervisor their lease runs out). And a process that could not
    renew for a whole lease has lost its rows to others: it stops itself.
    """

    def __init__(
        self,
        worker: str,
        queue: str,
        *,
        stop_process: Callable[[], None] = stop_own_process,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self.worker = worker
        self.queue = queue
        self.model = ""
        self.device = ""
        self._stop_process = stop_process
        self._clock = clock
        self._started_at = timezone.now()
        self._batch_started: float | None = None
        self._renewed = clock()
        self._over = threading.Event()
        self._one_at_a_time = threading.Lock()
        self._thread = threading.Thread(target=self._run, name="heartbeat", daemon=True)

    def start(self) -> None:
        """Begins to beat."""
        self._thread.start()

    def stop(self) -> None:
        """Ends the thread."""
        self._over.set()
        if self._thread.is_alive():
            self._thread.join(timeout=INTERVAL)

    @contextmanager
    def batch(self) -> Iterator[None]:
        """Marks a batch as running: only then leases are renewed, and only up to the limit of a batch."""
        self._batch_started = self._clock()
        try:
            yield
        finally:
            self._batch_started = None

    def beat(self) -> None:
        """Beats once, from whichever thread."""
        started = self._batch_started
        if started is not None and self._clock() - started > settings.QUEUE_BATCH_LIMIT.total_seconds():
            logger.error("The batch runs longer than %s. No sign of life from here on.", settings.QUEUE_BATCH_LIMIT)
            return
        try:
            self._renew(leases=started is not None)
        except DatabaseError:
            logger.warning("No sign of life could be written.", exc_info=True)
            if self._clock() - self._renewed > settings.QUEUE_LEASE.total_seconds():
                logger.error("None for as long as a lease lasts: stopping.")
                self._stop_process()
        else:
            self._renewed = self._clock()

    def _renew(self, *, leases: bool) -> None:
        with self._one_at_a_time:  # else a slow beat would write what was true before the model was loaded
            now = timezone.now()
            if leases:
                held = Work.objects.filter(worker=self.worker, status=Work.Status.RUNNING)
                held.update(lease_until=now + settings.QUEUE_LEASE)
            facts = {"queue": self.queue, "model": self.model, "device": self.device, "beat_at": now}
            WorkerBeat.objects.update_or_create(
                pk=self.worker, defaults=facts, create_defaults={**facts, "started_at": self._started_at}
            )

    def _run(self) -> None:
        while True:
            close_old_connections()
            self.beat()
            if self._over.wait(INTERVAL):
                break
        connection.close()
