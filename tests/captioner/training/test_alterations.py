"""Photographs as the web hands them on."""

import numpy as np
from PIL import Image

from captioner.training.alterations import altered

COUNT = 16


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


def test_they_stay_recognisable():
    original = np.asarray(photograph().convert("L").resize((20, 15)), float)
    for number in range(1, COUNT, 2):
        version = altered(photograph(), number)
        left, top = (version.width - 200) // 2, (version.height - 150) // 2  # a frame's
        inside = version.convert("L").crop((left, top, left + 200, top + 150)).resize((20, 15))
        assert np.corrcoef(np.asarray(inside, float).ravel(), original.ravel())[0, 1] > 0.95, number
