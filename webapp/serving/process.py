"""One child process that cannot outlive its supervisor."""

import ctypes
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence

_PR_SET_PDEATHSIG = 1
# Loaded here, since a child between fork and exec must not load libraries.
_libc = ctypes.CDLL(None, use_errno=True) if sys.platform == "linux" else None


def spawn(
    command: Sequence[str], *, environment: Mapping[str, str], orphan_signal: signal.Signals
) -> subprocess.Popen[bytes]:
    """Starts the command in a session of its own, so that Ctrl-C in a terminal reaches only the supervisor.

    On Linux the kernel sends it ``orphan_signal`` when the supervisor ends, even by SIGKILL. Must be called from the
    main thread, whose end is what the kernel watches.
    """
    return subprocess.Popen(  # noqa: S603  (our own commands)
        command,
        env=dict(environment),
        stdin=subprocess.DEVNULL,
        start_new_session=True,
        preexec_fn=_die_with_parent(os.getpid(), orphan_signal),
    )


def _die_with_parent(parent: int, orphan_signal: signal.Signals) -> Callable[[], None] | None:
    libc = _libc
    if libc is None:
        return None

    def ask_kernel() -> None:
        libc.prctl(_PR_SET_PDEATHSIG, int(orphan_signal), 0, 0, 0)
        if os.getppid() != parent:  # it died before we asked
            os._exit(1)

    return ask_kernel


def signal_group(process: subprocess.Popen[bytes], number: signal.Signals) -> None:
    """Sends a signal to the process and to all that it started."""
    try:
        os.killpg(process.pid, number)
    except ProcessLookupError:
        process.poll()
