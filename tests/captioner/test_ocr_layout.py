"""Tesseract's table, written by hand, to text."""

import pytest
from PIL import Image, ImageDraw

from captioner.ocr_layout import TsvError, lines_of, picture_text

HEADING = "level page_num block_num par_num line_num word_num left top width height conf text".replace(" ", "\t")


def table(*lines, heading=HEADING):
    """Each line: block, paragraph, words with their confidence. Lines stand 20 pixels apart, words 50."""
    rows = [heading, "1\t1\t0\t0\t0\t0\t0\t0\t400\t300\t-1\t"]
    for number, (block, paragraph, *words) in enumerate(lines):
        for place, (text, confidence) in enumerate(words):
            place_in_picture = [5, 1, block, paragraph, number, place + 1, 50 * place, 20 * number, 40, 10]
            rows.append("\t".join(map(str, [*place_in_picture, confidence, text])))
    return "\n".join(rows) + "\n"


def sure(sentence, confidence=95):
    return [(word, confidence) for word in sentence.split(" ")]


def read(*lines, scale=1.0):
    return picture_text(lines_of(table(*lines), scale), Image.new("RGB", (400, 300)))


def test_lines_of_a_paragraph_are_joined_and_paragraphs_are_not():
    found = read((1, 1, *sure("Mind the")), (1, 1, *sure("gap")), (1, 2, *sure("Trains")), (2, 1, *sure("run late")))
    assert found.text == "Mind the gap\nTrains\nrun late"
    assert (found.words, found.confidence) == (6, 0.95)


@pytest.mark.parametrize(
    ("first", "second", "text"),
    [
        ("the time-", "table", "the timetable"),
        ("the time\N{HYPHEN}", "table", "the timetable"),
        ("the time\N{SOFT HYPHEN}", "table", "the timetable"),
        ("Stratford-", "Avon", "Stratford-Avon"),
        ("1914 -", "in peace", "1914 - in peace"),
        ("the time", "table", "the time table"),
    ],
)
def test_words_divided_at_a_lines_end_are_whole_again(first, second, text):
    assert read((1, 1, *sure(first)), (1, 1, *sure(second))).text == text


def test_a_divided_word_joins_what_a_short_line_had_parted():
    assert read((1, 1, *sure("about the his-")), (1, 2, *sure("tory of it"))).text == "about the history of it"
    assert read((1, 1, *sure("about the his-")), (2, 1, *sure("tory of it"))).text == "about the his-\ntory of it"


def test_a_missing_word_is_told():
    found = read((1, 1, ("Do", 96), ("mot", 40), ("gark", 30), ("park", 96), ("here", 96)))
    assert found.text == "Do … park here"
    assert found.words == 3


def test_specks_and_icons_leave_no_gap():
    assert read((1, 1, ("|", 20), ("Do", 96), ("i", 10), ("park", 96))).text == "Do park"


def test_bullets_begin_a_line_and_are_not_read_aloud():
    found = read((1, 1, ("•", 90), *sure("Sales grew")), (1, 1, ("¢", 75), *sure("Costs fell")), (1, 1, *sure("again")))
    assert found.text == "Sales grew\nCosts fell again"
    assert found.words == 5


def test_a_line_that_is_mostly_guessed_is_left_out():
    assert read((1, 1, *sure("Main Street")), (2, 1, ("wobble", 30), ("fret", 20), ("on", 90))).text == "Main Street"


@pytest.mark.parametrize("confidence", [69, 75])
def test_what_is_not_read_with_confidence_is_nothing(confidence):
    assert read((1, 1, *sure("wobble fret", confidence))) is None


@pytest.mark.parametrize("texture", ["a", "— ~~ =", "«?", "as"])
def test_textures_are_not_text(texture):
    assert read((1, 1, *sure(texture))) is None


def test_text_is_composed_and_free_of_control_characters():
    found = read((1, 1, ("cafe\N{COMBINING ACUTE ACCENT}", 95), ("a\x07\u200bb", 95), ("\u00a0", 95), ('"quoted"', 95)))
    assert found.text == 'caf\u00e9 ab "quoted"'


def test_nothing_found_is_none():
    assert read() is None
    assert read((1, 1, (" ", 95))) is None


@pytest.mark.parametrize(
    "answer",
    ["", "no table at all", table(heading="level\ttext"), HEADING + "\n5\t1\t1\t1\t1\t1\tx\ty\t1\t1\t95\tword"],
)
def test_what_is_no_table_is_an_error(answer):
    with pytest.raises(TsvError):
        lines_of(answer)


def test_boxes_are_in_pixels_of_the_picture():
    [line] = lines_of(table((1, 1, *sure("one two"))), 2.0)
    assert line.box == (0, 0, 45, 5)


def test_the_share_is_of_what_is_drawn_and_not_of_the_area():
    picture = Image.new("RGB", (400, 300), "white")
    draw = ImageDraw.Draw(picture)
    for left in range(0, 90, 6):
        draw.rectangle((left, 0, left + 2, 10), fill="black")  # as letters
    lines = lines_of(table((1, 1, *sure("one two"))))
    assert picture_text(lines, picture).share > 0.95
    assert picture_text(lines, picture).mostly_text
    for left in range(0, 400, 6):
        draw.rectangle((left, 100, left + 2, 250), fill="black")
    assert picture_text(lines, picture).share < 0.1
    assert not picture_text(lines, picture).mostly_text


def test_the_share_of_a_picture_without_anything_is_none():
    assert read((1, 1, *sure("one two"))).share == 0
