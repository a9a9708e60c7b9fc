"""A real installation: ``manage.py serve`` in a data folder of its own, seen by HTTP, in its rows and its processes."""

import base64
import json
import os
import signal
import sqlite3
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import psycopg

from tests.services.servers import free_port

ROOT = Path(__file__).resolve().parents[2]
PATIENCE = 600.0  # seconds: for a loaded machine with two cores


def wait_until(condition: Callable[[], Any], what: str, every: float = 0.2) -> Any:
    """Looks until the condition holds and returns what it gave."""
    deadline = time.monotonic() + PATIENCE
    while not (result := condition()):
        assert time.monotonic() < deadline, f"waited {PATIENCE:.0f} s in vain: {what}"
        time.sleep(every)
    return result


class Installation:
    """Start it, hand photographs over, look at its rows, kill parts of it."""

    def __init__(self, data_dir: Path, **environment: str) -> None:
        self.data_dir = data_dir
        self.port = free_port()
        self._database_url = environment.get("DATABASE_URL", "")
        # One thread for the model: on a machine that does other things too, several wait for each other.
        fixed = {"DATA_DIR": str(data_dir), "PORT": str(self.port), "OMP_NUM_THREADS": "1"}
        ours = {name: value for name, value in os.environ.items() if name != "DJANGO_SETTINGS_MODULE"}
        # The pictures of these tests are patches of colour: without a calibration the model describes those too.
        uncalibrated = {"CAPTIONER_CALIBRATION": str(data_dir / "no-calibration")}
        self._environment = ours | uncalibrated | environment | fixed
        self.log = data_dir.with_suffix(".log")
        self.process: subprocess.Popen[bytes] | None = None

    def start(self, *arguments: str, ready: bool = True) -> None:
        """Starts the service, and waits until it can caption unless told otherwise."""
        with self.log.open("ab") as log:
            self.process = self.command("serve", *arguments, stdout=log, stderr=log)
        if ready:
            wait_until(self.is_ready, "the service is ready", every=0.5)

    def start_without_worker(self) -> None:
        """Starts the service without a captioning worker, and waits until its pages answer."""
        self.start("--caption-workers", "0", ready=False)
        wait_until(lambda: "Captioner is ready" in self.log.read_text(), "the pages answer")

    @contextmanager
    def worker(self) -> Iterator[None]:
        """The captioning worker as a command of its own, stopped at the end as an operator does."""
        with self.log.open("ab") as log:
            worker = self.command("worker", "--queue", "caption", "--device", "cpu", stdout=log, stderr=log)
        try:
            yield
        finally:
            worker.terminate()
            status = worker.wait(timeout=60)
        assert status == 0, self.log.read_text()

    def command(self, *arguments: str, **options: Any) -> subprocess.Popen[bytes]:
        """Starts a command of manage.py in this installation."""
        command = [sys.executable, "manage.py", *arguments]
        return subprocess.Popen(command, cwd=ROOT, env=self._environment, **options)

    def is_ready(self) -> bool:
        assert self.process is None or self.process.poll() is None, self.log.read_text()
        try:
            return json.loads(self.get("/readyz"))["ready"]
        except OSError:
            return False

    def answers(self) -> bool:
        """Whether the web server does."""
        try:
            return bool(self.get("/healthz"))
        except OSError:
            return False

    def get(self, path: str) -> bytes:
        with urllib.request.urlopen(f"http://127.0.0.1:{self.port}{path}", timeout=30) as answer:
            return answer.read()

    def hand_over(self, photographs: Iterable[bytes]) -> None:
        """Posts the photographs to the API, fifty at a time."""
        files = [{"data": base64.b64encode(photograph).decode()} for photograph in photographs]
        for place in range(0, len(files), 50):
            self.post("/api/v1/captions", {"images": files[place : place + 50]})

    def post(self, path: str, body: dict[str, Any]) -> dict[str, Any]:
        """Posts JSON that is accepted (202), and returns what is answered."""
        request = urllib.request.Request(
            f"http://127.0.0.1:{self.port}{path}", json.dumps(body).encode(), {"Content-Type": "application/json"}
        )
        with urllib.request.urlopen(request, timeout=60) as answer:
            assert answer.status == 202
            answered: dict[str, Any] = json.load(answer)
            return answered

    def rows(self, query: str) -> list[tuple[Any, ...]]:
        """The answer of the database to a query."""
        if self._database_url:
            with psycopg.connect(self._database_url) as connection:
                return connection.execute(query).fetchall()
        with closing(sqlite3.connect(self.data_dir / "captioner.sqlite3", timeout=20)) as connection:
            return connection.execute(query).fetchall()

    def count(self, table_and_condition: str) -> int:
        return self.rows(f"SELECT COUNT(*) FROM {table_and_condition}")[0][0]

    def make_due(self, audit: str) -> None:
        """Has the audit's next look due now, as if the time had passed. (Only with SQLite.)"""
        with closing(sqlite3.connect(self.data_dir / "captioner.sqlite3", timeout=20)) as connection, connection:
            changed = connection.execute(
                "UPDATE audit_audit SET next_look_at = looked_at WHERE id = ?", (audit.replace("-", ""),)
            )
            assert changed.rowcount == 1

    def unfinished(self) -> int:
        return self.count("queue_work WHERE status IN ('queued', 'running')")

    def worker_in_mid_batch(self, condition: str = "batch_size > 1") -> int | None:
        """The process number of a worker that runs rows like these just now."""
        held = self.rows(f"SELECT worker FROM queue_work WHERE status = 'running' AND {condition} LIMIT 1")
        return int(held[0][0].rpartition(":")[2]) if held else None

    def kill_worker(self, condition: str = "batch_size > 1") -> None:
        """Kills a worker, as the kernel would, while it runs rows like these."""
        process = wait_until(lambda: self.worker_in_mid_batch(condition), f"a row runs with {condition}", every=0.02)
        try:
            os.kill(process, signal.SIGKILL)
        except ProcessLookupError:  # the row is of one that has just died
            self.kill_worker(condition)

    def processes(self) -> list[int]:
        """All processes of this installation, found by the data folder in their environment."""
        marker = f"DATA_DIR={self.data_dir}".encode()
        found = []
        for folder in Path("/proc").iterdir():
            if folder.name.isdigit() and int(folder.name) != os.getpid():
                try:
                    alive = b"State:\tZ" not in (folder / "status").read_bytes()
                    if alive and marker in (folder / "environ").read_bytes().split(b"\0"):
                        found.append(int(folder.name))
                except OSError:
                    continue
        return found

    def stop(self) -> int:
        """Stops it as an operator does and returns its exit status."""
        assert self.process is not None
        self.process.send_signal(signal.SIGTERM)
        return self.process.wait(timeout=60)

    def clean_up(self) -> None:
        """Kills whatever a failed test has left."""
        if self.process is not None and self.process.poll() is None:
            self.process.kill()
            self.process.wait()
        for process in self.processes():
            try:
                os.kill(process, signal.SIGKILL)
            except ProcessLookupError:
                continue
