"""Photographs as the web hands them on."""

import numpy as np
from PIL import Image

from captioner.training.alterations import altered

COUNT = 18


def photograph():
    """Soft colours, many of them."""
    colours = np.random.default_rng(0).integers(0, 256, (6, 8, 3), dtype=np.uint8)
    return Image.fromarray(colours).resize((200, 150), Image.Resampling.BICUBIC)


def test_every_second_photograph_stays_as_it_is():
    original = photograph()
    assert all(altered(original, number) is original for number in range(0, COUNT, 2))


def test_the_others_are_altered_each_in_its_way():
    original = photograph()
    versions = [altered(original, number) for number in range(1, COUNT, 2)]
    assert {version.mode for version in versions} == {"RGB"}
    assert len({version.tobytes() for version in (original, *versions)}) == len(versions) + 1


def middle(picture):
    """The middle of a photograph of 200 x 150, whatever was put around it, in grey and coarse."""
    box = [(length - kept) // 2 for length, kept in zip(picture.size, (100, 75), strict=True)]
    inside = picture.convert("L").crop((*box, box[0] + 100, box[1] + 75))
    return np.asarray(inside.resize((20, 15)), float).ravel()


def test_they_stay_recognisable():
    original = photograph()
    for number in range(1, COUNT, 2):
        assert np.corrcoef(middle(altered(original, number)), middle(original))[0, 1] > 0.95, number
