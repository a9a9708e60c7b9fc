"""Debian's PostgreSQL and Redis, started for a test on free loopback ports and stopped after it."""

import os
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
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
    initdb, pg_ctl = need("initdb", *versions), need("pg_ctl", *versions)
    port = free_port()
    with tempfile.TemporaryDirectory(prefix="captioner-pg-", dir=_fast_folder()) as folder:
        as_user = []
        if os.geteuid() == 0:  # PostgreSQL refuses to run as root
            as_user = [need("runuser"), "-u", "postgres", "--"]
            shutil.chown(folder, "postgres")
        data = f"{folder}/data"

        def run(*command: str) -> None:
            log = Path(folder, "log")
            with log.open("a") as output:
                done = subprocess.run([*as_user, *command], stdout=output, stderr=output, cwd=folder)
            assert done.returncode == 0, log.read_text()

        run(initdb, "-D", data, "-U", "captioner", "-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync")
        options = f"-p {port} -k {folder} -c listen_addresses=127.0.0.1 -c fsync=off"
        run(pg_ctl, "-D", data, "-o", options, "-w", "start")
        try:
            yield f"postgres://captioner@127.0.0.1:{port}/postgres"
        finally:
            run(pg_ctl, "-D", data, "-m", "immediate", "stop")


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
            wait_for_port(port)
            yield f"redis://127.0.0.1:{port}/0"
        finally:
            process.terminate()
            process.wait(timeout=10)


def wait_for_port(port: int, seconds: float = 20) -> None:
    deadline = time.monotonic() + seconds
    while True:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            assert time.monotonic() < deadline, f"nothing listens on port {port}"
            time.sleep(0.05)
        else:
            return
