"""What happens to a drawing on its way to a reader: scaling, compression, fewer colours."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

from PIL import Image, ImageFilter

if TYPE_CHECKING:
    from captioner.training.drawings.pen import Pen

_SMALLEST, _LARGEST = 200, 1600


def finish(pen: Pen) -> Image.Image:
    """The canvas as a file of it would look: often compressed, sometimes resized or squashed to a square."""
    picture = pen.image.reduce(pen.scale) if pen.scale > 1 else pen.image
    if pen.chance(0.25):  # as data sets and thumbnails have them
        side = pen.whole(200, 257)
        ratio = side / min(picture.size)
        size = (side, side) if pen.chance(0.6) else (round(picture.width * ratio), round(picture.height * ratio))
        picture = picture.resize(size, Image.Resampling.LANCZOS)
    if pen.chance(0.06):
        picture = picture.filter(ImageFilter.GaussianBlur(pen.number(0.4, 1.2)))
    picture = _within(picture)
    way = pen.number(0, 1)
    if way < 0.45:
        return _through(picture, "JPEG", quality=pen.whole(20, 96))
    if way < 0.6:
        return _through(picture, "WEBP", quality=pen.whole(40, 95), method=0)
    if way < 0.65:
        return picture.quantize(pen.whole(8, 256), Image.Quantize.FASTOCTREE).convert("RGB")
    return picture


def _within(picture: Image.Image) -> Image.Image:
    """Scaled so that the longer side is within bounds."""
    longer = max(picture.size)
    factor = min(max(longer, _SMALLEST), _LARGEST) / longer
    if factor == 1:
        return picture
    return picture.resize((max(8, round(picture.width * factor)), max(8, round(picture.height * factor))))


def _through(picture: Image.Image, kind: str, **options: int) -> Image.Image:
    """The picture after it was compressed."""
    file = io.BytesIO()
    picture.save(file, kind, **options)
    return Image.open(file).convert("RGB")
