"""Deleting: nothing of the image stays, nothing of another goes."""

import os
import time
from datetime import timedelta

import pytest
from django.utils import timezone

from tests.library.drafts import drafted
from tests.queue.pictures import hand_over, photograph
from webapp.accounts.models import Owner
from webapp.library import storage
from webapp.library.decide import decide
from webapp.library.delete import ORPHAN_AGE, delete_expired, delete_image, delete_job, delete_orphans
from webapp.library.models import Blob, Decision, Image, Inference, Job, Suggestion
from webapp.queue.claim import claim
from webapp.queue.models import Work


@pytest.fixture
def now_committed(django_capture_on_commit_callbacks):
    """Runs the verb, and what it leaves for after the commit."""

    def run(verb, *arguments):
        with django_capture_on_commit_callbacks(execute=True):
            return verb(*arguments)

    return run


def files(folder):
    return [path for path in folder.rglob("*") if path.is_file()] if folder.exists() else []


def copied(job):
    """The job, and the copies of its images in the media folder."""
    for image in job.images.all():
        storage.write_copy(image.blob_id, b"copy")
    return job


def test_nothing_of_an_image_stays(owner, settings, now_committed):
    job = copied(now_committed(drafted, hand_over(1, owner=owner)))
    image = job.images.get()
    decide(image, "A cat.", owner=owner)
    now_committed(delete_image, image)
    for model in (Job, Image, Blob, Inference, Suggestion, Decision, Work):
        assert not model.objects.exists(), model
    assert files(settings.SPOOL_DIR) == files(settings.MEDIA_DIR) == []
    assert Owner.objects.filter(pk=owner.pk).exists()


def test_the_original_of_an_image_that_waits_goes_too(owner, settings, now_committed):
    image = hand_over(1, owner=owner).images.get()
    assert len(files(settings.SPOOL_DIR)) == 1
    now_committed(delete_image, image)
    assert files(settings.SPOOL_DIR) == []


def test_files_go_after_the_commit_only(owner, settings, django_capture_on_commit_callbacks):
    image = hand_over(1, owner=owner).images.get()
    with django_capture_on_commit_callbacks(execute=True):
        delete_image(image)
        assert len(files(settings.SPOOL_DIR)) == 1
    assert files(settings.SPOOL_DIR) == []


def test_shared_bytes_stay_until_their_last_image_goes(owner, settings, now_committed):
    other = Owner.objects.create(kind=Owner.Kind.KEY)
    mine, theirs = hand_over(1, owner=owner), hand_over(1, owner=other)
    now_committed(drafted, mine)
    copied(mine)
    now_committed(delete_job, mine)
    kept = theirs.images.get()
    assert kept.blob.has_copy
    assert kept.suggestion is not None
    assert len(files(settings.MEDIA_DIR)) == 1
    now_committed(delete_image, kept)
    assert not Blob.objects.exists()
    assert files(settings.MEDIA_DIR) == []


def test_a_job_stays_while_it_has_an_image(owner, now_committed):
    job = hand_over(1, 2, owner=owner)
    first, second = job.images.all()
    now_committed(delete_image, first)
    assert Job.objects.get() == job
    now_committed(delete_image, second)
    assert not Job.objects.exists()


def test_deleting_a_job_deletes_its_images_and_no_others(owner, now_committed):
    gone, kept = hand_over(1, 2, owner=owner), hand_over(2, 3, owner=owner)
    now_committed(delete_job, gone)
    assert list(Job.objects.all()) == [kept]
    assert Image.objects.count() == Blob.objects.count() == Work.objects.count() == 2


def test_deleting_twice_is_harmless(owner, now_committed):
    job = hand_over(1, 2, owner=owner)
    image = job.images.first()
    now_committed(delete_image, image)
    now_committed(delete_image, image)
    assert job.images.count() == 1
    now_committed(delete_job, job)
    now_committed(delete_job, job)


def test_what_a_worker_has_just_now_may_be_deleted(owner, now_committed):
    job = hand_over(1, owner=owner)
    (work,) = claim("caption", "worker", 8, alone=False)
    now_committed(delete_job, job)
    assert not Work.objects.filter(pk=work.pk).exists()


def test_a_copy_that_has_come_again_since_the_commit_stays(owner, settings, django_capture_on_commit_callbacks):
    job = copied(hand_over(1, owner=owner))
    with django_capture_on_commit_callbacks() as after_commit:
        delete_job(job)
    again = copied(hand_over(1, owner=owner))
    for callback in after_commit:
        callback()
    assert storage.copy_path(again.images.get().blob_id).is_file()


def test_images_expire_with_their_jobs(owner, settings, now_committed):
    settings.RETENTION = timedelta(days=30)
    old, young = hand_over(1, 2, owner=owner), hand_over(3, owner=owner)
    now = timezone.now()
    Image.objects.filter(job=old).update(created_at=now - timedelta(days=30))
    Image.objects.filter(job=young).update(created_at=now - timedelta(days=29))
    assert now_committed(delete_expired, now) == 2
    assert list(Job.objects.all()) == [young]
    assert len(files(settings.SPOOL_DIR)) == 1
    assert now_committed(delete_expired, now) == 0


def test_many_images_expire_in_several_transactions(owner, monkeypatch, now_committed):
    monkeypatch.setattr("webapp.library.delete._AT_ONCE", 3)
    hand_over(*range(10), owner=owner)
    Image.objects.update(created_at=timezone.now() - timedelta(days=400))
    assert now_committed(delete_expired) == 10
    assert not Job.objects.exists()


def later() -> float:
    """A moment from which the files of now are old."""
    return time.time() + ORPHAN_AGE.total_seconds() + 60


class TestOrphans:
    def test_files_without_rows_go_and_the_others_stay(self, owner, settings):
        job = copied(hand_over(1, owner=owner))
        left = settings.SPOOL_DIR / storage.spool(b"left behind")
        storage.write_copy("f" * 64, b"left behind")
        half_written = storage.copy_path("e" * 64).with_name("e" * 64 + ".0123")
        half_written.parent.mkdir(parents=True)
        half_written.write_bytes(b"half")
        assert delete_orphans(later()) == 3
        assert not left.exists()
        assert not half_written.exists()
        image = job.images.get()
        assert files(settings.SPOOL_DIR) == [settings.SPOOL_DIR / image.spool_name]
        assert files(settings.MEDIA_DIR) == [storage.copy_path(image.blob_id)]
        assert storage.read_spooled(image.spool_name) == photograph(1)

    def test_young_files_stay(self, db):
        storage.spool(b"about to be committed")
        assert delete_orphans() == 0

    def test_the_age_is_that_of_the_file(self, db, settings):
        old = settings.SPOOL_DIR / storage.spool(b"old")
        past = time.time() - ORPHAN_AGE.total_seconds() - 1
        os.utime(old, (past, past))
        storage.spool(b"young")
        assert delete_orphans() == 1
        assert not old.exists()

    def test_folders_that_are_not_there_yet_hold_no_orphans(self, db):
        assert delete_orphans(later()) == 0

    def test_many_files_are_looked_up_in_batches(self, db, monkeypatch, settings):
        monkeypatch.setattr("webapp.library.delete._AT_ONCE", 3)
        for number in range(10):
            storage.spool(bytes([number]))
        assert delete_orphans(later()) == 10
        assert files(settings.SPOOL_DIR) == []
