"""The supervisor: starts services, restarts what dies, and stops all in good order."""

import logging
import signal
import time
from collections.abc import Callable, Sequence
from types import FrameType

from webapp.serving.errors import ServingError
from webapp.serving.leaving import STOP_SIGNALS, Leaving
from webapp.serving.service import MAX_DEATHS, SHORT_LIFE, Service

logger = logging.getLogger(__name__)

_TICK = 0.2  # seconds between looks at the processes
_LOOK_AFTER = 5.0  # seconds between looks at their well-being
GRACE = 8.0  # seconds that services get to stop; less than the ten that container engines give us


class Supervisor:
    """Runs services until a signal asks it to stop, or until one of them cannot be kept alive."""

    def __init__(self, services: Sequence[Service], *, each_tick: Callable[[], None] | None = None) -> None:
        self._services = services
        self._each_tick = each_tick
        self._asked_to_stop = False

    def run(self, leaving: Leaving | None = None) -> None:
        """Blocks until all services have stopped.

        Args:
            leaving: whether a signal asked for the end before this listened to signals.

        Raises:
            ServingError: a service died five times in a row soon after its start; the others were stopped.
        """
        before = {number: signal.signal(number, self._on_signal) for number in STOP_SIGNALS}
        if leaving is not None and leaving.asked:
            self._asked_to_stop = True
        try:
            self._keep_running()
        finally:
            self._stop()
            for number, handler in before.items():
                signal.signal(number, handler)

    def _on_signal(self, number: int, frame: FrameType | None) -> None:
        self._asked_to_stop = True

    def _keep_running(self) -> None:
        looked_at = time.monotonic()
        while not self._asked_to_stop:
            now = time.monotonic()
            for service in self._services:
                self._attend(service, now)
            if now - looked_at >= _LOOK_AFTER:
                looked_at = now
                self._look_after(now)
            if self._each_tick:
                self._each_tick()
            time.sleep(_TICK)

    def _attend(self, service: Service, now: float) -> None:
        if service.process is None:
            if now >= service.start_at:
                service.start(now)
            return
        status = service.ended()
        if status is None:
            return
        logger.error("The %s process ended (%s). Starting it again.", service.name, _in_words(status))
        if not service.bury(now, crashed=True):
            raise ServingError(
                f"The {service.name} process died {MAX_DEATHS} times in a row, each time within "
                f"{SHORT_LIFE:.0f} seconds of its start, so Captioner stops. The lines above say why."
            )

    def _look_after(self, now: float) -> None:
        for service in self._services:
            process = service.process
            if process is not None and not service.is_well(process.pid, now - service.started_at):
                logger.error("The %s process gives no sign of life. Killing it.", service.name)
                service.signal(signal.SIGKILL)

    def _stop(self) -> None:
        for service in self._services:
            service.signal(signal.SIGTERM)
        deadline = time.monotonic() + GRACE
        while time.monotonic() < deadline and any(s.process and s.ended() is None for s in self._services):
            time.sleep(_TICK / 4)
        for service in self._services:
            if service.process is not None:
                service.signal(signal.SIGKILL)
                service.process.wait()
                service.bury(time.monotonic(), crashed=False)


def _in_words(status: int) -> str:
    if status >= 0:
        return f"exit status {status}"
    return f"signal {signal.Signals(-status).name}"
