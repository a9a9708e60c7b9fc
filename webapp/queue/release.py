"""Releasing: rows that a worker held when it stopped or died go back to the queue."""

from collections.abc import Iterable

from django.conf import settings
from django.db import transaction

from webapp.queue.fail import charge, end_failed
from webapp.queue.held import follow_audits
from webapp.queue.hints import hint_after_commit
from webapp.queue.models import Work, WorkerBeat

DIED = "worker_died"
DIED_MESSAGE = "The worker stopped {times} times while it worked on this alone. Try again, or hand over a smaller file."


def release(worker: str, *, crashed: bool) -> int:
    """Frees what a worker held that has ended, and forgets its beat. Returns how many rows were freed.

    Args:
        worker: the name under which it claimed.
        crashed: it died in mid-batch. A row that ran alone is charged; rows of a larger batch are not, and go again
            one by one, so that a poisonous image never takes innocents with it. A clean stop charges nothing.
    """
    freed = free_held(worker, crashed=crashed)
    WorkerBeat.objects.filter(pk=worker).delete()
    return freed


def free_held(worker: str, *, crashed: bool) -> int:
    """Frees what a worker holds, whether it lives on or not; see ``release``."""
    with transaction.atomic():
        held = Work.objects.select_for_update().filter(worker=worker, status=Work.Status.RUNNING)
        return free(held.order_by("pk"), crashed=crashed)


def release_left_over(prefix: str) -> int:
    """Frees what workers with names of this prefix left behind. For a supervisor that knows that none of them lives."""
    held = Work.objects.filter(worker__startswith=prefix, status=Work.Status.RUNNING)
    left = set(held.order_by().values_list("worker", flat=True).distinct())
    beats = WorkerBeat.objects.filter(pk__startswith=prefix)
    return sum(release(worker, crashed=True) for worker in sorted(left | set(beats.values_list("pk", flat=True))))


def free(locked: Iterable[Work], *, crashed: bool) -> int:
    """Frees running rows that the present transaction has locked; see ``release``."""
    freed = []
    queues = set()
    for work in locked:
        freed.append(work.pk)
        queues.add(work.queue)
        if crashed and work.batch_size == 1:
            Work.objects.filter(pk=work.pk).update(alone=True)
            charge(work.pk, DIED, died_message())
        else:
            Work.objects.filter(pk=work.pk).update(
                status=Work.Status.QUEUED, lease_until=None, alone=work.alone or crashed
            )
    follow_audits(freed)
    for queue in sorted(queues):
        hint_after_commit(queue)
    return len(freed)


def end_worn_out(locked: Iterable[Work]) -> int:
    """Ends locked rows that have no attempt left. Returns how many."""
    works = [work.pk for work in locked]
    end_failed(works, DIED, died_message(), keep_original=True)
    return len(works)


def died_message() -> str:
    """The sentence for a picture that its worker died of."""
    return DIED_MESSAGE.format(times=settings.QUEUE_MAX_ATTEMPTS)
