"""A fuse: work that fails again and again is left alone for a while, and the log hears of it once."""

import logging
import threading
import time
from collections.abc import Callable
from typing import TypeVar

logger = logging.getLogger(__name__)

_TELL_AGAIN = 60  # seconds without a pause, after which the log hears of the next one

Result = TypeVar("Result")


class Resting(Exception):  # noqa: N818 - no error: it is the fuse's answer
    """The work was not tried."""


class AskLater(Exception):  # noqa: N818 - named for what it says
    """The work went well, but is not to be tried again for some seconds."""

    def __init__(self, seconds: float) -> None:
        super().__init__(f"not before {seconds:g} seconds have passed")
        self.seconds = seconds


class Breaker:
    """After ``failures`` in a row nothing is tried for ``rest`` seconds; then one call tries, and decides for all.

    Work that raises ``AskLater`` did not fail: it is left alone for as long as it says, but ``rest`` seconds at most.
    clock: seconds that never go back.
    """

    def __init__(
        self, name: str, *, failures: int = 3, rest: float = 30, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._name, self._failures, self._rest, self._clock = name, failures, rest, clock
        self._lock = threading.Lock()
        self._failed = 0
        self._until = 0.0
        self._paused_until = 0.0
        self._quiet_until = 0.0

    def call(self, work: Callable[[], Result]) -> Result:
        """What the work gives.

        Raises:
            Resting: it was not tried.
            Exception: what the work raised, ``AskLater`` too.
        """
        with self._lock:
            if self._clock() < self._paused_until:
                raise Resting
            if self._failed >= self._failures:
                if self._clock() < self._until:
                    raise Resting
                self._until = self._clock() + self._rest  # for the others, while this one tries
        try:
            result = work()
        except AskLater as later:
            self._note_success()
            self._pause(later.seconds)
            raise
        except Exception:
            self._note_failure()
            raise
        self._note_success()
        return result

    def _note_success(self) -> None:
        with self._lock:
            was_down, self._failed = self._failed >= self._failures, 0
        if was_down:
            logger.warning("%s works again.", self._name)

    def _pause(self, seconds: float) -> None:
        with self._lock:
            now = self._clock()
            self._paused_until = now + min(max(seconds, 1), self._rest)
            is_new = now >= self._quiet_until
            self._quiet_until = self._paused_until + _TELL_AGAIN
        if is_new:
            logger.warning("%s is asked too often. Pages go out with the texts that are known.", self._name)

    def _note_failure(self) -> None:
        with self._lock:
            self._failed += 1
            self._until = self._clock() + self._rest
            first = self._failed == 1
        if first:
            logger.warning("%s failed. Pages go out without its texts.", self._name, exc_info=True)
