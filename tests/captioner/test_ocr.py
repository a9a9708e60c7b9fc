"""Text read from pictures that are drawn here, by the real Tesseract; and what becomes of one that does not work."""

import logging
import stat
import time
from difflib import SequenceMatcher

import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFont

from captioner import ocr
from captioner.ocr import find_tesseract, read_text, tesseract_version
from tests.services.servers import need
from tests.test_architecture import loaded_after

FIRST = "The harbour office will be closed on Friday while the new crane is tested."
SECOND = "Ferries leave from the second pier every forty minutes and tickets are sold on board."
HEADING = "level page_num block_num par_num line_num word_num left top width height conf text".replace(" ", "\t")


@pytest.fixture(autouse=True)
def nothing_remembered(monkeypatch):
    monkeypatch.delenv("CAPTIONER_TESSERACT", raising=False)
    ocr._languages.cache_clear()
    ocr._warn.cache_clear()


@pytest.fixture
def tesseract():
    return need("tesseract")


def font(size):
    return ImageFont.load_default(size=size)


def drawn(size, *texts, background="white", colour="black"):
    """A picture with texts: left, top, size of the letters, text."""
    picture = Image.new("RGB", size, background)
    for left, top, letters, text in texts:
        ImageDraw.Draw(picture).text((left, top), text, font=font(letters), fill=colour, spacing=letters // 2)
    return picture


def wrapped(text, width=32):
    lines = [""]
    for word in text.split():
        if len(lines[-1]) + len(word) >= width:
            lines.append("")
        lines[-1] = f"{lines[-1]} {word}".strip()
    return "\n".join(lines)


def page(**colours):
    return drawn((800, 600), (60, 60, 28, wrapped(FIRST)), (60, 330, 28, wrapped(SECOND)), **colours)


@pytest.mark.service
@pytest.mark.parametrize(
    "picture",
    [
        page(),
        page(background="black", colour="white"),
        page().rotate(3, Image.Resampling.BICUBIC, fillcolor="white"),
        page().resize((400, 300), Image.Resampling.LANCZOS),
    ],
    ids=["black on white", "white on black", "rotated", "small"],
)
def test_a_page_is_read_and_is_mostly_text(tesseract, picture):
    found = read_text(picture)
    assert found.text.split() == f"{FIRST} {SECOND}".split()
    assert found.words == len(f"{FIRST} {SECOND}".split())
    assert found.mostly_text


@pytest.mark.service
def test_paragraphs_are_lines(tesseract):
    assert read_text(page()).text.split("\n") == [FIRST, SECOND]


@pytest.mark.service
def test_a_poster_is_read_from_large_to_small(tesseract):
    texts = [(60, 60, 110, "SUMMER"), (60, 300, 60, "Saturday 12 July"), (60, 480, 36, "Doors open at 19:30")]
    found = read_text(drawn((700, 700), *texts, background="#7a1f3d", colour="#ffe9a8"))
    assert found.text.split("\n") == ["SUMMER", "Saturday 12 July", "Doors open at 19:30"]
    assert found.mostly_text


@pytest.mark.service
def test_words_divided_in_a_narrow_column_are_whole_again(tesseract):
    column = "The first column tells\nabout the his-\ntory of the old town\nand its harbour."
    assert "the history of the old town" in read_text(drawn((600, 320), (40, 40, 30, column))).text


def test_columns_are_read_one_after_the_other(tesseract):
    columns = [(50, 50, 30, wrapped(f"{FIRST} {FIRST}", 30)), (650, 50, 30, wrapped(f"{SECOND} {SECOND}", 30))]
    found = read_text(drawn((1200, 450), *columns)).text.split()
    order = SequenceMatcher(None, found, f"{FIRST} {FIRST} {SECOND} {SECOND}".split())
    assert order.ratio() > 0.9  # a word or two may be misread; across the columns hardly any would be in its place


@pytest.mark.service
def test_a_tiny_banner_is_read(tesseract):
    found = read_text(drawn((200, 30), (12, 6, 13, "Subscribe to our newsletter"), background="#ffcc00"))
    assert found.text == "Subscribe to our newsletter"
    assert found.mostly_text


def photo_like():
    """A sky above a meadow: soft changes and a texture."""
    down, across = np.mgrid[0:480, 0:640]
    sky = np.stack([120 + down / 6, 150 + down / 6, 220 - across / 20], axis=-1)
    meadow = np.random.default_rng(1).normal((70, 120, 50), 30, (480, 640, 3))
    return Image.fromarray(np.where(down[..., None] < 240, sky, meadow).clip(0, 255).astype("uint8"))


NOISE = Image.fromarray(np.random.default_rng(2).integers(0, 256, (300, 400, 3), dtype=np.uint8))


@pytest.mark.service
@pytest.mark.parametrize(
    "picture",
    [Image.new("RGB", (400, 300), "white"), Image.new("L", (8, 8)), NOISE, photo_like()],
    ids=["blank", "smallest", "noise", "photo-like"],
)
def test_where_there_is_no_text_there_is_none(tesseract, picture, caplog):
    assert read_text(picture) is None
    assert not caplog.records, "Tesseract ran without trouble"


@pytest.mark.service
def test_a_sign_in_a_photograph_is_kept_but_is_not_the_picture(tesseract):
    picture = photo_like()
    picture.paste(drawn((400, 140), (80, 45, 40, "Main Street")), (120, 40))
    found = read_text(picture)
    assert found.text == "Main Street"
    assert not found.mostly_text


@pytest.mark.service
def test_a_language_that_is_not_installed_is_told_and_english_is_read(tesseract, caplog):
    for _ in range(2):
        assert read_text(drawn((300, 60), (20, 15, 28, "Read more")), languages="xyz").text == "Read more"
    assert [record.getMessage() for record in caplog.records] == ["Tesseract has no data for xyz; text is read as eng."]


@pytest.mark.service
def test_the_version_is_told(tesseract):
    assert tesseract_version()[0].isdigit()


@pytest.mark.parametrize(
    ("size", "scale"),
    [((1000, 600), 1), ((500, 300), 2), ((100, 30), 4), ((3000, 2000), 1), ((6000, 6000), 0.5), ((20000, 450), 1)],
)
def test_small_pictures_are_enlarged_and_huge_ones_reduced(size, scale):
    assert ocr._scale(*size) == scale


@pytest.fixture
def fake(tmp_path, monkeypatch):
    """Puts a script in Tesseract's place; gives a function that takes what it does when it is to read a picture."""

    def with_body(body, languages="eng"):
        path = tmp_path / "fake-tesseract"
        listing = f"if [ \"$1\" = --list-langs ]; then printf '%s\\n' List: {languages}; exit; fi\n"
        path.write_text(f"#!/bin/sh\n{listing}{body}\n")
        path.chmod(path.stat().st_mode | stat.S_IXUSR)
        monkeypatch.setenv("CAPTIONER_TESSERACT", str(path))

    return with_body


WORD = "\\t".join(["5", "1", "1", "1", "1", "1", "10", "10", "80", "20", "96", "Welcome"])
ANSWER = f"cat >/dev/null; printf '%b\\n' '{HEADING}' '{WORD}'"
PICTURE = Image.new("RGB", (1000, 50), "white")


def test_the_program_is_called_as_it_should_be(fake, tmp_path):
    fake(f"echo \"$@\" $OMP_THREAD_LIMIT >'{tmp_path}/called'; {ANSWER}")
    assert read_text(PICTURE).text == "Welcome"
    assert (tmp_path / "called").read_text() == "stdin stdout --psm 3 -l eng tsv 1\n"


@pytest.mark.parametrize(
    ("asked", "installed", "used"),
    [
        ("deu", "deu eng osd", "-l deu"),
        ("deu+fra", "eng fra", "-l fra"),
        ("deu", "eng fra", "-l eng"),
        ("deu", "fra ita osd", "-l fra+ita"),
        ("deu", "osd", ""),
    ],
)
def test_only_installed_languages_are_asked_for(fake, tmp_path, asked, installed, used, caplog):
    fake(f"echo \"$@\" >'{tmp_path}/called'; {ANSWER}", installed)
    assert read_text(PICTURE, languages=asked).text == "Welcome"
    assert (tmp_path / "called").read_text() == " ".join(f"stdin stdout --psm 3 {used} tsv".split()) + "\n"
    assert ("no data for" in caplog.text) == (asked not in installed)


@pytest.mark.parametrize(
    ("body", "said"),
    [
        ("echo 'Error opening data file' >&2; exit 1", "status 1, no text is read: Error opening data file"),
        ("kill -SEGV $$", "status -11"),
        ("cat >/dev/null; echo garbage", "answer is not understood"),
        ("cat >/dev/null; printf '\\377\\376\\000'", "answer is not understood"),
        ("exit 0", "answer is not understood"),
    ],
    ids=["error", "crash", "garbage", "bytes", "silence"],
)
def test_a_broken_tesseract_is_one_line_in_the_log(fake, body, said, caplog):
    fake(body)
    assert read_text(PICTURE) is None
    assert read_text(PICTURE) is None
    [record] = caplog.records
    assert record.levelno == logging.WARNING
    assert said in record.getMessage()


def test_a_tesseract_that_hangs_is_stopped(fake, caplog):
    fake("sleep 30")
    began = time.monotonic()
    assert read_text(PICTURE, timeout=0.5) is None
    assert time.monotonic() - began < 10
    assert "stopped after 0.5 seconds" in caplog.text


def test_a_file_that_is_no_program_is_one_line_in_the_log(fake, tmp_path, caplog):
    fake("")
    (tmp_path / "fake-tesseract").write_bytes(b"\x00\x01 no program")
    assert read_text(PICTURE) is None
    assert "cannot be run" in caplog.text
    assert tesseract_version() is None


def test_tesseract_can_be_switched_off(monkeypatch, fake):
    fake(ANSWER)
    assert find_tesseract().name == "fake-tesseract"
    monkeypatch.setenv("CAPTIONER_TESSERACT", "off")
    assert find_tesseract() is None
    assert read_text(PICTURE) is None
    assert tesseract_version() is None


def test_without_tesseract_nothing_is_read_and_nothing_is_said(monkeypatch, tmp_path, caplog):
    monkeypatch.setenv("PATH", str(tmp_path))
    assert find_tesseract() is None
    assert read_text(PICTURE) is None
    assert not caplog.records


def test_a_name_that_leads_nowhere_is_told_once(monkeypatch, caplog):
    monkeypatch.setenv("CAPTIONER_TESSERACT", "/nowhere/tesseract")
    assert read_text(PICTURE) is None
    assert read_text(PICTURE) is None
    [record] = caplog.records
    assert "CAPTIONER_TESSERACT names no program" in record.getMessage()


def test_reading_text_needs_neither_torch_nor_django():
    assert not loaded_after("import captioner.ocr") & {"torch", "torchvision", "django", "celery"}
