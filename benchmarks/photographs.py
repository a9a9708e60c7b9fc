"""Photographs made in code: what they show is nothing, but they cost as much to decode as real ones."""

from __future__ import annotations

import io

import numpy as np
from PIL import Image

_QUALITY = 85
_SCALES = ((4, 60), (16, 30), (64, 15), (256, 8))  # patches along the longer side, and how much they differ
_GRAIN = 3


def photographs(count: int, size: tuple[int, int] = (1024, 768), seed: int = 0) -> list[bytes]:
    """JPEG files of `size`: soft patches of every scale and a little grain, at most a megabyte each."""
    random = np.random.default_rng(seed)
    return [_photograph(random, size) for _ in range(count)]


def _photograph(random: np.random.Generator, size: tuple[int, int]) -> bytes:
    width, height = size
    values = np.full((height, width, 3), 128.0)
    for patches, strength in _SCALES:
        rows = max(1, patches * height // width)
        for channel in range(3):
            coarse = Image.fromarray(random.normal(0, strength, (rows, patches)).astype(np.float32))
            values[..., channel] += np.asarray(coarse.resize(size, Image.Resampling.BICUBIC))
    values += random.normal(0, _GRAIN, (height, width, 1))
    file = io.BytesIO()
    Image.fromarray(values.clip(0, 255).astype(np.uint8)).save(file, "JPEG", quality=_QUALITY)
    return file.getvalue()
