"""Several workers at one PostgreSQL. Run by ``test_postgresql.py`` with DATABASE_URL set."""

import threading
import time
from collections import Counter
from contextlib import suppress
from datetime import timedelta

import pytest
from django.db import connection, transaction
from django.db.models.signals import post_save
from django.utils import timezone

from tests.library.drafts import candidates, draft_all
from tests.queue.pictures import ColourEngine, hand_over, images, works
from webapp.accounts.models import Owner, Site
from webapp.feedback.models import Report
from webapp.feedback.report import report
from webapp.library.decide import decide
from webapp.library.delete import delete_image, delete_job
from webapp.library.found import Found
from webapp.library.models import Blob, Image, Inference, Job, Suggestion
from webapp.queue.claim import claim
from webapp.queue.finish import Copy, Result, finish
from webapp.queue.models import Work
from webapp.queue.release import release
from webapp.queue.sweep import sweep
from webapp.webhooks.claim import claim as claim_deliveries
from webapp.webhooks.models import Delivery, Webhook
from webapp.webhooks.tell import tell
from worker.batch import run_batch

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def data_folder(settings, tmp_path):
    assert connection.vendor == "postgresql"
    settings.SPOOL_DIR = tmp_path / "spool"
    settings.MEDIA_DIR = tmp_path / "media"


def at_once(*jobs):
    """Runs the functions in threads that begin together; raises what any of them raised."""
    gate = threading.Barrier(len(jobs))
    errors = []

    def run(job):
        try:
            gate.wait()
            job()
        except Exception as error:
            errors.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=[job]) for job in jobs]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
        assert not thread.is_alive()
    if errors:
        raise errors[0]


def test_two_workers_never_share_a_row():
    job = hand_over(*range(80))
    taken = Counter()
    sizes = Counter()

    def work(name):
        while rows := claim("caption", name, 3, alone=False):
            taken.update(row.pk for row in rows)
            sizes.update(row.batch_size == len(rows) for row in rows)

    at_once(*(lambda name=name: work(name) for name in "abcd"))
    assert taken == Counter(row.pk for row in works(job))
    assert set(sizes) == {True}
    assert set(Work.objects.values_list("claims", flat=True)) == {1}


def test_a_claim_steps_over_rows_that_another_holds():
    first, second = works(hand_over(1, 2))
    locked, done = threading.Event(), threading.Event()

    def hold():
        with transaction.atomic():
            Work.objects.select_for_update().get(pk=first.pk)
            locked.set()
            assert done.wait(30)

    def take():
        assert locked.wait(30)
        try:
            assert claim("caption", "a", 8, alone=False) == [second]
        finally:
            done.set()

    at_once(hold, take)


def wait_for_a_waiter():
    """Returns once somebody waits for a lock of this database."""
    deadline = time.monotonic() + 60
    with connection.cursor() as cursor:
        while True:
            cursor.execute("SELECT COUNT(*) FROM pg_locks WHERE NOT granted")
            if cursor.fetchone()[0]:
                return
            assert time.monotonic() < deadline, "nobody waits for a lock"
            time.sleep(0.01)


def write(claimed):
    return finish(
        [Result(work, Found(candidates("A cat.")), Copy("image/jpeg", 24, 24)) for work in claimed],
        model="m",
        options="o",
    )


def test_a_worker_that_ends_while_its_rows_are_freed_writes_nothing():
    job = hand_over(1, 2)
    claimed = claim("caption", "a", 8, alone=False)
    freed = threading.Event()

    def free():
        with transaction.atomic():
            assert release("a", crashed=True) == 2
            freed.set()
            wait_for_a_waiter()

    def end():
        assert freed.wait(30)
        assert write(claimed) == 0

    at_once(free, end)
    assert {work.status for work in works(job)} == {Work.Status.QUEUED}
    assert not Suggestion.objects.exists()


def test_of_two_who_end_the_last_images_of_a_job_one_tells_of_its_end():
    """Neither sees the other's image as done before both have committed."""
    hand_over(1, 2)
    claims = [claim("caption", name, 1, alone=False) for name in "ab"]
    told, both_wrote = [], threading.Barrier(2, timeout=60)

    def listen(sender, instance, **_):
        told.append(instance)

    def end(claimed):
        with transaction.atomic():
            assert write(claimed) == 1
            both_wrote.wait()

    post_save.connect(listen, sender=Job)
    try:
        at_once(*(lambda claimed=claimed: end(claimed) for claimed in claims))
    finally:
        post_save.disconnect(listen, sender=Job)
    assert told == [Job.objects.exclude(ended_at=None).get()]


