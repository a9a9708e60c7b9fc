"""The colours of a picture in words."""

import pytest
from PIL import Image

from captioner.colours import colours_in_words


def painted(*stripes):
    """A picture of vertical stripes, (colour, width) each."""
    picture = Image.new("RGB", (sum(width for _, width in stripes), 60))
    at = 0
    for colour, width in stripes:
        picture.paste(colour, (at, 0, at + width, 60))
        at += width
    return picture


@pytest.mark.parametrize(
    ("colour", "words"),
    [
        ("white", "mostly white"),
        ("black", "mostly black"),
        ("#808080", "mostly grey"),
        ("#404040", "mostly dark grey"),
        ("#d0d0d0", "mostly light grey"),
        ("#e01010", "mostly red"),
        ("#ff8c00", "mostly orange"),
        ("#6b4423", "mostly dark brown"),
        ("#ffe100", "mostly yellow"),
        ("#0a4d0a", "mostly dark green"),
        ("#30c0c0", "mostly turquoise"),
        ("#1040d0", "mostly blue"),
        ("#b0d0ff", "mostly light blue"),
        ("#7020c0", "mostly purple"),
        ("#ff69b4", "mostly pink"),
        ("pink", "mostly pink"),
    ],
)
def test_a_colour_has_the_name_that_people_give_it(colour, words):
    assert colours_in_words(painted((colour, 60))) == words


@pytest.mark.parametrize(
    ("stripes", "words"),
    [
        ([("#0a4d0a", 60), ("white", 40)], "mostly dark green and white"),
        ([("white", 90), ("red", 10)], "mostly white"),
        ([("white", 75), ("red", 25)], "mostly white and red"),
        ([("blue", 37), ("white", 34), ("red", 29)], "mostly blue and white"),
        ([("#0a4d0a", 30), ("#30c030", 25), ("white", 45)], "mostly dark green and white"),
        ([("blue", 33), ("white", 27), ("red", 22), ("black", 18)], "blue, white and red"),
        ([("blue", 52), *[(colour, 8) for colour in ("white", "red", "black", "yellow", "grey", "pink")]],
         "blue and many colours"),
    ],
)  # fmt: skip
def test_the_commonest_come_first_and_rare_ones_are_left_out(stripes, words):
    assert colours_in_words(painted(*stripes)) == words


def test_of_many_none_is_named():
    colours = ["white", "black", "red", "orange", "yellow", "green", "turquoise", "blue", "purple", "pink"]
    assert colours_in_words(painted(*[(colour, 6) for colour in colours])) == "many colours"
