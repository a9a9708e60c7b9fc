"""What becomes of photographs on the web without their ceasing to be photographs: grey, framed, blurred, cut out."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

from PIL import Image, ImageDraw, ImageFilter, ImageOps

if TYPE_CHECKING:
    from collections.abc import Callable

_COARSE = 80  # pixels of a side


def altered(picture: Image.Image, number: int) -> Image.Image:
    """An RGB photograph as it is for every even number, else altered, by the ways in turn."""
    if number % 2 == 0:
        return picture
    return _WAYS[number // 2 % len(_WAYS)](picture)


def _grey(picture: Image.Image) -> Image.Image:
    return picture.convert("L").convert("RGB")


def _sepia(picture: Image.Image) -> Image.Image:
    return ImageOps.colorize(picture.convert("L"), "#1b1004", "#fff2d8")


def _compressed(picture: Image.Image) -> Image.Image:
    file = io.BytesIO()
    picture.save(file, "JPEG", quality=25)
    return Image.open(file).convert("RGB")


def _framed(colour: str) -> Callable[[Image.Image], Image.Image]:
    return lambda picture: ImageOps.expand(picture, max(1, max(picture.size) // 12), colour)


def _blurred(picture: Image.Image) -> Image.Image:
    return picture.filter(ImageFilter.GaussianBlur(1.2))


def _coarse(picture: Image.Image) -> Image.Image:
    return picture.resize((_COARSE, _COARSE)).resize(picture.size)


def _few_colours(picture: Image.Image) -> Image.Image:
    return picture.quantize(64).convert("RGB")


def _cut_out(picture: Image.Image) -> Image.Image:
    """What is in the middle on white, as shops show their goods."""
    side = min(picture.size)
    mask = Image.new("L", picture.size)
    box = [(length - 0.9 * side) / 2 for length in picture.size]
    ImageDraw.Draw(mask).ellipse((*box, picture.width - box[0], picture.height - box[1]), 255)
    white = Image.new("RGB", picture.size, "white")
    return Image.composite(picture, white, mask.filter(ImageFilter.GaussianBlur(side / 100)))


_WAYS: tuple[Callable[[Image.Image], Image.Image], ...] = (
    _grey,
    _compressed,
    _framed("white"),
    _blurred,
    _sepia,
    _framed("black"),
    _coarse,
    _few_colours,
    _cut_out,
)
