"""Gradients as wallpapers and covers have them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from PIL import Image

if TYPE_CHECKING:
    from captioner.training.drawings.pen import Pen


def linear(pen: Pen) -> None:
    """From colour to colour along a line."""
    across, down = _grid(pen)
    _ramp(pen, across * pen.number(-1, 1) + down * pen.number(-1, 1))


def radial(pen: Pen) -> None:
    """From colour to colour around a point."""
    across, down = _grid(pen)
    _ramp(pen, np.hypot(across - pen.number(0, 1), down - pen.number(0, 1)))


def conic(pen: Pen) -> None:
    """From colour to colour by direction."""
    across, down = _grid(pen)
    _ramp(pen, np.arctan2(across - pen.number(0.2, 0.8), down - pen.number(0.2, 0.8)))


def mesh(pen: Pen) -> None:
    """A few colours at places, smooth between them."""
    coarse = np.array([pen.any_colour() for _ in range(12)], np.uint8).reshape(3, 4, 3)
    pen.show(Image.fromarray(coarse).resize((pen.width, pen.height), Image.Resampling.BICUBIC))


def banded(pen: Pen) -> None:
    """A gradient in steps."""
    across, down = _grid(pen)
    steps = pen.whole(4, 24)
    _ramp(pen, np.floor((across * pen.number(0, 1) + down + 1e-6) * steps) / steps)


def sunset(pen: Pen) -> None:
    """A sky of several colours with a disc and hills."""
    across, down = _grid(pen)
    _ramp(pen, down + 0 * across, pen.whole(3, 6))
    pen.disc((pen.width * pen.number(0.2, 0.8), pen.height * pen.number(0.3, 0.7)), pen.number(4, 15) * pen.unit,
             pen.any_colour())  # fmt: skip
    for level in range(pen.whole(1, 5)):
        ridge = pen.walk(60, pen.height * (0.55 + 0.08 * level), pen.height * (0.75 + 0.06 * level))
        places = np.linspace(0, pen.width, 60).tolist()
        shade = pen.mix(0.2 + 0.18 * level, pen.colours[-1], (10, 10, 25))
        pen.draw.polygon([(0, pen.height), *zip(places, ridge, strict=True), (pen.width, pen.height)], shade)


def soft_lights(pen: Pen) -> None:
    """Soft blobs of light over a colour."""
    across, down = _grid(pen)
    values: np.ndarray = np.broadcast_to(np.array(pen.paper, float), (pen.height, pen.width, 3))
    for _ in range(pen.whole(3, 12)):
        away = np.hypot(across - pen.number(0, 1), down - pen.number(0, 1)) / pen.number(0.05, 0.4)
        share = (pen.number(0.4, 1) * np.exp(-(away ** pen.pick((2, 2, 8)))))[..., None]
        values = values * (1 - share) + np.array(pen.any_colour()) * share
    pen.show_array(values)


def _grid(pen: Pen) -> tuple[np.ndarray, np.ndarray]:
    across, down = np.meshgrid(np.linspace(0, 1, pen.width), np.linspace(0, 1, pen.height))
    return across, down


def _ramp(pen: Pen, values: np.ndarray, colours: int = 0) -> None:
    values = (values - values.min()) / max(float(np.ptp(values)), 1e-6)
    stops = np.array([pen.any_colour() for _ in range(colours or pen.whole(2, 5))], float)
    places = np.linspace(0, 1, len(stops))
    channels = [np.interp(values, places, stops[:, channel]) for channel in range(3)]
    noise = pen.rng.normal(0, pen.number(0, 3), values.shape)[..., None] if pen.chance(0.3) else 0
    pen.show_array(np.stack(channels, axis=2) + noise)


DRAWINGS = (linear, radial, conic, mesh, banded, sunset, soft_lights)
