"""Diagrams: boxes and arrows, trees, networks, sets, time lines."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from captioner.training.drawings.pen import Box, Pen, Point


def flow(pen: Pen) -> None:
    """Steps from top to bottom with arrows and questions."""
    steps = pen.whole(3, 7)
    high, x = pen.height / steps, pen.width / 2
    for step in range(steps):
        y = high * (step + 0.5)
        if step:
            _arrow(pen, (x, y - high * 0.75), (x, y - high * 0.28))
        if pen.chance(0.3):
            pen.draw.polygon(
                [(x - high, y), (x, y - high * 0.3), (x + high, y), (x, y + high * 0.3)], _fill(pen), pen.ink
            )
        else:
            pen.round_box(
                (x - high, y - high * 0.27, x + high, y + high * 0.27), high * pen.pick((0, 0.1)), _fill(pen), pen.ink
            )
        pen.text((x, y), pen.words(2), high * 0.15, anchor="mm")


def tree(pen: Pen) -> None:
    """Who reports to whom."""
    levels = pen.whole(2, 5)
    before: list[Point] = []
    for level in range(levels):
        number = min(8, 2**level + pen.whole(0, 2) * level)
        points = [(pen.width * (k + 0.5) / number, pen.height * (level + 0.5) / levels) for k in range(number)]
        for place, (x, y) in enumerate(points):
            if before:
                above = before[place * len(before) // number]
                pen.draw.line(
                    (above, (above[0], (above[1] + y) / 2), (x, (above[1] + y) / 2), (x, y)),
                    pen.ink,
                    pen.line_width(0.3),
                )
        for x, y in [*before, *points]:
            _named(
                pen, (x - pen.width * 0.4 / number, y - 4 * pen.unit, x + pen.width * 0.4 / number, y + 4 * pen.unit)
            )
        before = points


def network(pen: Pen) -> None:
    """Knots and the lines between them."""
    points = [
        (pen.number(0.08, 0.92) * pen.width, pen.number(0.08, 0.92) * pen.height) for _ in range(pen.whole(6, 30))
    ]
    for first in points:
        for second in points:
            if pen.chance(2.2 / len(points)):
                pen.draw.line((first, second), pen.mix(0.5), pen.line_width(0.3))
    for point in points:
        pen.disc(point, pen.number(1.5, 4) * pen.unit, pen.colour(), pen.ink)
        pen.text(point, pen.word()[:3], 1.8 * pen.unit, pen.paper, "mm")


def sets(pen: Pen) -> None:
    """Circles that overlap."""
    r = pen.shorter * 0.27
    for centre in pen.polygon_points(pen.middle, r * 0.7, pen.pick((2, 3, 4))):
        pen.draw.ellipse(
            (centre[0] - r, centre[1] - r, centre[0] + r, centre[1] + r), None, pen.colour(), pen.line_width(1.2)
        )
        pen.text(centre, pen.word(), r * 0.2, anchor="mm")


def time_line(pen: Pen) -> None:
    """Years along a line."""
    y, number = pen.height / 2, pen.whole(3, 9)
    pen.draw.line((pen.width * 0.05, y, pen.width * 0.95, y), pen.ink, pen.line_width(1))
    for place in range(number):
        x, side = pen.width * (place + 0.7) / (number + 0.4), 1 if place % 2 else -1
        pen.disc((x, y), 1.4 * pen.unit, pen.colour())
        pen.text((x, y - side * 4 * pen.unit), str(1900 + 12 * place), 2.4 * pen.unit, anchor="mm")
        _named(
            pen,
            (
                x - 7 * pen.unit,
                y + side * 14 * pen.unit - 4 * pen.unit,
                x + 7 * pen.unit,
                y + side * 14 * pen.unit + 4 * pen.unit,
            ),
        )


def mind_map(pen: Pen) -> None:
    """Thoughts around a word."""
    for place in pen.polygon_points(pen.middle, pen.shorter * 0.36, pen.whole(3, 9)):
        pen.draw.line((pen.middle, place), pen.colour(), pen.line_width(1))
        pen.draw.ellipse(
            (place[0] - 9 * pen.unit, place[1] - 4 * pen.unit, place[0] + 9 * pen.unit, place[1] + 4 * pen.unit),
            _fill(pen),
            pen.ink,
        )
        pen.text(place, pen.word(), 2.2 * pen.unit, anchor="mm")
    _named(
        pen,
        (
            pen.middle[0] - 10 * pen.unit,
            pen.middle[1] - 5 * pen.unit,
            pen.middle[0] + 10 * pen.unit,
            pen.middle[1] + 5 * pen.unit,
        ),
    )


def classes(pen: Pen) -> None:
    """Boxes with a name and a list."""
    columns = pen.whole(2, 5)
    wide = pen.width / columns
    for column in range(columns):
        x, y = wide * (column + 0.1), pen.height * pen.number(0.05, 0.4)
        bottom = y + pen.height * pen.number(0.3, 0.5)
        if column:
            _arrow(pen, (x - wide * 0.2, y + 3 * pen.unit), (x, y + 3 * pen.unit))
        pen.draw.rectangle((x, y, x + wide * 0.8, bottom), _fill(pen), pen.ink, pen.scale)
        pen.draw.rectangle((x, y, x + wide * 0.8, y + 4 * pen.unit), pen.accent, pen.ink)
        pen.text((x + wide * 0.4, y + 2 * pen.unit), pen.word().capitalize(), 2 * pen.unit, pen.paper, "mm")
        pen.paragraph((x + pen.unit, y + 5 * pen.unit, x + wide * 0.75, bottom), 1.6 * pen.unit, None, 0.5)


def cycle(pen: Pen) -> None:
    """Steps in a ring with arrows."""
    places = pen.polygon_points(pen.middle, pen.shorter * 0.34, pen.whole(3, 8))
    for place, after in zip(places, [*places[1:], places[0]], strict=True):
        _arrow(pen, place, ((place[0] + after[0] * 2) / 3, (place[1] + after[1] * 2) / 3))
    for place in places:
        pen.disc(place, pen.shorter * 0.1, pen.colour())
        pen.text(place, pen.word(), pen.shorter * 0.035, pen.paper, "mm")


def slide(pen: Pen) -> None:
    """A slide with a heading and points."""
    if pen.chance(0.5):
        pen.draw.rectangle((0, 0, pen.width, pen.height * 0.2), pen.accent)
    pen.text((pen.width * 0.06, pen.height * 0.1), pen.words(4), 5 * pen.unit, anchor="lm")
    for point in range(pen.whole(2, 6)):
        y = pen.height * (0.3 + 0.12 * point)
        pen.disc((pen.width * 0.08, y), 0.8 * pen.unit, pen.accent)
        pen.text((pen.width * 0.11, y), pen.words(pen.whole(2, 8)), 2.8 * pen.unit, anchor="lm")


def _fill(pen: Pen) -> tuple[int, int, int]:
    return pen.pick((pen.paper, pen.mix(0.3, pen.paper, pen.colour()), pen.mix(0.08)))


def _named(pen: Pen, box: Box) -> None:
    pen.round_box(box, pen.unit, _fill(pen), pen.ink)
    pen.text(
        ((box[0] + box[2]) / 2, (box[1] + box[3]) / 2),
        pen.word(),
        min(2 * pen.unit, (box[2] - box[0]) / 8),
        anchor="mm",
    )


def _arrow(pen: Pen, start: Point, end: Point) -> None:
    pen.draw.line((start, end), pen.ink, pen.line_width(0.4))
    angle = math.atan2(end[1] - start[1], end[0] - start[0])
    corners = [
        (end[0] - 1.6 * pen.unit * math.cos(angle + a), end[1] - 1.6 * pen.unit * math.sin(angle + a))
        for a in (-0.4, 0.4)
    ]
    pen.draw.polygon([end, *corners], pen.ink)


DRAWINGS = (flow, tree, network, sets, time_line, mind_map, classes, cycle, slide)
