"""Draining: claim, run, write, until nothing is due, the time is up, or the worker stops."""

import logging
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from webapp.library.trouble import passing_trouble
from webapp.queue.claim import claim
from webapp.queue.fail import fail
from webapp.queue.hints import hint
from webapp.queue.models import Work
from webapp.queue.release import free_held
from webapp.queue.sweep import sweep
from worker.heartbeat import Heartbeat

logger = logging.getLogger(__name__)

SWEEP_EVERY = 10.0  # seconds

BATCH_FAILED = "batch_failed"


@dataclass(frozen=True, slots=True)
class Duty:
    """What a worker does with the rows of its queue.

    run: brings every row that was claimed to its next state, ``at_once`` of them at most. failed: the sentence for a
    row at which it broke.
    """

    queue: str
    at_once: int
    run: Callable[[Sequence[Work]], None]
    failed: str


class Drain:
    """The drain of one worker process; it remembers when it swept last."""

    def __init__(self, duty: Duty, heartbeat: Heartbeat, *, clock: Callable[[], float] = time.monotonic) -> None:
        self._duty = duty
        self._heartbeat = heartbeat
        self._clock = clock
        self._swept_at: float | None = None
        self._left_over = False  # rows are still ours, since the database failed when they were to be freed

    def run(self, *, budget: float, stopping: Callable[[], bool]) -> int:
        """Drains the queue and returns how many rows were claimed.

        Batches form by themselves: while one runs the queue fills the next. Rows that must go alone take turns with
        ordinary batches, so that neither starves.

        Args:
            budget: seconds after which no further batch is begun; then a hint is left for the rest.
            stopping: whether the worker is shutting down.
        """
        end = self._clock() + budget
        count = 0
        alone = False
        if self._left_over:
            self._free_uncharged()
        while not stopping():
            self._sweep_now_and_then()
            works = self._claim(alone=alone) or self._claim(alone=not alone)
            if not works:
                return count
            count += len(works)
            alone = not works[0].alone
            self._run(works)
            if self._clock() >= end:
                break
        hint(self._duty.queue)
        return count

    def _claim(self, *, alone: bool) -> list[Work]:
        return claim(self._duty.queue, self._heartbeat.worker, self._duty.at_once, alone=alone)

    def _run(self, works: list[Work]) -> None:
        started = self._clock()
        try:
            with self._heartbeat.batch():
                self._duty.run(works)
        except Exception as error:
            if passing_trouble(error) is not None:  # the database failed, which is no row's fault
                self._free_uncharged()
                raise
            # Whatever it was, the rows must not stay with us: one alone is charged, several go again one by one.
            if len(works) == 1:
                fail(works[0], BATCH_FAILED, self._duty.failed, fault_of_image=False)
            else:
                free_held(self._heartbeat.worker, crashed=True)
            raise
        logger.info("Ended %d rows in %.2f s.", len(works), self._clock() - started)

    def _free_uncharged(self) -> None:
        """Frees what we hold after the database failed, which is no image's fault.

        Should it still fail, the next run frees them, or else their lease runs out.
        """
        self._left_over = True
        free_held(self._heartbeat.worker, crashed=False)
        self._left_over = False

    def _sweep_now_and_then(self) -> None:
        now = self._clock()
        if self._swept_at is None or now - self._swept_at >= SWEEP_EVERY:
            self._swept_at = now
            sweep()
