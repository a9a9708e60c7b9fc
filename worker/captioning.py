"""The duty of the caption queue."""

from django.conf import settings

from webapp.queue.models import Work
from worker.batch import Engine, run_batch
from worker.drain import Duty

_FAILED = "Something went wrong while this picture was described. Try again in some minutes."


def captioning(engine: Engine) -> Duty:
    """Describes pictures with the engine, batch by batch."""
    return Duty(
        queue=Work.Queue.CAPTION,
        at_once=settings.BATCH_SIZE,
        run=lambda works: run_batch(works, engine),
        failed=_FAILED,
    )
