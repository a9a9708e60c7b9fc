import numpy as np
import pytest
from PIL import Image

from captioner.attention_maps import describe, draw
from captioner.types import Look


def look(weights, word="dog"):
    return Look(word, tuple(tuple(float(weight) for weight in row) for row in weights))


def one_place(row, column, weight=1.0, side=8):
    weights = np.zeros((side, side))
    weights[row, column] = weight
    return look(weights)


@pytest.mark.parametrize(
    ("row", "column", "said"),
    [
        (0, 0, "top left (100%)"),
        (0, 7, "top right (100%)"),
        (4, 0, "middle left (100%)"),
        (3, 4, "centre (100%)"),
        (7, 4, "bottom centre (100%)"),
        (7, 7, "bottom right (100%)"),
    ],
)
def test_the_place_is_told_in_words(row, column, said):
    assert describe(one_place(row, column)) == said


def test_the_part_that_lies_there_is_told():
    weights = np.full((6, 6), 0.5 / 36)
    weights[0, 0] += 0.5
    assert describe(look(weights)) == "top left (56%)"


def test_a_place_across_a_border_is_shared_out():
    assert describe(one_place(2, 0)).startswith("top left (67%")


def test_an_even_look_is_at_no_place():
    assert describe(look(np.full((8, 8), 1 / 64))) == "all over the picture"


def test_a_look_away_is_told():
    assert describe(one_place(0, 0, weight=0.2)) == "not at the picture (80% from the sentence alone)"
    assert describe(one_place(0, 0, weight=0.7)) == "top left (70%)"


def test_the_picture_is_bright_where_the_model_looked():
    picture = Image.new("RGB", (80, 60), (200, 100, 0))
    sheet = draw(picture, [one_place(0, 0), one_place(7, 7)])
    first, second = (sheet.crop((88 * panel + 4, 4, 88 * panel + 84, 64)) for panel in (0, 1))
    assert first.getpixel((2, 2)) == (200, 100, 0)
    assert first.getpixel((77, 57)) == (50, 25, 0)
    assert second.getpixel((77, 57)) == (200, 100, 0)
    assert second.getpixel((2, 2)) == (50, 25, 0)


def test_every_word_has_a_panel_with_its_name():
    picture = Image.new("RGB", (900, 300), "grey")
    sheet = draw(picture, [one_place(0, 0) for _ in range(13)])
    width, height = 224 + 8, 75 + 26 + 8
    assert sheet.size == (6 * width, 3 * height)
    label = sheet.crop((0, height - 30, width, height - 4))
    assert min(low for low, _ in label.getextrema()) < 100, "the word is written in dark"
    assert sheet.crop((width, 2 * height, 6 * width, 3 * height)).getextrema() == ((255, 255),) * 3


def test_a_picture_without_any_weight_is_dark():
    sheet = draw(Image.new("RGB", (80, 60), (200, 100, 0)), [look(np.zeros((8, 8)))])
    assert sheet.getpixel((40, 30)) == (50, 25, 0)
