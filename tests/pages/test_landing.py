"""The front page takes pictures in, and says what is wrong with them."""

import pytest
from django.db import OperationalError
from django.test import Client

from tests.pages.pictures import png, upload_file
from webapp.accounts.models import Owner
from webapp.library.models import Image, Job
from webapp.pages.samples import SAMPLES
from webapp.queue.models import Work


@pytest.fixture
def client(db):
    return Client()


def send(client, *files, context=""):
    return client.post("/", {"images": list(files), "context": context})


def test_a_visitor_gets_no_session_by_looking(client):
    response = client.get("/")

    assert response.status_code == 200
    assert "sessionid" not in response.cookies
    assert not Owner.objects.exists()


def test_pictures_become_a_job(client):
    response = send(client, upload_file("a.png", png(1)), upload_file("b.png", png(2)), context=" For the shop ")

    job = Job.objects.get()
    assert response.status_code == 303
    assert response.headers["Location"] == f"/jobs/{job.pk}/"
    assert job.context == "For the shop"
    assert [image.name for image in job.images.all()] == ["a.png", "b.png"]
    assert Work.objects.filter(status=Work.Status.QUEUED).count() == 2
    assert "2 images: 2 waiting" in client.get(response.headers["Location"]).content.decode()


def test_a_bad_file_among_good_ones_costs_only_itself(client):
    response = send(client, upload_file("a.png"), upload_file("notes.jpg", b"Buy bread."))

    assert response.status_code == 303
    page = client.get(response.headers["Location"]).content.decode()
    assert "2 images: 1 waiting, 1 failed" in page
    assert "Picture 2 of 2, notes.jpg" in page
    assert "No draft could be made." in page
    assert "Try again" not in page  # it would be as bad as before


def test_without_a_file_it_says_so_and_keeps_the_context(client):
    response = send(client, context="For the shop")

    page = response.content.decode()
    assert response.status_code == 422
    assert "<title>Error: Alt text for your pictures" in page
    assert "There is a problem" in page
    assert '<a href="#images">Choose at least one picture, or give the address of one.</a>' in page
    assert 'aria-describedby="images-hint images-error-1" aria-invalid="true"' in page
    assert 'value="For the shop"' in page
    assert not Job.objects.exists()


def test_when_all_files_are_bad_nothing_is_kept(client, data_folder):
    response = send(client, upload_file("notes.jpg", b"Buy bread."), upload_file("empty.png", b""))

    page = response.content.decode()
    assert response.status_code == 422
    assert "notes.jpg: " in page
    assert "empty.png: " in page
    assert not Job.objects.exists()
    assert not list(data_folder.rglob("*.*"))


def test_a_file_that_is_too_large_is_named_with_the_limit(client, settings):
    settings.MAX_IMAGE_BYTES = 100_000
    response = send(client, upload_file("huge.png", png() + bytes(200_000)))

    assert response.status_code == 422
    assert "huge.png: " in response.content.decode()
    assert "100 kB" in response.content.decode()


def test_too_many_files(client, settings):
    settings.MAX_FILES_PER_UPLOAD = 2
    response = send(client, *(upload_file(f"{n}.png", png(n)) for n in range(3)))

    assert response.status_code == 422
    assert "2 at once" in response.content.decode()


def test_a_context_that_is_too_long_is_its_fields_error(client):
    response = send(client, upload_file(), context="x" * 1001)

    page = response.content.decode()
    assert response.status_code == 422
    assert '<a href="#context">' in page
    assert 'aria-describedby="context-hint context-error-1" aria-invalid="true"' in page
    assert not Job.objects.exists()


def test_pictures_beyond_the_quota_are_refused_and_what_was_typed_stays(client, settings, db):
    settings.QUOTA_MONTH = 1
    response = client.post("/", {"images": [upload_file("a.png"), upload_file("b.png")], "context": "For the shop"})
    page = response.content.decode()
    assert response.status_code == 422
    assert "<title>Error: " in page
    assert "The quota of pictures here is 1 a month, of which 1 is left." in page
    assert 'value="For the shop"' in page


def test_when_the_queue_is_full_it_asks_to_come_back(client, settings):
    settings.MAX_QUEUED_IMAGES = 1
    response = send(client, upload_file("a.png", png(1)), upload_file("b.png", png(2)))

    assert response.status_code == 503
    assert response.headers["Retry-After"] == "60"
    assert "There is a problem" in response.content.decode()


