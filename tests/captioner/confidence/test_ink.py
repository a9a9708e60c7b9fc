"""Drawings that are traced from photographs are told from the photographs."""

import io

import numpy as np
import pytest
import skimage
from PIL import Image, ImageDraw

from captioner.confidence.ink import is_in_ink
from tests.captioner.drawings.traced import TRACERS

PHOTOGRAPHS = ("cat", "coffee", "astronaut", "camera")


def photograph(name):
    return Image.fromarray(getattr(skimage.data, name)()).convert("RGB")


def compressed(image):
    file = io.BytesIO()
    image.save(file, "JPEG", quality=40)
    return Image.open(file).convert("RGB")


@pytest.mark.parametrize("wear", [lambda image: image, compressed], ids=["as it is", "compressed"])
@pytest.mark.parametrize("trace", TRACERS)
def test_what_is_traced_is_in_ink(trace, wear):
    found = [is_in_ink(wear(trace(photograph(name).resize((480, 360))))) for name in PHOTOGRAPHS]
    assert sum(found) >= 3


@pytest.mark.parametrize("size", [(1200, 900), (480, 360), (224, 224), (96, 64)])
@pytest.mark.parametrize("name", PHOTOGRAPHS)
def test_photographs_are_not_in_colours_or_grey(name, size):
    image = photograph(name).resize(size)
    for one in (image, image.convert("L").convert("RGB"), compressed(image)):
        assert not is_in_ink(one)


@pytest.mark.parametrize("ground", ["white", "black"])
def test_what_was_cut_out_of_a_photograph_is_not(ground):
    image, shape = photograph("cat").resize((400, 300)), Image.new("L", (400, 300))
    ImageDraw.Draw(shape).ellipse((60, 20, 340, 280), fill=255)
    for mode in ("RGB", "L"):
        cut = Image.composite(image, Image.new("RGB", image.size, ground), shape)
        assert not is_in_ink(cut.convert(mode).convert("RGB"))


@pytest.mark.parametrize("size", [(8, 8), (8, 3000), (3000, 8), (1, 1)])
@pytest.mark.parametrize("colour", ["white", "black", "grey"])
def test_pictures_of_any_shape_can_be_asked(size, colour):
    assert not is_in_ink(Image.fromarray(np.asarray(Image.new("RGB", size, colour))))
