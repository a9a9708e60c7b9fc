"""The statistics on pictures whose statistics are known."""

import numpy as np
import pytest
from PIL import Image

from captioner.picture_statistics import STATISTICS, measure


def named(image):
    return dict(zip(STATISTICS, measure(image).tolist(), strict=True))


def noise(size=(300, 240), channels=3, seed=0):
    values = np.random.default_rng(seed).integers(0, 256, (size[1], size[0], channels)).astype(np.uint8)
    return Image.fromarray(values.squeeze()).convert("RGB")


def slope(width=200, height=200):
    return Image.fromarray(np.tile(np.linspace(0, 255, width).astype(np.uint8), (height, 1))).convert("RGB")


ODD = [
    Image.new("RGB", (1, 1)),
    Image.new("RGB", (1, 1), "white"),
    Image.new("RGB", (2, 900), "red"),
    Image.new("RGB", (900, 18), "blue"),
    Image.new("L", (40, 40), 128),
    Image.new("1", (64, 64), 1),
    noise((7, 9)),
    noise((1200, 30)),
    noise((500, 400), 1),
    slope(1600, 33),
]


def test_each_statistic_has_a_name_of_its_own():
    assert len(set(STATISTICS)) == len(STATISTICS)


@pytest.mark.parametrize("image", ODD, ids=lambda image: f"{image.mode} {image.width}x{image.height}")
def test_every_value_is_finite_for_every_picture(image):
    found = measure(image)
    assert found.dtype == np.float32
    assert found.shape == (len(STATISTICS),)
    assert np.isfinite(found).all()
    assert np.abs(found).max() < 1000


def test_the_same_picture_measures_the_same():
    assert np.array_equal(measure(noise()), measure(noise()))


@pytest.mark.parametrize("colour", ["white", "black", "#3a7bd5"])
def test_one_colour_is_flat_everywhere(colour):
    found = named(Image.new("RGB", (400, 300), colour))
    assert found["flat"] == found["commonest_colour"] == found["commonest_coarse_colour"] == 1
    assert found["long_rows"] == found["long_columns"] == found["quiet_blocks"] == 1
    assert found["coarse_colour_entropy"] == found["strong_gradients"] == found["noise"] == 0


def test_white_noise_is_nowhere_flat_and_correlates_with_nothing():
    found = named(noise((192, 192)))
    for name in ("correlation_1", "correlation_4", "correlation_16", "red_green", "green_blue", "spectrum_slope"):
        assert abs(found[name]) < 0.12, name
    assert found["flat"] < 0.01
    assert found["noise"] > 3


def test_a_slope_is_smooth_and_has_edges_in_one_direction():
    found = named(slope())
    assert found["correlation_1"] > 0.99
    assert found["linear"] > 0.9
    assert found["unsaturated"] == 1
    assert found["long_columns"] == 1


def test_letters_on_paper_are_two_greys_with_hard_edges():
    values = np.full((240, 320), 255, np.uint8)
    values[::8, ::3] = 0
    values[1::8, ::3] = 0
    found = named(Image.fromarray(values).convert("RGB"))
    assert found["near_grey_mode"] > 0.5
    assert found["white"] > 0.5
    assert found["strong_gradients"] > 0.1


def test_upright_edges_are_told_from_slanting_ones():
    across, down = np.meshgrid(np.arange(192), np.arange(192))
    boxes = Image.fromarray(((across // 16 + down // 16) % 2 * 255).astype(np.uint8)).convert("RGB")
    slanting = Image.fromarray(((across + down) // 16 % 2 * 255).astype(np.uint8)).convert("RGB")
    assert named(boxes)["upright_edges"] > 0.9
    assert named(slanting)["upright_edges"] < 0.1


def test_size_tells_nothing():
    small = noise((24, 24)).resize((192, 192), Image.Resampling.BICUBIC)
    large = small.resize((1536, 1536), Image.Resampling.NEAREST)
    assert np.allclose(measure(small), measure(large), atol=0.05)


def test_a_frame_is_seen_at_the_border():
    framed = Image.new("RGB", (192, 192), "white")
    framed.paste(noise((150, 150)), (20, 20))
    assert named(framed)["border_commonest"] == 1
    assert named(noise((192, 192)))["border_commonest"] < 0.3
