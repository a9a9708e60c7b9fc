"""The tasks, all thin. Their messages carry no work: the rows do."""

import logging

from django.core.management import call_command

from webapp.audit.due import begin_due_looks
from webapp.broker import app
from webapp.delivery.drafts import learn_drafts as learn
from webapp.queue import sweep as sweeping
from webapp.queue.models import Work
from worker import delivering, life

logger = logging.getLogger(__name__)

DRAIN_BUDGET = 20.0  # seconds after which a drain lets the process look at its messages again


@app.task(name="worker.tasks.drain")
def drain(queue: str) -> None:
    """There is work in the queue: takes it until none is due."""
    if queue not in Work.Queue.values:
        logger.error("The queue %r has no drain; its hint is dropped.", queue)
        return
    life.drain(queue).run(budget=DRAIN_BUDGET, stopping=life.stopping)


@app.task(name="worker.tasks.deliver")
def deliver() -> None:
    """Tells webhooks what they are owed; see ``worker.delivering``."""
    delivering.deliver(life.post(), budget=DRAIN_BUDGET, stopping=life.stopping)


@app.task(name="worker.tasks.sweep")
def sweep() -> None:
    """Frees, fails and hints again; see ``webapp.queue.sweep``."""
    swept = sweeping.sweep()
    if swept.freed or swept.failed:
        logger.warning("Freed %d rows and ended %d.", swept.freed, swept.failed)


@app.task(name="worker.tasks.look_again")
def look_again() -> None:
    """Begins the looks at audits that are due; see ``webapp.audit.due``."""
    if begun := begin_due_looks():
        logger.info("Began %d looks that were due.", begun)


@app.task(name="worker.tasks.learn_drafts")
def learn_drafts() -> None:
    """Has drafts given out where a site wants that; see ``webapp.delivery.drafts``."""
    learn()


@app.task(name="worker.tasks.prune")
def prune() -> None:
    """Removes what is past its retention; see ``manage.py prune``."""
    call_command("prune")
