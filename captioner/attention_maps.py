"""Where the model looked for each word: told in words, and drawn over the picture."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from PIL import Image, ImageDraw, ImageFont

if TYPE_CHECKING:
    from collections.abc import Sequence

    from captioner.types import Look

_ROWS = ("top", "middle", "bottom")
_COLUMNS = ("left", "centre", "right")
_EVEN = 1.5  # the strongest ninth has at least this times an even share, or the look is at no place in particular
_AWAY = 0.5

_PANEL = 224  # pixels, of the longer side
_LINE = 26
_DARKEST = 0.25  # the brightness of a place without weight
_IN_A_ROW = 6


def describe(look: Look) -> str:
    """Say in a few words where a look went, for example `top left (41 %)`.

    The percentage is the part of the weight that lies in that ninth of the picture.
    """
    weights = np.array(look.weights)  # (S, S)
    total = float(weights.sum())
    if total < _AWAY:
        return f"not at the picture ({1 - total:.0%} from the sentence alone)"
    ninths = _ninths(weights)  # (3, 3)
    row, column = np.unravel_index(int(ninths.argmax()), ninths.shape)
    share = float(ninths[row, column])
    if share < _EVEN * total / 9:
        return "all over the picture"
    place = "centre" if (row, column) == (1, 1) else f"{_ROWS[row]} {_COLUMNS[column]}"
    return f"{place} ({share:.0%})"


def draw(image: Image.Image, looks: Sequence[Look]) -> Image.Image:
    """One panel for each word, in reading order: the picture, bright where the model looked and dark elsewhere."""
    small = image.convert("RGB")
    small.thumbnail((_PANEL, _PANEL))
    font = ImageFont.load_default(size=_LINE - 8)
    columns = min(_IN_A_ROW, len(looks))
    rows = -(-len(looks) // _IN_A_ROW)
    width, height = small.width + 8, small.height + _LINE + 8
    sheet = Image.new("RGB", (columns * width, rows * height), "white")
    pen = ImageDraw.Draw(sheet)
    for number, look in enumerate(looks):
        left, top = number % _IN_A_ROW * width + 4, number // _IN_A_ROW * height + 4
        sheet.paste(_lit(small, np.array(look.weights)), (left, top))
        pen.text((left, top + small.height + 2), look.word or "(end)", fill="black", font=font)
    return sheet


def _lit(image: Image.Image, weights: np.ndarray) -> Image.Image:
    """The picture under its weights (S, S): the strongest place at full brightness."""
    strength = Image.fromarray((weights / max(weights.max(), 1e-9)).astype(np.float32))
    mask = np.array(strength.resize(image.size, Image.Resampling.BICUBIC)).clip(0, 1)  # (H, W)
    light = _DARKEST + (1 - _DARKEST) * mask[..., None]  # (H, W, 1)
    return Image.fromarray((np.array(image) * light).astype(np.uint8))


def _ninths(weights: np.ndarray) -> np.ndarray:
    """The weight in each ninth of the picture, (3, 3); a place across a border is shared out."""
    side = len(weights)
    edges = np.arange(4) * side / 3
    starts = np.arange(side)
    overlap = np.minimum(starts + 1, edges[1:, None]) - np.maximum(starts, edges[:-1, None])  # (3, S)
    overlap = overlap.clip(0)
    ninths: np.ndarray = overlap @ weights @ overlap.T
    return ninths
