"""Debian's PostgreSQL and Redis, started for a test on free loopback ports and stopped after it."""

import os
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def need(program: str, *folders: Path) -> str:
    """The program's path. Without it the test is skipped; where services are required it fails."""
    found = shutil.which(program, path=os.pathsep.join([*map(str, folders), os.environ.get("PATH", "")]))
    if found is None:
        reason = f"{program} is not installed (make test installs it as root on Debian)"
        if os.environ.get("REQUIRE_SERVICES") == "1":
            pytest.fail(reason)
        pytest.skip(reason)
    return found


@contextmanager
def postgresql() -> Iterator[str]:
    """A fresh PostgreSQL; gives the URL of its empty database."""
    versions = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda path: float(path.parent.name), reverse=True)
    initdb, postgres, pg_isready = (need(program, *versions) for program in ("initdb", "postgres", "pg_isready"))
    port = free_port()
    with tempfile.TemporaryDirectory(prefix="captioner-pg-", dir=_fast_folder()) as folder:
        as_user = []
        if os.geteuid() == 0:  # PostgreSQL refuses to run as root; this one also ends with us, however we end
            as_user = [need("setpriv"), "--reuid=postgres", "--regid=postgres", "--clear-groups", "--pdeathsig=INT"]
            shutil.chown(folder, "postgres")
        data, log = f"{folder}/data", Path(folder, "log")
        options = ["-p", str(port), "-k", folder, "-c", "listen_addresses=127.0.0.1", "-c", "fsync=off"]
        with log.open("ab") as output:
            create = [
                *as_user,
                initdb,
                "-D",
                data,
                "-U",
                "captioner",
                "-A",
                "trust",
                "-E",
                "UTF8",
                "--locale=C",
                "--no-sync",
            ]
            created = subprocess.run(create, stdout=output, stderr=output, cwd=folder)
            assert created.returncode == 0, log.read_text()
            process = subprocess.Popen(
                [*as_user, postgres, "-D", data, *options], stdout=output, stderr=output, cwd=folder
            )
        try:
            _wait(lambda: subprocess.run([pg_isready, "-q", "-h", "127.0.0.1", "-p", str(port)]).returncode == 0, log)
            yield f"postgres://captioner@127.0.0.1:{port}/postgres"
        finally:
            process.send_signal(signal.SIGINT)  # its "fast" shutdown: waits for nobody
            process.wait(timeout=30)


def _fast_folder() -> str | None:
    """Memory where there is enough of it: emptying all tables after each test costs a disk seconds."""
    memory = Path("/dev/shm")
    return str(memory) if memory.is_dir() and shutil.disk_usage(memory).free > 1_000_000_000 else None


@contextmanager
def redis() -> Iterator[str]:
    """A fresh Redis that keeps nothing on disk; gives its URL."""
    server = need("redis-server")
    port = free_port()
    with tempfile.TemporaryDirectory(prefix="captioner-redis-") as folder:
        command = [server, "--bind", "127.0.0.1", "--port", str(port), "--save", "", "--dir", folder]
        process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
        try:
            _wait(lambda: _listens(port), Path(os.devnull))
            yield f"redis://127.0.0.1:{port}/0"
        finally:
            process.terminate()
            process.wait(timeout=10)


def _listens(port: int) -> bool:
    try:
        socket.create_connection(("127.0.0.1", port), timeout=1).close()
    except OSError:
        return False
    return True


def _wait(answers: Callable[[], bool], log: Path, seconds: float = 60) -> None:
    deadline = time.monotonic() + seconds
    while not answers():
        assert time.monotonic() < deadline, f"the server does not answer\n{log.read_text()}"
        time.sleep(0.1)
