"""Jobs end when their last image does, and are told of once."""

from contextlib import contextmanager

import pytest
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.db.models.signals import post_save

from tests.library.drafts import candidates
from tests.library.test_migrations import ACCOUNTS
from tests.queue.pictures import hand_over, images
from webapp.library.delete import delete_image
from webapp.library.ended import end_jobs
from webapp.library.found import Found
from webapp.library.models import Image, Job
from webapp.queue.claim import claim
from webapp.queue.fail import fail
from webapp.queue.finish import Copy, Result, finish
from webapp.queue.models import Work
from webapp.queue.retry import retry
from webapp.queue.sweep import sweep

pytestmark = pytest.mark.django_db(transaction=True)


@contextmanager
def ends():
    """The jobs that are told to have ended, in order."""
    told = []

    def listen(sender, instance, update_fields, **_):
        if update_fields and "ended_at" in update_fields:
            told.append(instance)

    post_save.connect(listen, sender=Job)
    try:
        yield told
    finally:
        post_save.disconnect(listen, sender=Job)


def claimed(limit=8):
    Work.objects.filter(status=Work.Status.QUEUED).update(next_attempt_at="2026-01-01T00:00Z")
    return claim("caption", "a", limit, alone=False)


def write(claimed):
    results = [Result(work, Found(candidates("A cat.")), Copy("image/jpeg", 24, 24)) for work in claimed]
    finish(results, model="m", options="o")


def test_a_job_ends_with_its_last_image_whether_it_has_a_draft_or_failed():
    job = hand_over(1, 2)
    with ends() as told:
        write(claimed(1))
        assert told == []
        (last,) = claimed(1)
        fail(last, "caption_failed", "It did not work.", fault_of_image=True)
        assert told == [job]
        assert end_jobs() == 0
    job.refresh_from_db()
    assert job.ended_at is not None
    assert told == [job]


def test_a_failure_that_is_tried_again_ends_nothing():
    hand_over(1)
    with ends() as told:
        (work,) = claimed(1)
        fail(work, "unreachable", "Nobody there.", fault_of_image=False)
        assert told == []


def test_an_image_that_is_tried_again_opens_its_job_until_it_ends_anew():
    job = hand_over(1)
    with ends() as told:
        for _ in range(3):
            (work,) = claimed()
            fail(work, "unreachable", "Nobody there.", fault_of_image=False)
        assert told == [job]
        retry(images(job)[0])
        assert end_jobs() == 0
        job.refresh_from_db()
        assert job.ended_at is None
        write(claimed(1))
    assert told == [job, job]


def test_the_sweep_ends_what_nobody_saw_end():
    job = hand_over(1, 2)
    write(claimed(1))
    delete_image(Image.objects.get(job=job, state=Image.State.WAITING))
    with ends() as told:
        sweep()
    assert told == [job]


def test_a_write_that_is_rolled_back_ends_nothing(monkeypatch):
    hand_over(1)
    monkeypatch.setattr("webapp.queue.finish.end_jobs_after_commit", lambda jobs: 1 / 0)
    with ends() as told, pytest.raises(ZeroDivisionError):
        write(claimed(1))
    assert told == []


def test_older_jobs_that_ended_are_not_told_of_now():
    before, after = [ACCOUNTS, ("library", "0007_batches")], [ACCOUNTS, ("library", "0008_ended_jobs")]
    executor = MigrationExecutor(connection)
    newest = executor.loader.graph.leaf_nodes()
    try:
        executor.migrate(before)
        old = executor.loader.project_state(before).apps
        owner = old.get_model("accounts", "Owner").objects.create(kind="key")
        site = old.get_model("accounts", "Site").objects.create(name="Old")
        places = {"owner_id": owner.pk, "site_id": site.pk}
        ended, waits = (old.get_model("library", "Job").objects.create(**places) for _ in range(2))
        for job, state in ((ended, "suggested"), (waits, "waiting")):
            old.get_model("library", "Image").objects.create(job=job, position=1, name="a", state=state, **places)

        executor = MigrationExecutor(connection)
        executor.migrate(after)
        jobs = executor.loader.project_state(after).apps.get_model("library", "Job").objects
        assert jobs.get(pk=ended.pk).ended_at is not None
        assert jobs.get(pk=waits.pk).ended_at is None
    finally:
        MigrationExecutor(connection).migrate(newest)
