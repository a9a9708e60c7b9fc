"""Captions with their confidence: the signs of the pictures joined to those of the sentences, and read."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from captioner.bands import Band, Withheld
from captioner.confidence.calibration import FLOOR
from captioner.confidence.exposure import is_unseeable
from captioner.confidence.ink import is_in_ink
from captioner.types import Confidence

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy as np
    from PIL import Image

    from captioner.confidence.calibration import Calibration
    from captioner.types import Caption


# Of a smaller picture, seen by an encoder of 299 pixels, nothing is left but colours; yet the beam may be sure of them.
LEAST_SIDE: Final = 40


def judged(
    captions: Sequence[Caption],
    images: Sequence[Image.Image],
    features: np.ndarray,
    calibration: Calibration,
    *,
    beam_size: int | None,
) -> list[Caption]:
    """The captions with their confidence, and why one is withheld.

    features: of the images, (B, F), the captioner's `picture_features`. beam_size: of the search; None where it
    differed otherwise from that of the calibration. Then the probabilities mean something else, and none is told;
    pictures that are no photographs, too small or washed out are known all the same.
    """
    found = []
    for caption, image, own in zip(captions, images, calibration.photographs.signs(features), strict=True):
        signs = {**caption.signs, **own}
        confidence, withheld = Confidence(None, Band.UNKNOWN, calibrated=False), None
        if not calibration.is_photograph(signs) or is_in_ink(image):
            withheld = Withheld.NOT_A_PHOTOGRAPH
        elif max(image.size) < LEAST_SIDE or is_unseeable(image):
            withheld = Withheld.TOO_UNSURE
        elif beam_size == calibration.beam_size:
            confidence = calibration.confidence(" ".join(caption.tokens), signs)
            withheld = Withheld.TOO_UNSURE if confidence.p is not None and confidence.p < FLOOR else None
        found.append(replace(caption, signs=signs, confidence=confidence, withheld=withheld))
    return found
