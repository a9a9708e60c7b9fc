"""The decided texts of a site as a file on its page, and such a file with changed texts back in."""

import csv
import io
import json

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from tests.pages.conftest import client_of
from tests.pages.pictures import describe, png
from tests.pages.scene import account_of
from webapp.accounts.members import add_member
from webapp.accounts.roles import Role
from webapp.accounts.sites import make_site
from webapp.library.decide import decide
from webapp.library.models import Image
from webapp.library.submit import Upload, examine, submit


@pytest.fixture
def visitor(alice):
    return client_of(alice)


@pytest.fixture
def image(alice, site):
    (image,) = describe(submit(alice, [examine(Upload("wheel.png", png(9)))], site=site))
    decide(image, "A wheel.", owner=alice)
    return image


def rows(visitor, site):
    answer = visitor.get(f"/sites/{site.pk}/texts/alt-texts.csv")
    assert answer["Content-Disposition"] == 'attachment; filename="alt-texts.csv"'
    return list(csv.DictReader(io.StringIO(answer.getvalue().decode("utf-8-sig"))))


def send(visitor, site, content, name="texts.csv", **fields):
    data = content if isinstance(content, bytes) else content.encode()
    return visitor.post(f"/sites/{site.pk}/texts/", {"file": SimpleUploadedFile(name, data), **fields})


def as_lines(*some):
    return "".join(json.dumps(row) + "\n" for row in some)


def test_the_file_that_was_taken_away_comes_back_with_changed_texts(visitor, site, image):
    (row,) = rows(visitor, site)
    assert (row["image"], row["alt_text"]) == (str(image.pk), "A wheel.")
    answer = send(visitor, site, as_lines(row | {"alt_text": "A red wheel."}), "texts.jsonl")
    assert answer.status_code == 200
    page = answer.content.decode()
    assert "1 decided, 0 unchanged, 0 refused." in page
    image.refresh_from_db()
    assert image.alt_text == "A red wheel."
    assert "A red wheel." in visitor.get(f"/sites/{site.pk}/texts/alt-texts.jsonl").getvalue().decode()


def test_it_may_be_tried_first(visitor, site, image):
    (row,) = rows(visitor, site)
    page = send(visitor, site, as_lines(row | {"alt_text": "A red wheel."}), "a.jsonl", dry_run="on").content.decode()
    assert "1 would be decided" in page
    image.refresh_from_db()
    assert image.alt_text == "A wheel."


def test_each_refused_row_says_why_and_costs_the_others_nothing(visitor, site, image):
    (row,) = rows(visitor, site)
    gone = row | {"image": "00000000-0000-4000-8000-000000000000"}
    page = send(visitor, site, as_lines(gone, row | {"alt_text": "A red wheel."}), "a.jsonl").content.decode()
    assert "1 decided, 0 unchanged, 1 refused." in page
    assert "<li>Row 1: " in page


@pytest.mark.parametrize(
    ("content", "name", "says"),
    [
        (b"image,decision\r\n", "a.csv", "The column alt_text is missing."),
        (b"image,decision,alt_text\r\n\xff", "a.csv", "The file is not UTF-8."),
        (b"[" * 200_000, "a.jsonl", "Line 1 is not JSON."),
        (b"x", "a.txt", "Give a file that ends in .csv or .jsonl."),
        (b"", "a.csv", "The file is empty."),
        (b"image,decision,alt_text\r\n" + b",,A.\r\n" * 1001, "a.csv", "more than 1,000 rows"),
        (b"x" * 2_000_001, "a.csv", "more than 2 MB"),
    ],
)
def test_what_is_no_such_file_is_refused_and_decides_nothing(visitor, site, image, content, name, says):
    answer = send(visitor, site, content, name)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "<title>Error: " in page
    assert says in page
    image.refresh_from_db()
    assert image.version == 1


def test_a_form_without_a_file_says_so(visitor, site):
    answer = visitor.post(f"/sites/{site.pk}/texts/", {})
    assert answer.status_code == 422
    assert "Choose a file." in answer.content.decode()


def test_viewers_take_files_away_and_bring_none_back(visitor, site, image):
    viewer = account_of("charlie")
    add_member(site, "charlie", Role.VIEWER)
    charlie = client_of(viewer)
    assert len(rows(charlie, site)) == 1
    assert 'type="file"' not in charlie.get(f"/sites/{site.pk}/texts/").content.decode()
    assert send(charlie, site, as_lines({"image": "x"}), "a.jsonl").status_code == 403


def test_to_strangers_the_site_does_not_exist(site, image):
    mallory = client_of(account_of("mallory"))
    assert mallory.get(f"/sites/{site.pk}/texts/").status_code == 404
    assert mallory.get(f"/sites/{site.pk}/texts/alt-texts.csv").status_code == 404
    assert send(mallory, site, "x").status_code == 404


def test_pictures_of_another_site_are_not_decided(alice, visitor, site, image):
    other = make_site("Other", alice.user)
    (row,) = rows(visitor, site)
    assert "1 refused" in send(visitor, other, as_lines(row | {"alt_text": "Mine."}), "a.jsonl").content.decode()
    assert Image.objects.get(pk=image.pk).alt_text == "A wheel."
