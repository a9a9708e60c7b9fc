import pytest
from PIL import Image

from captioner.comparison.curves import COLOURS, draw

EPOCH = {"stage": 1, "epoch": 1, "train_loss": 60.0, "dev_loss": 5.0, "bleu_4": 1.0, "cider": 20.0, "minutes": 4.0}


@pytest.mark.parametrize("colour", COLOURS)
def test_every_line_stands_out_from_white(colour):
    """WCAG 2.2, 1.4.11: graphics need a contrast of 3 to 1."""
    channels = [int(colour[first : first + 2], 16) / 255 for first in (1, 3, 5)]
    linear = [value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4 for value in channels]
    luminance = sum(part * value for part, value in zip((0.2126, 0.7152, 0.0722), linear, strict=True))
    assert 1.05 / (luminance + 0.05) >= 3


def test_a_dozen_systems_fit(tmp_path):
    systems = [{"system": f"system {number}", "log": [EPOCH, EPOCH]} for number in range(12)]
    assert draw([*systems, {"system": "without", "log": []}], tmp_path / "curves.png")
    with Image.open(tmp_path / "curves.png") as picture:
        assert picture.width > 1000


def test_without_a_log_nothing_is_drawn(tmp_path):
    assert not draw([{"system": "nic", "log": []}], tmp_path / "curves.png")
    assert not (tmp_path / "curves.png").exists()
