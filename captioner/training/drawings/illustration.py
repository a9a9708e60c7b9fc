"""Flat pictures: scenes, patterns, pixel art, comics, cards."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING

import numpy as np
from PIL import Image

if TYPE_CHECKING:
    from captioner.training.drawings.pen import Pen


def landscape(pen: Pen) -> None:
    """Sky, hills, trees and a sun in flat colours."""
    pen.clear(pen.colours[-1])
    pen.disc((pen.number(0.1, 0.9) * pen.width, pen.height * 0.25), pen.number(5, 12) * pen.unit, pen.colours[0])
    for level in range(pen.whole(2, 5)):
        places = np.linspace(0, pen.width, 40).tolist()
        ridge = [pen.height * (0.5 + 0.12 * level) + 5 * pen.unit * np.sin(k / pen.number(3, 9)) for k in range(40)]
        pen.draw.polygon([(0, pen.height), *zip(places, ridge, strict=True), (pen.width, pen.height)], pen.colour())
    for _ in range(pen.whole(0, 14)):
        x, y, r = pen.number(0, pen.width), pen.height * pen.number(0.6, 0.95), pen.number(2, 7) * pen.unit
        pen.draw.rectangle((x - r * 0.12, y - r, x + r * 0.12, y), (100, 70, 40))
        pen.draw.polygon([(x - r * 0.7, y - r * 0.6), (x, y - 2.6 * r), (x + r * 0.7, y - r * 0.6)], pen.colours[1])


def figure(pen: Pen) -> None:
    """A person in flat colours."""
    pen.clear(pen.colours[-1])
    (x, y), r = pen.middle, pen.shorter * 0.13
    skin = pen.pick(((255, 219, 172), (198, 134, 66), (141, 85, 36), (224, 172, 105)))
    pen.round_box((x - 1.5 * r, y, x + 1.5 * r, pen.height), r, pen.accent)
    pen.draw.rectangle((x - r * 0.3, y - r * 0.6, x + r * 0.3, y + r * 0.2), skin)
    pen.disc((x, y - 1.7 * r), 1.25 * r, pen.ink)
    pen.disc((x, y - 1.4 * r), r, skin)
    for side in (-0.4, 0.4):
        pen.disc((x + side * r, y - 1.5 * r), r * 0.1, (20, 20, 20))
    pen.draw.arc((x - r * 0.4, y - 1.4 * r, x + r * 0.4, y - 0.8 * r), 20, 160, (150, 50, 50), pen.line_width(0.6))


def pattern(pen: Pen) -> None:
    """A shape again and again."""
    step = pen.number(5, 20) * pen.unit
    shape, corners = pen.pick(("disc", "star", "box")), pen.whole(3, 7)
    for row, y in enumerate(np.arange(0, pen.height + step, step).tolist()):
        for x in np.arange(step / 2 * (row % 2), pen.width + step, step).tolist():
            if shape == "disc":
                pen.disc((x, y), step * 0.35, pen.colour())
            elif shape == "star":
                pen.draw.polygon(pen.polygon_points((x, y), step * 0.45, 2 * corners, 0.5), pen.colour())
            else:
                pen.draw.rectangle((x, y, x + step * 0.7, y + step * 0.7), pen.colour())


def pixel_art(pen: Pen) -> None:
    """Few colours on a coarse grid."""
    side = pen.pick((12, 16, 24, 32, 48))
    cells = np.zeros((side, side), int)
    for level in range(1, len(pen.colours)):
        shape = np.array(pen.blob((0, 0), 1, 0.4, 64))
        at, r = pen.rng.uniform(0.2, 0.8, 2) * side, side * pen.number(0.1, 0.4)
        for share in np.linspace(0, 1, 12):
            points = np.clip(at + shape * r * share, 0, side - 1).astype(int)
            cells[points[:, 1], points[:, 0]] = level
    cells = np.maximum(cells, cells[:, ::-1]) if pen.chance(0.5) else cells
    tones = np.array(pen.colours, np.uint8)
    pen.show(Image.fromarray(tones[cells]).resize((pen.width, pen.height), Image.Resampling.NEAREST))


def comic(pen: Pen) -> None:
    """Panels with people and words."""
    rows, columns = pen.whole(1, 4), pen.whole(1, 4)
    wide, high = pen.width / columns, pen.height / rows
    for row in range(rows):
        for column in range(columns):
            x, y = wide * column, high * row
            box = (x + pen.unit, y + pen.unit, x + wide - pen.unit, y + high - pen.unit)
            pen.draw.rectangle(
                box, pen.mix(0.5, (255, 255, 255), pen.colour()), (0, 0, 0), max(2, round(pen.unit * 0.4))
            )
            r = min(wide, high) * 0.13
            pen.disc((x + wide * 0.4, y + high * 0.6), r, (255, 220, 180), (0, 0, 0))
            pen.draw.rectangle(
                (x + wide * 0.4 - r, y + high * 0.6 + r, x + wide * 0.4 + r, box[3]), pen.colour(), (0, 0, 0)
            )
            bubble = (x + wide * 0.3, y + high * 0.08, x + wide * 0.92, y + high * 0.36)
            pen.draw.ellipse(bubble, (255, 255, 255), (0, 0, 0), pen.scale)
            pen.text(
                ((bubble[0] + bubble[2]) / 2, (bubble[1] + bubble[3]) / 2), pen.words(2), wide * 0.07, (0, 0, 0), "mm"
            )


def card(pen: Pen) -> None:
    """A card or a poster with large words over shapes."""
    pen.clear(pen.colours[-1])
    for _ in range(pen.whole(3, 15)):
        pen.draw.polygon(
            pen.blob((pen.number(0, pen.width), pen.number(0, pen.height)), pen.number(4, 25) * pen.unit), pen.colour()
        )
    pen.text(pen.middle, pen.words(2), pen.number(6, 10) * pen.unit, pen.paper, "mm")
    pen.text((pen.middle[0], pen.middle[1] + 9 * pen.unit), pen.words(4), 3 * pen.unit, pen.ink, "mm")


def facets(pen: Pen) -> None:
    """A ground of triangles in neighbouring tones."""
    rows, columns = pen.whole(3, 12), pen.whole(3, 14)
    grid = [[(pen.width * (c + pen.number(-0.35, 0.35)) / columns, pen.height * (r + pen.number(-0.35, 0.35)) / rows)
             for c in range(-1, columns + 2)] for r in range(-1, rows + 2)]  # fmt: skip
    first, last = pen.any_colour(), pen.any_colour()
    for above, below in itertools.pairwise(grid):
        for a, b, c, d in zip(above, above[1:], below, below[1:], strict=False):
            for corners in ((a, b, c), (b, c, d)):
                share = min(1.0, max(0.0, corners[0][1] / pen.height + pen.number(-0.15, 0.15)))
                pen.draw.polygon(corners, pen.mix(share, first, last))


DRAWINGS = (landscape, figure, pattern, pixel_art, comic, card, facets)
