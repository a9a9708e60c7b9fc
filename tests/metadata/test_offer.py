"""An alt text that came in a file is offered, never decided; and a decided one can be taken away in a file."""

import io

import pytest
from PIL import Image as Pillow

from tests.pages.conftest import client_of
from tests.pages.pictures import describe, png
from webapp.accounts.models import Owner
from webapp.library.decide import decide
from webapp.library.models import Image, UnsavedText
from webapp.library.submit import Linked, Upload, examine, submit
from webapp.metadata.alt_text import read_alt_text, with_alt_text
from webapp.queue.arrive import arrive
from webapp.queue.claim import claim

AUTHORS = "A kennel of red bricks, with 'Bello' over its door."


@pytest.fixture
def owner(db):
    return Owner.objects.create(kind=Owner.Kind.SESSION)


def with_text(text=AUTHORS):
    return Upload("kennel.png", with_alt_text(png(), text, "en"))


def test_it_stands_in_the_field_of_its_image_and_is_not_decided(owner):
    job = submit(owner, [examine(with_text()), examine(Upload("plain.png", png(2)))])
    first, second = describe(job)
    assert (first.state, first.alt_text, first.unsaved_text.text) == (Image.State.SUGGESTED, None, AUTHORS)
    assert not UnsavedText.objects.filter(image=second).exists()
    page = client_of(owner).get(f"/images/{first.pk}/").content.decode()
    assert "The author's own text, which came in the file. Not saved yet." in page
    assert "A kennel of red bricks, with &#x27;Bello&#x27; over its door.</textarea>" in page


def test_so_it_does_for_a_picture_that_was_fetched(owner):
    image = submit(owner, [Linked("https://example.org/kennel.png")]).images.get()
    (work,) = claim("fetch", "test", 1, alone=False)
    assert arrive(work, examine(with_text()))
    assert UnsavedText.objects.get(image=image).text == AUTHORS


def test_a_text_that_no_field_takes_is_none(owner):
    submit(owner, [examine(with_text("x" * 2001)), examine(with_text("\u200b"))])
    assert not UnsavedText.objects.exists()


def test_a_decided_picture_can_be_taken_away_with_its_text_in_it(owner):
    (image,) = describe(submit(owner, [examine(with_text())]))
    client = client_of(owner)
    assert client.get(f"/images/{image.pk}/download").status_code == 404, "there is no text yet"
    decide(image, "A kennel.", owner=owner)
    answer = client.get(f"/images/{image.pk}/download")
    assert answer["Content-Disposition"] == 'attachment; filename="kennel.png"'
    assert answer["Content-Type"] == "image/png"
    assert read_alt_text(answer.content) == "A kennel."
    shown = Pillow.open(io.BytesIO(client.get(f"/images/{image.pk}/file").content))
    assert Pillow.open(io.BytesIO(answer.content)).tobytes() == shown.tobytes()
    assert f"/images/{image.pk}/download" in client.get(f"/images/{image.pk}/").content.decode()
