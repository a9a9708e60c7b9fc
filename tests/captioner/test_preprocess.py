import numpy as np
import pytest
import torch
from PIL import Image

from captioner.errors import CheckpointError
from captioner.preprocess import Preprocessing
from tests.captioner.tiny import picture


def test_values_are_centred_and_channels_come_first():
    image = Image.new("RGB", (30, 20), (0, 255, 127))
    pixels = Preprocessing(size=8)([image])
    assert pixels.shape == (1, 3, 8, 8)
    assert pixels.dtype == torch.float32
    assert pixels[0, :, 0, 0].tolist() == pytest.approx([-1, 1, -0.5 / 127.5], abs=1e-6)


def test_a_batch_has_the_very_values_of_each_picture_alone():
    """What the manifest says, value by value in float32; the layout in memory is the encoder's."""
    preprocessing = Preprocessing(size=11, mean=(120.5, 110.0, 99.9), std=(58.4, 57.1, 57.4))
    images = [picture(seed, (50, 40)) for seed in range(5)]
    threads = torch.get_num_threads()
    torch.set_num_threads(3)
    try:
        together = preprocessing(images)
    finally:
        torch.set_num_threads(threads)
    mean, std = np.float32(preprocessing.mean), np.float32(preprocessing.std)
    for image, pixels in zip(images, together, strict=True):
        values = np.float32(image.resize((11, 11), Image.Resampling.BILINEAR))  # (S, S, 3)
        assert np.array_equal(pixels.permute(1, 2, 0).numpy(), (values - mean) / std)
        assert torch.equal(pixels, preprocessing([image])[0])
    assert together.is_contiguous(memory_format=torch.channels_last)


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
