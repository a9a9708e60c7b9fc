"""Holding a request open until its job is done: a few requests at a time, so that the others keep their threads."""

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from uuid import UUID

from django.conf import settings

from webapp.library.models import Image

MAX_WAIT = 30.0
_STEP = 0.15


class Seats:
    """Counts the requests of this process that wait."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._taken = 0

    @contextmanager
    def take(self) -> Iterator[bool]:
        """Gives whether there was a seat left of ``API_MAX_WAITERS``; it is given back at the end."""
        with self._lock:
            seated = self._taken < settings.API_MAX_WAITERS
            self._taken += seated
        try:
            yield seated
        finally:
            with self._lock:
                self._taken -= seated


_seats = Seats()


def wait_for(job: UUID, seconds: float) -> None:
    """Returns when no image of the job waits any more, after the seconds, or at once when all seats are taken."""
    if seconds <= 0:
        return
    with _seats.take() as seated:
        until = time.monotonic() + seconds
        while seated and time.monotonic() < until and _is_pending(job):
            time.sleep(_STEP)


def _is_pending(job: UUID) -> bool:
    return Image.objects.filter(job=job, state=Image.State.WAITING).exists()
