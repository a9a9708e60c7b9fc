"""The perceptual hash: the same for copies, another for other pictures, none for pictures without detail."""

import io
from itertools import combinations

import pytest
from PIL import Image as Pillow
from PIL import ImageEnhance

from benchmarks.photographs import photographs
from captioner.training.drawings import KINDS, draw
from webapp.library.near import MOST_BITS
from webapp.library.phash import BITS, distance, phash

DETAILED = [kind for kind in KINDS if kind not in ("blank", "gradient")]


@pytest.fixture(scope="module")
def pictures():
    """110 drawings of eleven kinds, and 20 photographs, always the same."""
    made = [draw(kind, seed) for kind in DETAILED for seed in range(10)]
    return made + [Pillow.open(io.BytesIO(data)).convert("RGB") for data in photographs(20, (320, 240))]


@pytest.fixture(scope="module")
def hashes(pictures):
    return [phash(picture) for picture in pictures]


def copies(picture):
    """Half the size, saved as a poor JPEG, and brighter."""
    yield picture.resize((picture.width // 2, picture.height // 2), Pillow.Resampling.BICUBIC)
    file = io.BytesIO()
    picture.save(file, "JPEG", quality=50)
    yield Pillow.open(file)
    yield ImageEnhance.Brightness(picture).enhance(1.1)


def test_other_pictures_never_match(hashes):
    near = [pair for pair in combinations(filter(None, hashes), 2) if distance(*pair) <= MOST_BITS]
    assert near == []


def test_most_copies_do(pictures, hashes):
    found = [
        bool(other) and distance(own, other) <= MOST_BITS
        for own, picture in zip(hashes, pictures, strict=True)
        if own
        for other in map(phash, copies(picture))
    ]
    assert len(found) > 300
    assert sum(found) / len(found) >= 0.9


@pytest.mark.parametrize("colour", ["white", "black", "#808080", "#c03020"])
def test_a_blank_picture_has_none(colour):
    assert phash(Pillow.new("RGB", (640, 480), colour)) == ""


def test_a_gradient_and_faint_noise_have_none():
    gradient = Pillow.linear_gradient("L")
    assert phash(gradient) == ""
    noise = Pillow.effect_noise((256, 256), 4)
    assert phash(noise) == ""
    file = io.BytesIO()
    Pillow.new("RGB", (640, 480), "#c03020").save(file, "JPEG", quality=30)
    assert phash(Pillow.open(file)) == ""


@pytest.mark.parametrize("mode", ["1", "L", "P", "RGBA", "CMYK"])
def test_it_takes_pictures_of_any_mode(mode, pictures):
    assert len(phash(pictures[0].convert(mode))) == BITS // 4


def test_the_distance_counts_bits():
    assert distance("0" * 16, "f" * 16) == 64
    assert distance("00000000000000f0", "0000000000000070") == 1