def test_rows_that_end_while_they_are_to_be_freed_stay_ended():
    job = hand_over(1, 2)
    claimed = claim("caption", "a", 8, alone=False)
    written = threading.Event()

    def end():
        with transaction.atomic():
            assert write(claimed) == 2
            written.set()
            wait_for_a_waiter()

    def free():
        assert written.wait(30)
        assert release("a", crashed=True) == 0

    at_once(end, free)
    assert {work.status for work in works(job)} == {Work.Status.DONE}


def test_a_sweep_steps_over_rows_that_end_just_now(settings):
    job = hand_over(1, 2)
    claimed = claim("caption", "a", 8, alone=False)
    written, swept = threading.Event(), threading.Event()

    def end():
        with transaction.atomic():
            assert write(claimed) == 2
            written.set()
            assert swept.wait(30)

    def sweep_late():
        assert written.wait(30)
        assert sweep(timezone.now() + settings.QUEUE_LEASE + timedelta(seconds=1)).freed == 0
        swept.set()

    at_once(end, sweep_late)
    assert {work.status for work in works(job)} == {Work.Status.DONE}


def test_two_workers_with_the_same_bytes_make_one_inference():
    job = hand_over(*[1] * 8)
    batches = [claim("caption", name, 4, alone=False) for name in "ab"]
    at_once(*(lambda batch=batch: run_batch(batch, ColourEngine()) for batch in batches))
    assert Inference.objects.count() == 1
    assert Suggestion.objects.count() == 8
    assert {image.state for image in images(job)} == {Image.State.SUGGESTED}


@pytest.mark.parametrize("seed", range(5))
def test_writing_deleting_releasing_and_sweeping_at_once_never_deadlock(seed):
    owner = Owner.objects.create(kind=Owner.Kind.SESSION)
    jobs = [hand_over(*(seed * 10 + number % 5 for number in range(12)), owner=owner) for _ in range(2)]
    batches = [claim("caption", name, 8, alone=False) for name in "abc"]

    def delete():
        for image in [*images(jobs[0]), *images(jobs[1])][::3]:
            delete_image(image)

    at_once(
        lambda: run_batch(batches[0], ColourEngine()),
        lambda: run_batch(batches[1], ColourEngine()),
        lambda: release("c", crashed=True),
        lambda: hand_over(*(seed * 10 + number for number in range(5)), owner=owner),
        delete,
        sweep,
    )
    while rows := claim("caption", "d", 8, alone=True) or claim("caption", "d", 8, alone=False):
        run_batch(rows, ColourEngine())
    assert set(Image.objects.values_list("state", flat=True)) == {Image.State.SUGGESTED}
    assert Suggestion.objects.count() == Image.objects.count() == 16 + 5
    assert Inference.objects.count() == Blob.objects.count()


def test_readers_who_say_the_same_at_once_make_one_report():
    owner = Owner.objects.create(kind=Owner.Kind.SESSION)
    (image,) = images(hand_over(1, owner=owner))
    draft_all()
    decide(image, "A cat.", owner=owner)

    at_once(*(lambda: report(image, Report.Kind.PICTURE, "A dog!") for _ in range(8)))

    assert Report.objects.get().times == 8


def test_the_same_file_handed_over_while_its_source_is_decided_and_deleted():
    """Whoever comes first, nobody waits for ever, and no image is left without text and without work."""
    owner = Owner.objects.create(kind=Owner.Kind.SESSION)
    for _ in range(10):
        (source,) = images(hand_over(1, owner=owner))
        draft_all()
        decide(source, "A cat.", owner=owner)
        at_once(
            lambda: hand_over(1, 2, owner=owner),
            lambda: hand_over(2, 1, owner=owner),
            lambda source=source: redecide(source, owner),
            lambda source=source: delete_image(source),
        )
        for image in Image.objects.filter(owner=owner):
            assert image.alt_text or image.work.status == Work.Status.QUEUED
        for job in Job.objects.all():
            delete_job(job)
    assert not Blob.objects.exists()


def redecide(image, owner):
    with suppress(Image.DoesNotExist):
        decide(image, "Another cat.", owner=owner)


def test_workers_together_send_no_more_for_a_site_than_one_may():
    site = Site.objects.create(name="Shop")
    now = timezone.now()
    for number in range(8):
        webhook = Webhook.objects.create(site=site, url=f"https://example.org/{number}", events=["job.completed"])
        tell([webhook], "job.completed", None, {})
    taken = []
    at_once(*[lambda: taken.extend(claim_deliveries(8, now + timedelta(seconds=1)))] * 6)
    assert len(taken) == 2
    assert Delivery.objects.filter(attempts=1).count() == 2
