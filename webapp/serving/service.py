"""What the supervisor keeps running: one service is one command, restarted when it dies."""

import signal
import subprocess
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from webapp.serving.process import signal_group, spawn

MAX_DEATHS = 5
SHORT_LIFE = 120.0  # seconds: longer than loading the model takes on a slow machine
_FIRST_PAUSE = 0.5  # seconds
_LONGEST_PAUSE = 10.0


def _no_cleanup(process_id: int, crashed: bool) -> int:
    return 0


def _is_well(process_id: int, age: float) -> bool:
    return True


@dataclass
class Service:
    """A command and how to care for its process.

    Attributes:
        name: for the log.
        command: program and arguments.
        environment: the whole environment of the process.
        orphan_signal: what the kernel sends it when the supervisor dies.
        clean_up: called with the process number after each end, and whether it crashed; returns how many rows it held.
        is_well: called with the process number and its age in seconds now and then; a process that is not is killed.
    """

    name: str
    command: Sequence[str]
    environment: Mapping[str, str]
    orphan_signal: signal.Signals = signal.SIGKILL
    clean_up: Callable[[int, bool], int] = _no_cleanup
    is_well: Callable[[int, float], bool] = _is_well

    process: subprocess.Popen[bytes] | None = field(default=None, init=False)
    started_at: float = field(default=0.0, init=False)
    start_at: float = field(default=0.0, init=False)
    _deaths: int = field(default=0, init=False)

    def start(self, now: float) -> None:
        """Starts the process."""
        self.process = spawn(self.command, environment=self.environment, orphan_signal=self.orphan_signal)
        self.started_at = now

    def signal(self, number: signal.Signals) -> None:
        """Sends a signal to the process and its children, if it runs."""
        if self.process is not None:
            signal_group(self.process, number)

    def ended(self) -> int | None:
        """The exit status if the process has ended (negative: the signal), else None."""
        return None if self.process is None else self.process.poll()

    def bury(self, now: float, *, crashed: bool) -> bool:
        """Cleans up after a process that has ended and plans the next start. Returns whether it may be started again.

        Five deaths in a row, each soon after the start, are the limit. A death in mid-batch is not counted: it
        is charged to the row, whose own attempts are limited, and some bad pictures must not stop the service.
        """
        assert self.process is not None
        if now - self.started_at >= SHORT_LIFE:
            self._deaths = 0
        process_id = self.process.pid
        signal_group(self.process, signal.SIGKILL)  # whatever it may have left running
        self.process = None
        held = self.clean_up(process_id, crashed)
        if not held:
            self._deaths += 1
        self.start_at = now + min(_FIRST_PAUSE * 2 ** max(0, self._deaths - 1), _LONGEST_PAUSE)
        return self._deaths < MAX_DEATHS
