"""Whether this installation can do its work now: the facts behind /readyz."""

import os
import uuid
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.db import DatabaseError, transaction
from django.utils import timezone
from kombu.exceptions import OperationalError

from webapp.broker import app
from webapp.queue.models import Work, WorkerBeat
from webapp.queue.state import QueueState

BEAT_AGE = timedelta(seconds=30)
OK = "ok"


def readiness() -> dict[str, Any]:
    """The facts, as plain JSON.

    ``{"ready": bool, "checks": {"database": str, "broker": str, "worker": str, "model": str}, "model": str | None,
    "queue": {"queued": int, "running": int, "oldest_wait_seconds": float} | None}``. A check is "ok" or a sentence that
    says what to do.
    """
    database = _database()
    beats: list[WorkerBeat] = []
    queue = None
    if database == OK:
        alive = WorkerBeat.objects.filter(queue=Work.Queue.CAPTION, beat_at__gte=timezone.now() - BEAT_AGE)
        beats = list(alive)
        state = QueueState.read()
        queue = {
            "queued": state.queued,
            "running": state.running,
            "oldest_wait_seconds": round(state.oldest_wait, 1),
        }
    models = sorted({beat.model for beat in beats if beat.model})
    checks = {
        "database": database,
        "broker": _broker(),
        "worker": OK if beats else "No captioning worker has been heard of for 30 seconds. See the log of its process.",
        "model": OK if models else "No worker has loaded its model yet. This takes some seconds after a start.",
    }
    return {
        "ready": all(check == OK for check in checks.values()),
        "checks": checks,
        "model": models[0] if models else None,
        "queue": queue,
    }


def _database() -> str:
    """Writes a row and takes it back: a read would not notice a disk that is read-only."""
    now = timezone.now()
    try:
        with transaction.atomic():
            WorkerBeat.objects.create(
                pk=f"readiness {uuid.uuid4()}", queue=Work.Queue.FETCH, started_at=now, beat_at=now
            )
            transaction.set_rollback(True)
    except DatabaseError:
        return "The database cannot be written. Check DATABASE_URL, or the disk that holds DATA_DIR."
    return OK


def _broker() -> str:
    if settings.CELERY_BROKER_URL.startswith("filesystem:"):
        if os.access(settings.BROKER_DIR, os.R_OK | os.W_OK | os.X_OK):
            return OK
        return "The broker's folder in DATA_DIR cannot be written. Check its owner and permissions."
    try:
        with app.connection_for_write() as connection:
            connection.ensure_connection(max_retries=1, interval_start=0, timeout=2)
    except (OperationalError, OSError):
        return "The broker does not answer. Check CELERY_BROKER_URL."
    return OK
