"""Pictures of nothing: one colour, or so nearly that there is nothing to see."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from PIL import Image, ImageFilter

if TYPE_CHECKING:
    from captioner.training.drawings.pen import Pen


def white(pen: Pen) -> None:
    """All white, or nearly."""
    pen.clear((pen.whole(248, 256),) * 3)


def black(pen: Pen) -> None:
    """All black, or nearly."""
    pen.clear((pen.whole(0, 10),) * 3)


def grey(pen: Pen) -> None:
    """Any grey."""
    pen.clear((pen.whole(10, 248),) * 3)


def one_colour(pen: Pen) -> None:
    """Any colour."""
    pen.clear(pen.any_colour())


def theme_colour(pen: Pen) -> None:
    """The colour of some design."""
    pen.clear(pen.colour())


def faint_noise(pen: Pen) -> None:
    """A colour with a breath of noise."""
    _add(pen, pen.rng.normal(0, pen.number(0.4, 5), (pen.height, pen.width, 3)))


def faint_grey_noise(pen: Pen) -> None:
    """A colour with a breath of noise in its brightness."""
    _add(pen, pen.rng.normal(0, pen.number(0.4, 6), (pen.height, pen.width, 1)))


def vignette(pen: Pen) -> None:
    """Darker towards the corners, as under a lens cap or a lamp."""
    across, down = _grid(pen)
    away = np.hypot(across - 0.5, down - 0.5)[..., None]
    _add(pen, -(away ** pen.number(1.5, 3)) * pen.number(10, 120) + pen.rng.normal(0, pen.number(0, 2), away.shape))


def slope(pen: Pen) -> None:
    """A little brighter at one side."""
    across, down = _grid(pen)
    _add(pen, ((across * pen.number(-1, 1) + down * pen.number(-1, 1)) * pen.number(5, 50))[..., None])


def soft_clouds(pen: Pen) -> None:
    """Broad, faint unevenness, as of a wall or the sky out of focus."""
    coarse = pen.rng.normal(0, pen.number(1, 10), (pen.whole(2, 6), pen.whole(2, 6))).astype(np.float32)
    clouds = np.asarray(Image.fromarray(coarse).resize((pen.width, pen.height), Image.Resampling.BICUBIC))
    _add(pen, (clouds + pen.rng.normal(0, pen.number(0.1, 2), clouds.shape))[..., None])


def paper_grain(pen: Pen) -> None:
    """An empty sheet with grain."""
    pen.clear((pen.whole(225, 256), pen.whole(220, 250), pen.whole(205, 245)))
    grain = Image.fromarray(pen.rng.normal(0, pen.number(3, 12), (pen.height, pen.width)).astype(np.float32) + 128)
    blurred = grain.convert("L").filter(ImageFilter.GaussianBlur(pen.number(0.5, 3)))
    _add(pen, (np.asarray(blurred, np.float32) - 128)[..., None])


def dust(pen: Pen) -> None:
    """An empty sheet with a few specks."""
    for _ in range(pen.whole(3, 60)):
        at = (pen.number(0, pen.width), pen.number(0, pen.height))
        pen.disc(at, pen.number(0.05, 0.5) * pen.unit, pen.mix(pen.number(0.1, 0.9)))


def framed(pen: Pen) -> None:
    """An empty frame."""
    inset = pen.number(0, 12) * pen.unit
    box = (inset, inset, pen.width - inset, pen.height - inset)
    if pen.width > 2 * inset + 4 and pen.height > 2 * inset + 4:
        pen.draw.rectangle(box, pen.mix(pen.number(0, 0.2)), pen.ink, pen.line_width(2))


def two_halves(pen: Pen) -> None:
    """Two colours with a straight border."""
    share = pen.number(0.05, 0.95)
    box = (0, 0, pen.width, share * pen.height) if pen.chance(0.5) else (0, 0, share * pen.width, pen.height)
    pen.draw.rectangle(box, pen.pick((pen.colour(), pen.mix(pen.number(0.02, 0.3)))))


def ruled_paper(pen: Pen) -> None:
    """Empty ruled or squared paper."""
    step, colour = pen.number(2, 7) * pen.unit, pen.mix(pen.number(0.1, 0.5), pen.paper, pen.accent)
    for place in np.arange(step, pen.height, step):
        pen.draw.line((0, place, pen.width, place), colour, pen.scale)
    if pen.chance(0.5):
        for place in np.arange(step, pen.width, step):
            pen.draw.line((place, 0, place, pen.height), colour, pen.scale)


def tiny_mark(pen: Pen) -> None:
    """An empty page with a page number or a dot."""
    at = (pen.width * pen.number(0.1, 0.9), pen.height * pen.pick((0.05, 0.5, 0.95)))
    pen.text(at, pen.figure(), pen.number(2, 4) * pen.unit, anchor="mm")


def dark_glow(pen: Pen) -> None:
    """A shot in the dark: black with some light at one side and noise."""
    across, down = _grid(pen)
    away = np.hypot(across - pen.number(-0.2, 1.2), down - pen.number(-0.2, 1.2))[..., None]
    pen.clear((pen.whole(0, 15), pen.whole(0, 12), pen.whole(0, 15)))
    glow = pen.number(5, 60) * np.exp(-((away / pen.number(0.2, 0.8)) ** 2)) * np.array([1, 0.8, 0.6])
    _add(pen, glow + pen.rng.normal(0, pen.number(0.5, 4), glow.shape))


def _grid(pen: Pen) -> tuple[np.ndarray, np.ndarray]:
    across, down = np.meshgrid(np.linspace(0, 1, pen.width), np.linspace(0, 1, pen.height))
    return across, down


def _add(pen: Pen, values: np.ndarray) -> None:
    pen.show_array(np.asarray(pen.image, np.float32) + values)


DRAWINGS = (
    white,
    black,
    grey,
    one_colour,
    theme_colour,
    faint_noise,
    faint_grey_noise,
    vignette,
    slope,
    soft_clouds,
    paper_grain,
    dust,
    framed,
    two_halves,
    ruled_paper,
    tiny_mark,
    dark_glow,
)
