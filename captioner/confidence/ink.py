"""Is a picture in ink or pencil: hatched, stippled, or in black and white without any grey?

What is traced from a photograph by hand or by a filter keeps the photograph's shapes, and the encoder, which was taught
shapes, takes it for one. The pixels tell: lenses and light make soft steps, pens make hard ones.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from captioner.picture_statistics import correlation_at, grey_of, small_copy, steps_of

if TYPE_CHECKING:
    from PIL import Image

    from captioner.picture_statistics import Floats

# Beyond these is one photograph in a thousand, in colours or grey, and hardly a thing that was cut out on white.
_BRIGHT = 0.7
_ALIKE = 0.65
_SOFT, _HARD = (2, 16), 48
_MANY_HARD = 0.2
_HARD_TO_SOFT = 1.65
_BLACK, _WHITE = 8, 248  # rounded greys below the one, and from the other on
_TWO_TONES = 0.7
_LESSER_TONE = 0.15


def is_in_ink(image: Image.Image) -> bool:
    """Whether an RGB picture looks drawn with pen or pencil, or printed in dots."""
    grey = grey_of(small_copy(image))
    return _is_hatched(grey) or _is_stippled(grey) or _is_in_two_tones(grey)


def _is_hatched(grey: Floats) -> bool:
    """Thin lines on bright paper: two pixels on, all is different."""
    return bool(grey.mean() / 255 > _BRIGHT) and correlation_at(grey, 2) < _ALIKE


def _is_stippled(grey: Floats) -> bool:
    """More hard steps than soft ones, and these everywhere."""
    steps = steps_of(grey)
    hard, soft = (steps > _HARD).mean(), ((steps > _SOFT[0]) & (steps <= _SOFT[1])).mean()
    return bool(hard > _MANY_HARD and hard > _HARD_TO_SOFT * soft)


def _is_in_two_tones(grey: Floats) -> bool:
    """Black and white, much of both, and little between."""
    rounded = np.rint(grey)
    black, white = (rounded < _BLACK).mean(), (rounded >= _WHITE).mean()
    return bool(black + white > _TWO_TONES and min(black, white) > _LESSER_TONE)
