"""The duty of the fetch queue, with real servers on loopback."""

import threading

import pytest

from tests.fetch.servers import INSIDE, http
from tests.queue.pictures import images, photograph, works
from webapp.accounts.models import Owner
from webapp.library import storage
from webapp.library.models import Image
from webapp.library.submit import Linked, submit
from webapp.queue.claim import claim
from webapp.queue.models import Work
from worker.fetching import AT_ONCE, Network, fetch_batch, fetching

pytestmark = pytest.mark.django_db(transaction=True)


def linked_job(*urls):
    return submit(Owner.objects.create(kind=Owner.Kind.SESSION), [Linked(url) for url in urls])


def run(get):
    fetch_batch(claim("fetch", "a", AT_ONCE, alone=False), Network(get, get, get))


def test_a_picture_is_fetched_and_waits_for_the_model(serve, fetcher):
    site = serve(http(200, photograph(1), Content_Type="image/jpeg"))
    job = linked_job(site.url("/cat.jpg"))
    run(fetcher(site).get)
    (work,) = works(job)
    assert (work.queue, work.status) == (Work.Queue.CAPTION, Work.Status.QUEUED)
    (image,) = images(job)
    assert storage.read_spooled(image.spool_name) == photograph(1)


def test_each_fails_alone_and_says_why(serve, fetcher):
    answers = {"/good": http(200, photograph(1)), "/gone": http(404), "/page": http(200, b"<html>"), "/ill": http(500)}
    site = serve(lambda request: answers[request.path])
    inside = serve(http(200, photograph(2)), address=INSIDE)
    job = linked_job(*(site.url(path) for path in answers), inside.url("/secret.jpg"))
    run(fetcher(site, inside).get)
    found = [(image.state, image.error_code) for image in images(job)]
    assert found[:3] == [("waiting", ""), ("failed", "http_status"), ("failed", "not_an_image")]
    rows = works(job)
    assert [(row.status, row.attempts, row.error_code) for row in rows[3:]] == [
        ("queued", 1, "http_status"),
        ("queued", 1, "unreachable"),
    ]
    assert inside.connections == 0


def test_they_are_fetched_side_by_side(serve, fetcher):
    """Each answer waits until all have asked: one after another would wait for ever."""
    together = threading.Barrier(AT_ONCE, timeout=20)

    def answer(request):
        together.wait()
        return http(200, photograph(int(request.path[1:])))

    site = serve(answer)
    job = linked_job(*(site.url(f"/{number}") for number in range(AT_ONCE)))
    run(fetcher(site).get)
    assert {work.queue for work in works(job)} == {Work.Queue.CAPTION}


def test_a_picture_that_cannot_be_kept_is_tried_again(serve, fetcher, monkeypatch):
    site = serve(http(200, photograph(1)))
    job = linked_job(site.url("/"))

    def full(data):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(storage, "spool", full)
    run(fetcher(site).get)
    (work,) = works(job)
    assert (work.status, work.attempts, work.error_code) == (Work.Status.QUEUED, 1, "file_unreadable")
    assert images(job)[0].state == Image.State.WAITING


def test_the_duty_is_that_of_the_fetch_queue():
    duty = fetching(Network(None, None, None))
    assert (duty.queue, duty.at_once) == ("fetch", AT_ONCE)