def test_when_the_disk_is_full_it_says_that_nothing_was_taken_in(client, settings, tmp_path):
    settings.SPOOL_DIR = tmp_path / "file"  # no folder can be there
    settings.SPOOL_DIR.touch()
    response = send(client, upload_file(), context="For the shop")

    assert response.status_code == 503
    assert response.headers["Retry-After"] == "60"
    assert "There is no room on the disk" in response.content.decode()
    assert 'value="For the shop"' in response.content.decode()


@pytest.mark.parametrize("model", [Owner, Job])
def test_when_the_database_is_busy_it_asks_to_come_back(client, monkeypatch, model):
    def locked(*args, **kwargs):
        raise OperationalError("database is locked")

    monkeypatch.setattr(model.objects, "create", locked)
    response = send(client, upload_file())

    assert response.status_code == 503
    assert response.headers["Retry-After"] == "60"
    assert "The database is busy" in response.content.decode()


def test_a_request_that_cannot_be_an_upload_is_refused_before_it_is_read(client, settings):
    settings.MAX_FILES_PER_UPLOAD = 1
    settings.MAX_IMAGE_BYTES = settings.MAX_ARCHIVE_BYTES = 1
    response = send(client, upload_file("huge.png", bytes(1_100_000)))

    assert response.status_code == 413
    assert "That was too much at once" in response.content.decode()


def test_more_parts_than_any_upload_may_have(client, settings):
    settings.DATA_UPLOAD_MAX_NUMBER_FILES = 2
    response = send(client, *(upload_file(f"{n}.png", png(n)) for n in range(3)))

    assert response.status_code == 413


def test_a_name_of_the_uploader_is_text_and_nothing_else(client):
    response = send(client, upload_file('"><script>alert(1)</script>.png'))

    page = client.get(response.headers["Location"]).content.decode()
    assert "<script>alert" not in page
    assert Image.objects.get().name.endswith("script>.png")


def test_the_privacy_sentence_names_this_installations_days(client, settings):
    from datetime import timedelta

    settings.RETENTION = timedelta(days=3)

    assert "deleted after 3 days" in client.get("/").content.decode()


@pytest.mark.parametrize("slug", list(SAMPLES))
def test_a_sample_becomes_a_job(client, slug):
    response = client.post(f"/samples/{slug}/")

    image = Image.objects.get()
    assert response.status_code == 303
    assert image.state == Image.State.WAITING
    assert image.blob.width >= 400


@pytest.mark.parametrize("slug", list(SAMPLES))
def test_a_sample_has_a_small_picture(client, slug):
    response = client.get(f"/samples/{slug}/thumbnail")

    assert response.headers["Content-Type"] == "image/jpeg"
    assert "public" in response.headers["Cache-Control"]
    assert len(response.content) < 60_000


def test_there_are_no_other_samples(client):
    assert client.get("/samples/dog/").status_code == 404
    assert client.post("/samples/dog/").status_code == 404
    assert client.get("/samples/dog/thumbnail").status_code == 404


def test_a_picture_may_be_named_by_its_address(client):
    response = client.post("/", {"address": " example.org/cat.jpg ", "context": "For the shop"})

    job = Job.objects.get()
    assert response.status_code == 303
    assert [image.source_url for image in job.images.all()] == ["https://example.org/cat.jpg"]
    page = client.get(response.headers["Location"]).content.decode()
    assert "Waiting to be fetched from example.org." in page
    assert "1 image: waiting" in page


def test_files_and_an_address_make_one_job(client):
    client.post("/", {"images": [upload_file("a.png")], "address": "https://example.org/cat.jpg"})

    assert [image.name for image in Job.objects.get().images.all()] == ["a.png", "cat.jpg"]


def test_an_address_that_is_none_is_its_fields_error_and_loses_nothing(client):
    response = client.post("/", {"address": "ftp://example.org/<b>", "context": "For the shop"})

    page = response.content.decode()
    assert response.status_code == 422
    assert '<a href="#address">This is no web address that can be fetched.' in page
    assert 'aria-describedby="address-hint address-error-1" aria-invalid="true"' in page
    assert 'value="ftp://example.org/&lt;b&gt;"' in page
    assert 'value="For the shop"' in page
    assert not Job.objects.exists()
