"""The time that a whole fetch has left."""

import time
from collections.abc import Callable

from webapp.fetch.errors import FetchTimeout

Clock = Callable[[], float]


class Deadline:
    """Begins to run when it is made. The clock gives seconds and never goes back."""

    def __init__(self, seconds: float, clock: Clock = time.monotonic) -> None:
        self._clock = clock
        self._end = clock() + seconds

    def within(self, seconds: float) -> float:
        """The given seconds, or what is left where that is less.

        Raises:
            FetchTimeout: nothing is left.
        """
        left = self._end - self._clock()
        if left <= 0:
            raise FetchTimeout(detail="the time for the whole fetch is over")
        return min(seconds, left)

    def pause(self, action: Callable[[], None]) -> None:
        """Runs the action without its time being counted."""
        start = self._clock()
        action()
        self._end += self._clock() - start
