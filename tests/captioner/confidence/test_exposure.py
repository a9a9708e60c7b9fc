"""Pictures of which nothing is left to see are told from photographs that are bright, dark or pale."""

import numpy as np
import pytest
import skimage
from PIL import Image, ImageDraw

from captioner.confidence.exposure import is_unseeable

PHOTOGRAPHS = ("cat", "coffee", "astronaut", "camera", "rocket")


def photograph(name):
    return Image.fromarray(getattr(skimage.data, name)()).convert("RGB").resize((400, 300))


def exposed(image, gain, offset=0):
    pixels = np.asarray(image).astype(np.float32) * gain + offset
    return Image.fromarray(np.clip(pixels, 0, 255).astype(np.uint8))


@pytest.mark.parametrize("name", PHOTOGRAPHS)
@pytest.mark.parametrize(
    ("gain", "offset"), [(8, 180), (1, 230), (0.1, 120), (0.03, 0)], ids=["burnt out", "pale", "fog", "black"]
)
def test_a_photograph_of_which_nothing_is_left_is_known(name, gain, offset):
    assert is_unseeable(exposed(photograph(name), gain, offset))


@pytest.mark.parametrize("name", PHOTOGRAPHS)
@pytest.mark.parametrize(
    ("gain", "offset"), [(1, 0), (1.5, 0), (0.5, 0), (0.5, 100)], ids=["as it is", "bright", "dark", "pale"]
)
def test_a_photograph_that_can_be_seen_is_left_alone(name, gain, offset):
    assert not is_unseeable(exposed(photograph(name), gain, offset))


def test_a_thing_on_white_is_left_alone():
    image, shape = photograph("cat"), Image.new("L", (400, 300))
    ImageDraw.Draw(shape).ellipse((130, 80, 270, 220), fill=255)
    assert not is_unseeable(Image.composite(image, Image.new("RGB", image.size, "white"), shape))


@pytest.mark.parametrize("size", [(8, 8), (8, 3000), (1, 1)])
def test_pictures_of_any_shape_can_be_asked(size):
    assert is_unseeable(Image.new("RGB", size, "grey"))
