"""Telling the workers that there is work. A lost hint costs seconds, never a job: the sweep hints again."""

import logging

from django.db import transaction
from kombu.exceptions import OperationalError

from webapp.broker import app
from webapp.queue.models import Work

logger = logging.getLogger(__name__)


def hint_after_commit(queue: str) -> None:
    """Sends a hint to the queue once the running transaction is committed; a broken broker is logged, not raised."""

    def send() -> None:
        hint(queue)

    transaction.on_commit(send, robust=True)


def hint(queue: str) -> bool:
    """Sends a hint now. Returns whether the broker took it."""
    return _send("worker.tasks.drain", queue, queue)


def hint_deliveries_after_commit() -> None:
    """Says to the fetch worker, once the running transaction is committed, that webhooks are to be told something."""
    transaction.on_commit(lambda: _send("worker.tasks.deliver", Work.Queue.FETCH), robust=True)


def _send(task: str, queue: str, *args: str) -> bool:
    try:
        app.send_task(task, args=args, queue=queue, expires=60, ignore_result=True)
    except (OperationalError, OSError):
        logger.warning("No hint sent to the %s queue: the broker does not answer. A chore will find the work.", queue)
        return False
    return True
