"""Telling the workers that there is work. A lost hint costs seconds, never a job: the sweep hints again."""

import logging

from django.db import transaction
from kombu.exceptions import OperationalError

from webapp.broker import app

logger = logging.getLogger(__name__)


def hint_after_commit(queue: str) -> None:
    """Sends a hint to the queue once the running transaction is committed; a broken broker is logged, not raised."""

    def send() -> None:
        hint(queue)

    transaction.on_commit(send, robust=True)


def hint(queue: str) -> bool:
    """Sends a hint now. Returns whether the broker took it."""
    try:
        app.send_task("worker.tasks.drain", args=[queue], queue=queue, expires=60, ignore_result=True)
    except (OperationalError, OSError):
        logger.warning("No hint sent to the %s queue: the broker does not answer. The sweep will send one.", queue)
        return False
    return True
