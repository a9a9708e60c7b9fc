"""Handing over: rows, originals and the hint, all or nothing."""

import hashlib
import resource
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import OperationalError

from captioner.images import FileTooLargeError
from tests.captioner.bad_files import GOOD_FILES
from tests.queue.pictures import photograph
from webapp.accounts.models import Site
from webapp.library import storage
from webapp.library.errors import Busy, NoImage, QueueFull, StorageFull, TextTooLong
from webapp.library.models import Blob, Image, Job
from webapp.library.submit import Upload, examine, submit
from webapp.queue.models import Work


def examined(*files: bytes):
    return [examine(Upload(f"{number}.jpg", file)) for number, file in enumerate(files)]


def test_examine_reads_the_header_and_hashes_the_bytes():
    one = examine(Upload("cat.jpg", photograph(1)))
    assert (one.header.mime, one.header.width, one.error) == ("image/jpeg", 24, None)
    assert one.sha256 == hashlib.sha256(photograph(1)).hexdigest()
    assert one.size == len(photograph(1))


def test_examine_gives_the_error_of_a_bad_file():
    one = examine(Upload("cat.jpg", b"<html>"))
    assert one.header is None
    assert one.error.code == "not_an_image"


def test_examine_obeys_the_limit_of_the_installation(settings):
    settings.MAX_IMAGE_BYTES = 100
    assert examine(Upload("cat.jpg", photograph(1))).error.code == "file_too_large"


def test_examine_believes_the_measure_of_a_file_that_was_not_kept():
    one = examine(Upload("big.jpg", b"", oversize=12_345_678))
    assert isinstance(one.error, FileTooLargeError)
    assert "12.4 MB; the limit is 10 MB" in one.error.message


def test_an_upload_reads_its_file_each_time_anew():
    upload = Upload("a.jpg", SimpleUploadedFile("a.jpg", photograph(1)))
    assert upload.data == upload.data == photograph(1)


def test_submit_makes_a_row_a_picture_and_keeps_the_original(owner, settings):
    job = submit(owner, examined(photograph(1), photograph(2)), context=" a shop ")
    assert (job.owner, job.site, job.context, job.lang) == (owner, Site.default(), "a shop", "en")
    images = list(job.images.all())
    assert [(image.position, image.name, image.state) for image in images] == [
        (1, "0.jpg", "waiting"),
        (2, "1.jpg", "waiting"),
    ]
    for image, seed in zip(images, (1, 2), strict=True):
        assert storage.read_spooled(image.spool_name) == photograph(seed)
        assert (settings.SPOOL_DIR / image.spool_name).stat().st_mode & 0o777 == 0o600
        assert image.blob.pk == hashlib.sha256(photograph(seed)).hexdigest()
        assert (image.work.status, image.work.queue) == ("queued", "caption")


def test_the_same_bytes_are_one_blob_but_each_image_has_its_own_original(owner):
    first = submit(owner, examined(photograph(1), photograph(1)))
    Blob.objects.update(copy_mime="image/jpeg")
    second = submit(owner, examined(photograph(1)))
    images = Image.objects.filter(job__in=[first, second])
    assert Blob.objects.count() == 1
    assert len({image.spool_name for image in images}) == 3
    assert Blob.objects.get().has_copy, "what the worker has written stays"


def test_a_bad_file_becomes_a_failed_image_without_work(owner):
    job = submit(owner, examined(photograph(1), b"hello"))
    bad = job.images.get(position=2)
    assert (bad.state, bad.error_code, bad.blob, bad.spool_name) == ("failed", "not_an_image", None, "")
    assert bad.error_message
    assert Work.objects.count() == 1


def test_an_animation_is_known_as_one(owner):
    job = submit(owner, [examine(Upload(name, GOOD_FILES[name])) for name in ("animated.gif", "photo.jpg")])
    assert {image.name: image.kind for image in job.images.all()} == {"animated.gif": "animation", "photo.jpg": "still"}


def test_nothing_to_submit(owner):
    with pytest.raises(NoImage):
        submit(owner, [])


def test_a_context_that_is_too_long_is_refused_not_cut(owner):
    with pytest.raises(TextTooLong, match="1,001"):
        submit(owner, examined(photograph(1)), context="x" * 1001)
    assert not Job.objects.exists()


def test_a_full_queue_refuses_and_leaves_nothing(owner, settings):
    settings.MAX_QUEUED_IMAGES = 2
    submit(owner, examined(photograph(1)))
    before = set(settings.SPOOL_DIR.iterdir())
    with pytest.raises(QueueFull):
        submit(owner, examined(photograph(2), photograph(3)))
    assert Image.objects.count() == 1
    assert set(settings.SPOOL_DIR.iterdir()) == before
    submit(owner, examined(photograph(2), b"bad files do not count"))


def test_an_error_on_the_way_leaves_neither_rows_nor_files(owner, settings, monkeypatch):
    monkeypatch.setattr(Work.objects, "bulk_create", lambda works: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        submit(owner, examined(photograph(1), photograph(2)))
    assert not Job.objects.exists()
    assert not Blob.objects.exists()
    assert list(settings.SPOOL_DIR.iterdir()) == []


@contextmanager
def room_for(size: int) -> Iterator[None]:
    """No file of this process can grow beyond so many bytes: as on a disk that is full, in mid-write."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


def test_a_disk_that_is_full_refuses_and_leaves_nothing(owner, settings):
    pictures = examined(photograph(1), photograph(2))
    with room_for(100), pytest.raises(StorageFull, match="was not done"):
        submit(owner, pictures)
    assert not Job.objects.exists()
    assert list(settings.SPOOL_DIR.iterdir()) == []


def test_a_busy_database_is_told_as_such(owner, settings, monkeypatch):
    def locked(*args, **kwargs):
        raise OperationalError("database is locked")

    monkeypatch.setattr(Work.objects, "bulk_create", locked)
    with pytest.raises(Busy, match="Try again in a minute"):
        submit(owner, examined(photograph(1)))
    assert list(settings.SPOOL_DIR.iterdir()) == []


def test_a_database_that_is_busy_from_the_first_is_told_so_too(owner, monkeypatch):
    def locked(*args, **kwargs):
        raise OperationalError("database is locked")

    monkeypatch.setattr(Work.objects, "filter", locked)
    with pytest.raises(Busy):
        submit(owner, examined(photograph(1)))


def test_the_workers_are_told_after_the_commit_and_only_of_work(
    owner, monkeypatch, django_capture_on_commit_callbacks
):  # fmt: skip
    told = []
    monkeypatch.setattr("webapp.queue.hints.hint", told.append)
    with django_capture_on_commit_callbacks(execute=True):
        submit(owner, examined(photograph(1), photograph(2)))
        assert told == []
    assert told == ["caption"]
    with django_capture_on_commit_callbacks(execute=True):
        submit(owner, examined(b"hello"))
    assert told == ["caption"]


def test_names_are_for_display_only(owner):
    uploads = [Upload(name, photograph(1)) for name in ("../../etc/passwd", "C:\\pictures\\cat.jpg", "", "a\x00b.jpg")]
    job = submit(owner, [examine(upload) for upload in uploads])
    assert [image.name for image in job.images.all()] == ["passwd", "cat.jpg", "image", "ab.jpg"]


def test_submit_takes_few_queries_however_many_images(owner, django_assert_max_num_queries):
    many = examined(*(photograph(seed) for seed in range(20)))
    submit(owner, many[:1])  # the first of a day and of a month makes their counts
    # two counts, savepoints, site, its members, quotas, decided, blobs, job, images, work
    with django_assert_max_num_queries(14):
        submit(owner, many)
