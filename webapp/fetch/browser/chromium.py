"""A Chromium of our own, for one page: a fresh profile, no way to the network, gone when the page is built."""

import fcntl
import os
import shutil
import signal
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress

from webapp.fetch.browser.pipe import Pipe
from webapp.fetch.errors import BrowserFailed

_NAMES = ("chromium", "chromium-browser", "google-chrome-stable", "google-chrome")
_ARGUMENTS = (
    "--headless=new",
    "--remote-debugging-pipe",
    # No way out beside the pipe: no name resolves, and every connection would go to a proxy that is not there.
    "--host-resolver-rules=MAP * ~NOTFOUND",
    "--proxy-server=http://0.0.0.0:9",
    "--proxy-bypass-list=<-loopback>",
    "--webrtc-ip-handling-policy=disable_non_proxied_udp",
    "--disable-quic",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-domain-reliability",
    "--disable-sync",
    "--disable-extensions",
    "--disable-default-apps",
    "--dns-prefetch-disable",
    "--no-pings",
    "--no-first-run",
    "--no-default-browser-check",
    "--disable-breakpad",
    "--disable-dev-shm-usage",
    "--disable-gpu",
    "--mute-audio",
    "--password-store=basic",
    "--window-size=1280,1024",
    "--js-flags=--max-old-space-size=512",
)
_FROM_US, _TO_US = 3, 4  # where Chromium expects its pipe


def find_chromium() -> str | None:
    """The path of Chromium, where one is installed."""
    return next((path for name in _NAMES if (path := shutil.which(name))), None)


@contextmanager
def chromium(path: str, *, sandbox: bool = True) -> Iterator[Pipe]:
    """Starts Chromium, and ends it with all that it started. It gets nothing of our environment.

    Raises BrowserFailed where it does not start.

    sandbox: without it a page that breaks out of the browser is on this machine. Only as root is there no other way.
    """
    with tempfile.TemporaryDirectory(prefix="captioner-browser-", ignore_cleanup_errors=True) as home:
        arguments = [path, *_ARGUMENTS, f"--user-data-dir={home}", *(() if sandbox else ("--no-sandbox",))]
        pid, pipe = _start([*arguments, "about:blank"], {"HOME": home, "PATH": os.defpath, "LANG": "C.UTF-8"})
        try:
            yield pipe
        finally:
            with suppress(ProcessLookupError):
                os.killpg(pid, signal.SIGKILL)
            os.waitpid(pid, 0)
            pipe.close()


def _start(arguments: list[str], environment: dict[str, str]) -> tuple[int, Pipe]:
    """posix_spawn, since forking in a process of many threads may hang. All of our files stay closed to the child."""
    theirs, write = _pipe()
    read, ours = _pipe()
    try:
        pid = os.posix_spawn(
            arguments[0],
            arguments,
            environment,
            setpgroup=0,
            file_actions=[
                *((os.POSIX_SPAWN_OPEN, fd, os.devnull, os.O_RDWR, 0) for fd in (0, 1, 2)),
                (os.POSIX_SPAWN_DUP2, theirs, _FROM_US),
                (os.POSIX_SPAWN_DUP2, ours, _TO_US),
            ],
        )
    except OSError as error:
        os.close(read)
        os.close(write)
        raise BrowserFailed(detail=f"{arguments[0]}: {error}") from error
    finally:
        os.close(theirs)
        os.close(ours)
    return pid, Pipe(read, write)


def _pipe() -> tuple[int, int]:
    """A pipe whose ends are not in the way of those that the child expects."""
    ends = os.pipe()
    try:
        first, second = (fcntl.fcntl(end, fcntl.F_DUPFD_CLOEXEC, 10) for end in ends)
    finally:
        for end in ends:
            os.close(end)
    return first, second
