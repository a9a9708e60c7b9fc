"""Captions with their confidence: the signs of the pictures joined to those of the sentences, and read."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from captioner.bands import Band
from captioner.picture_statistics import measure
from captioner.types import Confidence

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PIL import Image

    from captioner.confidence.calibration import Calibration
    from captioner.types import Caption


def judged(
    captions: Sequence[Caption],
    images: Sequence[Image.Image],
    pooled: np.ndarray,
    calibration: Calibration,
    *,
    beam_size: int | None,
) -> list[Caption]:
    """The captions with their confidence, and why one is withheld.

    pooled: features of the images, (B, D) or (B, 0). beam_size: of the search; None where it differed otherwise from
    that of the calibration. Then the probabilities mean something else, and none is told; pictures that are no
    photographs are known all the same.
    """
    statistics = np.stack([measure(image) for image in images])  # (B, S)
    found = []
    for caption, own in zip(captions, calibration.photographs.signs(statistics, pooled), strict=True):
        signs = {**caption.signs, **own}
        confidence = Confidence(None, Band.UNKNOWN, calibrated=False)
        if beam_size == calibration.beam_size:
            confidence = calibration.confidence(signs)
        withheld = calibration.withheld(signs, confidence)
        found.append(replace(caption, signs=signs, confidence=confidence, withheld=withheld))
    return found
