import pytest
import torch
from PIL import Image

from captioner.errors import CheckpointError
from captioner.preprocess import Preprocessing


def test_values_are_centred_and_channels_come_first():
    image = Image.new("RGB", (30, 20), (0, 255, 127))
    pixels = Preprocessing(size=8)([image])
    assert pixels.shape == (1, 3, 8, 8)
    assert pixels.dtype == torch.float32
    assert pixels[0, :, 0, 0].tolist() == pytest.approx([-1, 1, -0.5 / 127.5], abs=1e-6)


def test_the_whole_picture_is_squashed_into_the_square():
    """A picture that is red in its left half and blue in its right half keeps both halves, whatever its ratio."""
    image = Image.new("RGB", (100, 10), "red")
    image.paste("blue", (50, 0, 100, 10))
    pixels = Preprocessing(size=10)([image])[0]
    assert pixels[0, :, :4].min() == 1
    assert pixels[2, :, 6:].min() == 1


def test_shrinking_averages_and_does_not_pick():
    """A fine chequerboard becomes grey, not a pattern."""
    image = Image.new("L", (256, 256))
    image.putdata([255 * ((x + y) % 2) for y in range(256) for x in range(256)])
    assert Preprocessing(size=16)([image]).abs().max() < 0.05


@pytest.mark.parametrize("mode", ["L", "RGBA", "P", "1", "CMYK"])
def test_other_modes_become_rgb(mode):
    assert Preprocessing(size=4)([Image.new(mode, (9, 9))]).shape == (1, 3, 4, 4)


def test_the_manifest_entry_says_everything():
    preprocessing = Preprocessing(size=7, mean=(1, 2, 3), std=(4, 5, 6), resampling="bicubic")
    assert Preprocessing.from_json(preprocessing.to_json()) == preprocessing


@pytest.mark.parametrize(
    "change", [{"size": 0}, {"resampling": "magic"}, {"mean": [1]}, {"crop": True}, {"std": None}, {"std": [0, 0, 0]}]
)
def test_a_manifest_entry_that_cannot_be_followed_is_refused(change):
    with pytest.raises(CheckpointError):
        Preprocessing.from_json({**Preprocessing().to_json(), **change})
