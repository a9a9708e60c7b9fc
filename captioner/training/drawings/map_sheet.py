"""Maps: streets, lands, lines of trains, heights."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from PIL import Image

if TYPE_CHECKING:
    from captioner.training.drawings.pen import Pen, Point

_LAND, _WATER, _WOOD = (242, 239, 233), (170, 211, 223), (200, 225, 180)


def streets(pen: Pen) -> None:
    """A town's streets with a river, parks and names."""
    pen.clear(_LAND if not pen.dark else (36, 40, 48))
    for _ in range(pen.whole(0, 5)):
        pen.draw.polygon(pen.blob(_anywhere(pen), pen.number(5, 18) * pen.unit), _WOOD)
    pen.draw.line(_across(pen), _WATER, max(3, round(pen.number(2, 8) * pen.unit)), "curve")
    for width, colour, number in (
        (0.5, (255, 255, 255), pen.whole(10, 40)),
        (1.2, pen.pick(((250, 210, 120), pen.colour())), pen.whole(2, 6)),
    ):
        for _ in range(number):
            line = _across(pen)
            pen.draw.line(line, (190, 185, 180), max(2, round((width + 0.3) * pen.unit)), "curve")
            pen.draw.line(line, colour, max(1, round(width * pen.unit)), "curve")
    _names(pen)


def blocks(pen: Pen) -> None:
    """Blocks of houses between straight streets."""
    pen.clear((225, 225, 225))
    step = pen.number(5, 14) * pen.unit
    for y in np.arange(0, pen.height, step).tolist():
        for x in np.arange(0, pen.width, step * 1.4).tolist():
            pen.draw.rectangle((x, y, x + step * 1.2, y + step * 0.8), pen.pick((_LAND, _LAND, (217, 208, 201), _WOOD)))
    _names(pen)


def lands(pen: Pen) -> None:
    """Countries or counties, coloured, with borders."""
    side = 220
    points = pen.rng.random((pen.whole(8, 40), 2))
    down, across = np.mgrid[0 : 1 : side * 1j, 0 : 1 : side * 1j]
    bend = [
        0.03 * np.asarray(Image.fromarray(pen.rng.normal(size=(9, 9)).astype(np.float32)).resize((side, side), 3))
        for _ in range(2)
    ]
    nearest = np.hypot((down + bend[0])[..., None] - points[:, 0], (across + bend[1])[..., None] - points[:, 1]).argmin(
        axis=2
    )
    tones = np.array([pen.mix(pen.number(0.1, 1), (255, 255, 255), pen.colour()) for _ in points], np.uint8)
    edge = (nearest != np.roll(nearest, 1, 0)) | (nearest != np.roll(nearest, 1, 1))
    values = np.where(edge[..., None], np.array(pen.ink), tones[nearest])
    if pen.chance(0.6):
        sea = np.hypot(down - 0.5, across - 0.5) + bend[0] * 4 > 0.45
        values = np.where(sea[..., None], np.array(_WATER), values)
    pen.show(Image.fromarray(values.astype(np.uint8)).resize((pen.width, pen.height), Image.Resampling.NEAREST))
    _names(pen)


def trains(pen: Pen) -> None:
    """Lines of an underground with stations."""
    for _ in range(pen.whole(3, 9)):
        x, y = _anywhere(pen)
        points, step = [(x, y)], 12 * pen.unit
        for _ in range(pen.whole(3, 9)):
            across, down = pen.pick(((1, 0), (0, 1), (1, 1), (-1, 1), (1, -1), (-1, 0)))
            x, y = x + across * step, y + down * step
            points.append((x, y))
        pen.draw.line(points, pen.any_colour(), max(2, round(1.1 * pen.unit)), "curve")
        for point in points:
            pen.disc(point, 0.9 * pen.unit, (255, 255, 255), pen.ink)
            pen.text((point[0] + 1.4 * pen.unit, point[1]), pen.word(), 1.5 * pen.unit, anchor="lm")


def relief(pen: Pen) -> None:
    """Heights in tints, perhaps with lines between them."""
    coarse = pen.rng.normal(size=(pen.whole(4, 9),) * 2).astype(np.float32)
    height = np.asarray(Image.fromarray(coarse).resize((pen.width, pen.height), Image.Resampling.BICUBIC))
    level = np.floor((height - height.min()) / np.ptp(height) * pen.whole(5, 16)).astype(int)
    tints = np.linspace(0, 1, level.max() + 1)
    stops = np.array([(90, 150, 200), (150, 200, 140), (240, 230, 160), (180, 130, 90), (250, 250, 250)], float)
    table = np.stack([np.interp(tints, np.linspace(0, 1, 5), stops[:, c]) for c in range(3)], axis=1)
    values = table[level] if pen.chance(0.7) else np.broadcast_to(np.array(pen.paper, float), (*level.shape, 3)).copy()
    values[(level != np.roll(level, 1, 0)) | (level != np.roll(level, 1, 1))] = (120, 90, 60)
    pen.show_array(values)
    _names(pen)


def island(pen: Pen) -> None:
    """A coast in the sea with places."""
    pen.clear(_WATER)
    for _ in range(pen.whole(1, 6)):
        outline = pen.blob(_anywhere(pen), pen.shorter * pen.number(0.1, 0.45), 0.5, 200)
        pen.draw.polygon(outline, pen.pick((_LAND, _WOOD, (240, 220, 170))), (90, 110, 130))
    _names(pen)


def _anywhere(pen: Pen) -> Point:
    return pen.number(0, pen.width), pen.number(0, pen.height)


def _across(pen: Pen) -> list[Point]:
    bend, start = pen.number(0, 0.2), pen.number(-0.2, 1.2)
    slope = pen.number(-0.8, 0.8)
    places = [(t, start + slope * t + bend * np.sin(4 * t + start)) for t in np.linspace(-0.1, 1.1, 25).tolist()]
    upright = pen.chance(0.5)
    return [
        (pen.width * float(b), pen.height * a) if upright else (pen.width * a, pen.height * float(b)) for a, b in places
    ]


def _names(pen: Pen) -> None:
    colour = (60, 60, 60) if not pen.dark else (210, 210, 210)
    for _ in range(pen.whole(3, 25)):
        at = _anywhere(pen)
        if pen.chance(0.3):
            pen.disc(at, 0.7 * pen.unit, (200, 40, 40))
        pen.text((at[0] + pen.unit, at[1]), pen.word().capitalize(), pen.number(1.2, 3) * pen.unit, colour)


DRAWINGS = (streets, blocks, lands, trains, relief, island)
