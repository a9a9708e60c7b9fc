"""Whatever happens, in whatever order: each image is done once, none is lost, and no innocent is charged."""

from collections import Counter
from datetime import timedelta

import pytest
from django.conf import settings
from django.db import connection
from django.utils import timezone
from hypothesis import HealthCheck
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from tests.queue.pictures import ColourEngine, hand_over
from webapp.accounts.models import Owner
from webapp.library.delete import delete_image
from webapp.library.models import Blob, Image, Inference, Job, Suggestion
from webapp.queue.claim import claim
from webapp.queue.fail import fail
from webapp.queue.models import Work
from webapp.queue.release import release
from webapp.queue.retry import can_retry, retry
from webapp.queue.sweep import sweep
from worker.batch import run_batch

LATER = timedelta(hours=1)  # beyond every backoff
LIMITS = st.integers(1, 3)
SEEDS = st.lists(st.integers(1, 4), min_size=1, max_size=3)


class QueueMachine(RuleBasedStateMachine):
    """Workers come and go; people hand over, delete and try again. The machine keeps its own books of the charges."""

    def __init__(self):
        super().__init__()
        self.engine = ColourEngine()
        self.charges = Counter()  # deaths alone since the last hand-over or retry, by row
        self.workers = 0
        self.held = []  # (worker, rows): claimed, not yet ended
        self.ghosts = []  # rows lost by their workers, who may not know

    @initialize()
    def start_empty(self):
        Job.objects.all().delete()
        Blob.objects.all().delete()
        self.owner = Owner.objects.create(kind=Owner.Kind.SESSION)

    @rule(seeds=SEEDS)
    def submit(self, seeds):
        hand_over(*seeds, owner=self.owner)

    @rule(alone=st.booleans(), limit=LIMITS)
    def claim(self, alone, limit):
        self.workers += 1
        rows = claim("caption", f"worker {self.workers}", limit, alone=alone, now=timezone.now() + LATER)
        assert len(rows) <= (1 if alone else limit)
        assert all(row.batch_size == len(rows) and row.alone == alone for row in rows)
        if rows:
            self.held.append((f"worker {self.workers}", rows))

    @rule(limit=LIMITS)
    def end(self, limit):
        _, rows = self._batch(limit)
        run_batch(rows, self.engine)
        assert not Work.objects.filter(pk__in=[row.pk for row in rows]).exclude(status=Work.Status.DONE).exists()

    @rule(limit=LIMITS)
    def fail_bad_images(self, limit):
        _, rows = self._batch(limit)
        for row in rows:
            fail(row, "image_truncated", "The end is missing.", fault_of_image=True)

    @rule(limit=LIMITS, crashed=st.booleans())
    def stop(self, limit, crashed):
        worker, rows = self._batch(limit)
        living = self._living(rows)
        assert release(worker, crashed=crashed) == len(living)
        if crashed:
            self._charge(living)
        self.ghosts.append(rows)

    @rule(limit=LIMITS)
    def expire(self, limit):
        worker, rows = self._batch(limit)
        living = self._living(rows)
        Work.objects.filter(worker=worker, status=Work.Status.RUNNING).update(lease_until=timezone.now() - LATER)
        assert sweep().freed == len(living)
        self._charge(living)
        self.ghosts.append(rows)

    @precondition(lambda self: self.ghosts)
    @rule(reclaimed=st.booleans())
    def write_late(self, reclaimed):
        if reclaimed:  # by another worker, which is at it
            self.claim(alone=False, limit=3)
            self.claim(alone=True, limit=1)
        before = self._books()
        run_batch(self.ghosts.pop(), ColourEngine())
        assert self._books() == before

    @rule(place=st.integers(0, 30))
    def delete(self, place):
        images = Image.objects.order_by("created_at", "position")
        if count := images.count():
            delete_image(images[place % count])

    @rule()
    def try_again(self):
        for image in Image.objects.filter(state=Image.State.FAILED):
            if can_retry(image):
                self.charges.pop(retry(image).pk, None)

    @invariant()
    def nobody_is_lost_and_the_states_agree(self):
        state_of = {
            Work.Status.QUEUED: Image.State.WAITING,
            Work.Status.RUNNING: Image.State.WAITING,
            Work.Status.DONE: Image.State.SUGGESTED,
            Work.Status.FAILED: Image.State.FAILED,
        }
        for work in Work.objects.select_related("image"):
            assert work.image.state == state_of[work.status]
            assert (work.lease_until is not None) == (work.status == Work.Status.RUNNING)
        assert Work.objects.count() == Image.objects.count()

    @invariant()
    def each_is_done_once(self):
        for image in Image.objects.prefetch_related("suggestions"):
            assert image.suggestions.count() == (image.state == Image.State.SUGGESTED)
        assert Inference.objects.count() <= Blob.objects.count() <= 4

    @invariant()
    def only_deaths_alone_are_charged(self):
        charged = dict(Work.objects.filter(attempts__gt=0).values_list("pk", "attempts"))
        assert charged == {pk: count for pk, count in self.charges.items() if Work.objects.filter(pk=pk).exists()}

    def teardown(self):
        if not hasattr(self, "owner"):
            return
        Work.objects.filter(status=Work.Status.RUNNING).update(lease_until=timezone.now() - LATER, batch_size=2)
        sweep()
        for alone in (False, True):
            while rows := claim("caption", "last", 3, alone=alone, now=timezone.now() + LATER):
                run_batch(rows, self.engine)
        assert set(Work.objects.values_list("status", flat=True)) <= {Work.Status.DONE, Work.Status.FAILED}
        assert set(Work.objects.filter(status=Work.Status.FAILED).values_list("error_code", flat=True)) <= {
            "worker_died",
            "image_truncated",
        }

    def _batch(self, limit):
        """The oldest batch that is held; where there is none, one that is claimed, and handed over, for it."""
        while not self.held:
            self.claim(alone=True, limit=1)
            self.claim(alone=False, limit=limit)
            if not self.held:
                self.submit([1, 2, 3])
        return self.held.pop(0)

    def _living(self, rows):
        return [row for row in rows if Work.objects.filter(pk=row.pk).exists()]

    def _charge(self, rows):
        for row in rows:
            if row.batch_size == 1:
                self.charges[row.pk] += 1
                assert self.charges[row.pk] <= settings.QUEUE_MAX_ATTEMPTS

    def _books(self):
        rows = list(Work.objects.order_by("pk").values_list("pk", "status", "claims", "attempts"))
        return rows, Suggestion.objects.count(), Inference.objects.count(), Blob.objects.filter(copy_mime="").count()


@pytest.mark.django_db(transaction=True)
def test_the_queue_under_all_that_can_happen():
    run_state_machine_as_test(
        QueueMachine,
        settings=hypothesis_settings(
            max_examples=40 if connection.vendor == "sqlite" else 12,  # the same rules; PostgreSQL is slower to empty
            stateful_step_count=25,
            deadline=None,
            suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
        ),
    )
