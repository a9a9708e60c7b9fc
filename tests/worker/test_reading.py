"""Text in the pictures of a batch."""

import pytest
from PIL import Image as Pillow

from captioner.images import NotAnImageError
from captioner.ocr import TIMEOUT
from captioner.types import PictureText
from tests.library.drafts import candidates
from tests.queue.pictures import ColourEngine, hand_over_files, images, photograph
from webapp.library.found import Found
from webapp.queue.claim import claim
from worker import reading
from worker.batch import run_batch
from worker.reading import BUDGET, read_texts

TEXT = PictureText("Mind the gap", 3, 0.9, 0.95)
PHOTOGRAPH, DRAWING, UNSURE = (
    Found(candidates("A dog."), withheld=withheld) for withheld in ("", "not_a_photograph", "too_unsure")
)


class Tesseract:
    """Stands where the program does: reads the same of every picture, in so many seconds."""

    def __init__(self, seconds=0.0, text=TEXT):
        self.now, self.seconds, self.text = 0.0, seconds, text
        self.timeouts, self.sizes = [], []

    def __call__(self, image, *, timeout):
        self.timeouts.append(timeout)
        self.sizes.append(image.size)
        self.now += self.seconds
        return self.text


@pytest.fixture
def tesseract(monkeypatch):
    stand_in = Tesseract()
    monkeypatch.setattr(reading, "read_text", stand_in)
    return stand_in


def read(found, which="drawings", tesseract=None):
    return read_texts(
        found, lambda key: Pillow.new("RGB", (8, 8)), which, clock=lambda: tesseract.now if tesseract else 0.0
    )


@pytest.mark.parametrize(
    ("which", "wanted"),
    [("drawings", {"drawing"}), ("always", {"photograph", "drawing", "unsure"}), ("never", set())],
)
def test_which_pictures_are_read(tesseract, which, wanted):
    found = read({"photograph": PHOTOGRAPH, "drawing": DRAWING, "unsure": UNSURE}, which)
    assert {key for key, one in found.items() if one.ocr} == wanted
    assert all(one.ocr == {"text": "Mind the gap", "words": 3, "share": 0.9, "confidence": 0.95}
               for key, one in found.items() if key in wanted)  # fmt: skip
    assert [one.withheld for one in found.values()] == ["", "not_a_photograph", "too_unsure"]


def test_a_picture_without_text_stays_as_it_was(tesseract):
    tesseract.text = None
    assert read({"a": DRAWING}) == {"a": DRAWING}


def test_a_batch_spares_so_much_time_and_no_more(tesseract):
    tesseract.seconds = 19.0
    found = read({str(number): DRAWING for number in range(8)}, tesseract=tesseract)
    assert sum(one.ocr is not None for one in found.values()) == 4
    assert tesseract.timeouts == [TIMEOUT, TIMEOUT, TIMEOUT, BUDGET - 3 * 19]


@pytest.mark.parametrize("error", [NotAnImageError("no"), OSError("gone"), MemoryError()])
def test_a_picture_that_cannot_be_opened_keeps_its_caption(tesseract, error):
    def original(key):
        if key == "bad":
            raise error
        return Pillow.new("RGB", (8, 8))

    found = read_texts({"bad": DRAWING, "good": DRAWING}, original, "drawings")
    assert found["bad"] == DRAWING
    assert found["good"].ocr


@pytest.mark.django_db(transaction=True)
def test_a_batch_reads_the_original_at_its_full_size(tesseract):
    engine = ColourEngine()
    engine.ocr = "always"
    job = hand_over_files(photograph(1, size=2000), photograph(2))
    run_batch(claim("caption", "a", 100, alone=False), engine)
    assert tesseract.sizes == [(2000, 2000), (24, 24)]
    assert [image.suggestion.candidates[0]["source"] for image in images(job)] == ["ocr", "ocr"]
