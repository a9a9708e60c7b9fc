"""Time between requests to one host, whoever in this process makes them."""

import threading
import time
from collections.abc import Callable

from webapp.fetch.deadline import Clock
from webapp.fetch.errors import NotYet

_MANY_HOSTS = 1000


class Politeness:
    """Gives each host's requests their turns; threads may share it. Processes do not know of each other.

    Args:
        seconds: between the beginnings of two requests to a host.
        max_seconds: what a site may ask for instead (``Crawl-delay``); more is cut down to it.
        max_wait: seconds that a caller is kept; where its turn is further off, it has none yet.
        clock: monotonic seconds.
        sleep: waits for so many seconds.
    """

    def __init__(
        self,
        seconds: float = 1.0,
        max_seconds: float = 30.0,
        max_wait: float = 10.0,
        *,
        clock: Clock = time.monotonic,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self._seconds = seconds
        self._max_seconds = max_seconds
        self._max_wait = max_wait
        self._clock = clock
        self._sleep = sleep
        self._lock = threading.Lock()
        self._free_at: dict[str, float] = {}

    def reserve(self, host: str, asked: float = 0.0) -> float:
        """Takes the host's next turn; returns how many seconds off it is.

        Args:
            host: its name.
            asked: seconds that the site wants between requests.

        Raises:
            NotYet: it is further off than anybody is kept; the turn is not taken.
        """
        gap = max(self._seconds, min(asked, self._max_seconds))
        with self._lock:
            now = self._clock()
            if len(self._free_at) > _MANY_HOSTS:
                self._free_at = {name: free for name, free in self._free_at.items() if free > now}
            turn = max(now, self._free_at.get(host, now))
            if turn - now > self._max_wait:
                raise NotYet(turn - now)
            self._free_at[host] = turn + gap
        return turn - now

    def wait(self, host: str, asked: float = 0.0) -> None:
        """Takes the host's next turn, and waits for it. Raises NotYet."""
        seconds = self.reserve(host, asked)
        if seconds > 0:
            self._sleep(seconds)
