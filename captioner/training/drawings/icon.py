"""Icons: one large, or a sheet of them."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from captioner.training.drawings.pen import Colour, Pen, Point


def gear(pen: Pen, at: Point, r: float, colour: Colour) -> None:
    """A gear wheel."""
    pen.draw.polygon(pen.polygon_points(at, r, 2 * pen.whole(6, 12), 0.78), colour)
    pen.disc(at, r * 0.35, pen.paper)


def envelope(pen: Pen, at: Point, r: float, colour: Colour) -> None:
    """An envelope."""
    x, y = at
    pen.round_box((x - r, y - r * 0.65, x + r, y + r * 0.65), r * 0.1, colour)
    pen.draw.line(
        (x - r * 0.9, y - r * 0.55, x, y + r * 0.1, x + r * 0.9, y - r * 0.55),
        pen.paper,
        max(1, round(r * 0.1)),
        "curve",
    )


def heart(pen: Pen, at: Point, r: float, colour: Colour) -> None:
    """A heart."""
    ts = [2 * math.pi * k / 60 for k in range(60)]
    heights = [13 * math.cos(t) - 5 * math.cos(2 * t) - 2 * math.cos(3 * t) for t in ts]
    outline = [(at[0] + r * math.sin(t) ** 3, at[1] - r / 16 * high) for t, high in zip(ts, heights, strict=True)]
    pen.draw.polygon(outline, colour)


def home(pen: Pen, at: Point, r: float, colour: Colour) -> None:
    """A house."""
    x, y = at
    pen.draw.polygon([(x - r, y), (x, y - r), (x + r, y)], colour)
    pen.draw.rectangle((x - r * 0.7, y, x + r * 0.7, y + r * 0.85), colour)
    pen.draw.rectangle((x - r * 0.2, y + r * 0.3, x + r * 0.2, y + r * 0.85), pen.paper)


def lens(pen: Pen, at: Point, r: float, colour: Colour) -> None:
    """A magnifying glass."""
    x, y = at
    width = max(2, round(r * 0.2))
    pen.draw.ellipse((x - r, y - r, x + r * 0.4, y + r * 0.4), None, colour, width)
    pen.draw.line((x + r * 0.2, y + r * 0.2, x + r, y + r), colour, width)


def arrow(pen: Pen, at: Point, r: float, colour: Colour) -> None:
    """An arrow to the right."""
    x, y = at
    pen.draw.polygon(
        [
            (x - r, y - r * 0.3),
            (x, y - r * 0.3),
            (x, y - r * 0.8),
            (x + r, y),
            (x, y + r * 0.8),
            (x, y + r * 0.3),
            (x - r, y + r * 0.3),
        ],
        colour,
    )


def person(pen: Pen, at: Point, r: float, colour: Colour) -> None:
    """A head and shoulders."""
    x, y = at
    pen.disc((x, y - r * 0.4), r * 0.45, colour)
    pen.draw.pieslice((x - r * 0.9, y + r * 0.15, x + r * 0.9, y + r * 1.8), 180, 360, colour)


def folder(pen: Pen, at: Point, r: float, colour: Colour) -> None:
    """A folder."""
    x, y = at
    pen.round_box((x - r, y - r * 0.8, x - r * 0.1, y), r * 0.1, colour)
    pen.round_box((x - r, y - r * 0.55, x + r, y + r * 0.7), r * 0.1, colour)


def smile(pen: Pen, at: Point, r: float, colour: Colour) -> None:
    """A smiling face."""
    x, y = at
    pen.disc(at, r, colour)
    for side in (-0.35, 0.35):
        pen.disc((x + side * r, y - r * 0.25), r * 0.12, pen.paper)
    pen.draw.arc((x - r * 0.55, y - r * 0.5, x + r * 0.55, y + r * 0.6), 20, 160, pen.paper, max(1, round(r * 0.1)))


def sign(pen: Pen, at: Point, r: float, colour: Colour) -> None:
    """A sign of warning or of rule."""
    pen.draw.polygon(pen.polygon_points(at, r, pen.pick((3, 4, 8))), colour, pen.ink, max(1, round(r * 0.08)))
    pen.text(at, pen.pick(("!", "?", "i", "P", "50")), r * 0.9, pen.paper, "mm")


_GLYPHS = (gear, envelope, heart, home, lens, arrow, person, folder, smile, sign)


def _large(glyph: Callable[[Pen, Point, float, Colour], None]) -> Callable[[Pen], None]:
    def drawing(pen: Pen) -> None:
        if pen.chance(0.4):
            pen.disc(pen.middle, pen.shorter * 0.46, pen.colours[-1])
        glyph(pen, pen.middle, pen.shorter * pen.number(0.2, 0.4), pen.pick((pen.ink, pen.accent)))

    return drawing


def sheet(pen: Pen) -> None:
    """Rows of icons."""
    number, one = pen.whole(2, 8), pen.ink if pen.chance(0.5) else None
    step = pen.shorter / number
    for row in range(int(pen.height / step)):
        for column in range(int(pen.width / step)):
            pen.pick(_GLYPHS)(pen, (step * (column + 0.5), step * (row + 0.5)), step * 0.32, one or pen.colour())


DRAWINGS = (*(_large(glyph) for glyph in _GLYPHS), sheet, sheet)
