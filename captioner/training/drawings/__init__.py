"""Pictures that are no photographs, made by code, to fit what keeps the captioner silent about such pictures."""

from __future__ import annotations

import zlib
from typing import TYPE_CHECKING

import numpy as np

from captioner.training.drawings import (
    blank,
    chart,
    diagram,
    gradient,
    icon,
    illustration,
    line_drawing,
    logo,
    map_sheet,
    noise,
    screenshot,
    silhouette,
    text_scan,
)
from captioner.training.drawings.finish import finish
from captioner.training.drawings.pen import Pen

if TYPE_CHECKING:
    from collections.abc import Callable

    from PIL import Image

DRAWINGS: dict[str, tuple[Callable[[Pen], None], ...]] = {
    "screenshot": screenshot.DRAWINGS,
    "chart": chart.DRAWINGS,
    "logo": logo.DRAWINGS,
    "text_scan": text_scan.DRAWINGS,
    "blank": blank.DRAWINGS,
    "noise": noise.DRAWINGS,
    "line_drawing": line_drawing.DRAWINGS,
    "diagram": diagram.DRAWINGS,
    "map": map_sheet.DRAWINGS,
    "icon": icon.DRAWINGS,
    "gradient": gradient.DRAWINGS,
    "illustration": illustration.DRAWINGS,
    "silhouette": silhouette.DRAWINGS,
}
KINDS: tuple[str, ...] = tuple(DRAWINGS)


def draw(kind: str, seed: int) -> Image.Image:
    """A picture of a kind from KINDS, RGB, from 200 to 1600 pixels along its longer side; the same for the same seed.

    Seeds that follow each other take a kind's drawings in turn, so that a run of them holds each equally often.
    """
    rng = np.random.default_rng([zlib.crc32(kind.encode()), seed])
    drawings = DRAWINGS[kind]
    pen = Pen(rng)
    drawings[seed % len(drawings)](pen)
    return finish(pen)
