"""A linked image: from the fetch queue, with its bytes, to the caption queue."""

import pytest
from django.conf import settings

from tests.queue.pictures import images, photograph, works
from webapp.accounts.models import Owner
from webapp.library.delete import delete_image
from webapp.library.errors import QueueFull
from webapp.library.models import Blob, Image, Job
from webapp.library.submit import Linked, Upload, examine, submit
from webapp.queue import arrive as arriving
from webapp.queue.arrive import arrive
from webapp.queue.claim import claim
from webapp.queue.fail import fail
from webapp.queue.models import Work
from webapp.queue.release import release
from webapp.queue.retry import can_retry, retry

pytestmark = pytest.mark.django_db(transaction=True)

URL = "https://example.org/cat.jpg"
CAT = examine(Upload("cat.jpg", photograph(1)))


@pytest.fixture(autouse=True)
def hints(monkeypatch):
    sent = []
    monkeypatch.setattr(arriving, "hint_after_commit", sent.append)
    return sent


@pytest.fixture
def job():
    return submit(Owner.objects.create(kind=Owner.Kind.SESSION), [Linked(URL)])


def claimed(worker="a"):
    (work,) = claim("fetch", worker, 8, alone=False)
    return work


def spooled():
    return list(settings.SPOOL_DIR.glob("*"))


def test_a_linked_image_waits_to_be_fetched_and_not_for_the_model(job):
    (image,) = images(job)
    assert (image.name, image.source_url, image.blob, image.state) == ("cat.jpg", URL, None, Image.State.WAITING)
    assert claim("caption", "a", 8, alone=False) == []
    assert claimed().picture == image


def test_it_takes_a_place_in_a_full_queue(settings, job):
    settings.MAX_QUEUED_IMAGES = 1
    with pytest.raises(QueueFull):
        submit(Owner.objects.create(kind=Owner.Kind.SESSION), [Linked(URL)])
    assert Job.objects.count() == 1


def test_with_its_bytes_it_goes_on_to_the_model(job, hints):
    work = claimed()
    assert arrive(work, CAT)
    (image,) = images(job)
    assert (image.blob_id, image.state) == (CAT.sha256, Image.State.WAITING)
    assert (settings.SPOOL_DIR / image.spool_name).read_bytes() == photograph(1)
    assert hints == ["caption"]
    (again,) = claim("caption", "b", 8, alone=False)
    assert (again.pk, again.attempts, again.sha256) == (work.pk, 0, CAT.sha256)


def test_what_is_no_image_ends_it_with_the_reason(job):
    assert arrive(claimed(), examine(Upload("cat.jpg", b"<html>")))
    (image,) = images(job)
    assert (image.state, image.error_code, image.blob) == (Image.State.FAILED, "not_an_image", None)
    assert spooled() == []


@pytest.mark.parametrize("meanwhile", [lambda job: release("a", crashed=False), lambda job: delete_image(job)])
def test_bytes_that_nobody_waits_for_any_more_are_dropped(job, meanwhile):
    work = claimed()
    (image,) = images(job)
    meanwhile(image)
    assert not arrive(work, CAT)
    assert spooled() == []
    assert not Blob.objects.exists()


def test_attempts_at_fetching_are_not_counted_against_the_model(job):
    fail(claimed(), "unreachable", "Nobody answers.", fault_of_image=False)
    Work.objects.update(next_attempt_at="2026-01-01T00:00Z")
    work = claimed()
    assert work.attempts == 1
    arrive(work, CAT)
    (work,) = works(job)
    assert (work.attempts, work.error_code) == (0, "")


def test_another_try_fetches_again_where_the_bytes_never_came(job):
    fail(claimed(), "http_status", "There is nothing at this address.", fault_of_image=True)
    (image,) = images(job)
    assert (image.state, can_retry(image)) == (Image.State.FAILED, True)
    assert retry(image).queue == Work.Queue.FETCH


def test_another_try_does_not_fetch_what_is_here(job):
    arrive(claimed(), CAT)
    (work,) = claim("caption", "a", 8, alone=False)
    fail(work, "caption_failed", "It did not work.", fault_of_image=False)
    Work.objects.update(attempts=3)
    Image.objects.update(state=Image.State.FAILED)
    (image,) = images(job)
    assert retry(image).queue == Work.Queue.CAPTION


def test_bytes_that_are_fetched_anew_leave_nothing_of_the_old_ones(job):
    arrive(claimed(), CAT)
    (work,) = claim("caption", "a", 8, alone=False)
    fail(work, "image_undecodable", "It is damaged.", fault_of_image=True)
    (image,) = images(job)
    retry(image)
    assert image.blob is None
    assert not Blob.objects.exists()
    assert arrive(claimed(), examine(Upload("cat.jpg", photograph(2))))
