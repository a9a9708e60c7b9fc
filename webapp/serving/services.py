"""The services of an installation: web server, captioning workers, chores, and the clock."""

import hashlib
import logging
import os
import signal
import socket
import sys
from pathlib import Path

from django.conf import settings
from django.db import DatabaseError, close_old_connections
from django.utils import timezone

from webapp.queue.models import Work, WorkerBeat
from webapp.queue.release import release
from webapp.serving.address import Address
from webapp.serving.service import Service

logger = logging.getLogger(__name__)

CAPTION, FETCH = str(Work.Queue.CAPTION), str(Work.Queue.FETCH)

_WEB_PROCESSES = 2
_WEB_THREADS = 8
_FIRST_BEAT = 120.0  # seconds: a worker does not beat before its imports


def web(address: Address) -> Service:
    """Gunicorn with threads: requests wait for the database and the disk, never for the model."""
    options = {
        "--bind": str(address),
        "--worker-class": "gthread",
        "--workers": str(_WEB_PROCESSES),
        "--threads": str(_WEB_THREADS),
        "--timeout": "60",
        "--graceful-timeout": "5",
        "--log-level": "warning",
    }
    command = [sys.executable, "-m", "gunicorn", "webapp.wsgi:application", "--no-control-socket"]
    if Path("/dev/shm").is_dir():  # noqa: S108  (where gunicorn keeps its own beats, off the disk)
        options["--worker-tmp-dir"] = "/dev/shm"  # noqa: S108
    for option, value in options.items():
        command += [option, value]
    # Gunicorn's workers notice the end of their parent themselves; it must be able to tell them.
    return Service("web", command, environment(DEBUG="false"), orphan_signal=signal.SIGTERM)


def worker(queue: str, *, name: str, device: str = "", threads: int = 0) -> Service:
    """A Celery worker of one queue: a process of its own; only that of the caption queue loads torch.

    Args:
        queue: one of ``Work.Queue``.
        name: unlike that of any other worker of this installation.
        device: for the model; empty for the settings' own.
        threads: processor threads for the model; 0 for all.
    """
    command = [
        *(sys.executable, "-m", "celery", "--app", "worker", "--quiet", "--workdir", str(settings.BASE_DIR), "worker"),
        *("--queues", queue, "--hostname", f"{queue}@{name}", "--loglevel", "INFO"),
        *("--without-gossip", "--without-mingle", "--without-heartbeat"),
    ]
    variables = {"CAPTIONER_WORKER": name}
    if device:
        variables["CAPTIONER_DEVICE"] = device
    if threads:
        variables["OMP_NUM_THREADS"] = str(threads)

    def clean_up(process_id: int, crashed: bool) -> int:
        return _release(f"{name}:{process_id}", crashed=crashed)

    def is_well(process_id: int, age: float) -> bool:
        return _beats(f"{name}:{process_id}", age)

    return Service(f"{queue} worker", command, environment(**variables), clean_up=clean_up, is_well=is_well)


def clock() -> Service:
    """Celery's beat: sends the chores when they are due."""
    schedule = settings.DATA_DIR / "celerybeat-schedule"
    command = [
        *(sys.executable, "-m", "celery", "--app", "worker", "--quiet", "--workdir", str(settings.BASE_DIR), "beat"),
        *("--schedule", str(schedule), "--pidfile", "", "--loglevel", "WARNING"),
    ]
    return Service("clock", command, environment())


def environment(**variables: str) -> dict[str, str]:
    """Our own environment for a child (its settings module too), with an absolute DATA_DIR, and the given variables."""
    return os.environ | {"DATA_DIR": str(settings.DATA_DIR)} | variables


def installation_name() -> str:
    """Names this installation among those that share a database: the host and its data folder."""
    folder = hashlib.sha256(str(settings.DATA_DIR).encode()).hexdigest()[:8]
    return f"{socket.gethostname()[:40]}:{folder}"


def _release(worker_name: str, *, crashed: bool) -> int:
    try:
        close_old_connections()
        freed = release(worker_name, crashed=crashed)
    except DatabaseError:
        logger.warning("The rows of the worker could not be freed; their lease will run out.", exc_info=True)
        return 0
    if freed:
        logger.warning("Freed %d rows that the worker held.", freed)
    return freed


def _beats(worker_name: str, age: float) -> bool:
    """Whether the worker beat lately. Where the database cannot say, it gets the benefit of the doubt."""
    try:
        close_old_connections()
        beat = WorkerBeat.objects.filter(pk=worker_name).first()
    except DatabaseError:
        return True
    if beat is None:
        return age < _FIRST_BEAT
    return beat.beat_at > timezone.now() - settings.QUEUE_SILENCE
