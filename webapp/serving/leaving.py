"""To be stopped while setting up."""

import signal
from types import FrameType, TracebackType
from typing import Self

STOP_SIGNALS = (signal.SIGTERM, signal.SIGINT, signal.SIGHUP)  # an operator, Ctrl-C, a terminal that closes


class Leaving:
    """While entered, a stop signal ends the set-up: being stopped is no failure, so the exit status is 0.

    A migration that is under way is rolled back, and done at the next start.

    Attributes:
        asked: whether a signal came. Python drops what is raised while it runs a finalizer, so that the exit
            may not come to pass: the supervisor, which takes over after the set-up, has to look at this.
    """

    def __init__(self) -> None:
        self.asked = False

    def __enter__(self) -> Self:
        self._before = {number: signal.signal(number, self._leave) for number in STOP_SIGNALS}
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        for number, handler in self._before.items():
            signal.signal(number, handler)

    def _leave(self, number: int, frame: FrameType | None) -> None:
        self.asked = True
        raise SystemExit(0)
