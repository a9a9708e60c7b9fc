"""Line drawings: doodles, plans, faces, sketches, colouring pages, geometry."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from captioner.training.drawings.pen import Pen, Point


def doodles(pen: Pen) -> None:
    """Small things all over the sheet."""
    for _ in range(pen.whole(5, 40)):
        at, r = (pen.number(0, pen.width), pen.number(0, pen.height)), pen.number(2, 9) * pen.unit
        points = pen.pick(
            (pen.polygon_points(at, r, pen.whole(3, 7)), pen.polygon_points(at, r, 10, 0.5), pen.blob(at, r))
        )
        _stroke(pen, [*points, points[0]])


def floor_plan(pen: Pen) -> None:
    """Walls, doors and windows."""
    _rooms(pen, (pen.width * 0.06, pen.height * 0.06, pen.width * 0.94, pen.height * 0.94), pen.whole(2, 5))


def face(pen: Pen) -> None:
    """A face of a few strokes."""
    (x, y), r = pen.middle, pen.shorter * pen.number(0.25, 0.42)
    outline = pen.blob((x, y), r, 0.06)
    _stroke(pen, [*outline, outline[0]])
    for side in (-1, 1):
        eye = pen.blob((x + side * r * 0.38, y - r * 0.2), r * pen.number(0.06, 0.16), 0.1, 24)
        _stroke(pen, [*eye, eye[0]])
        _stroke(pen, _arc((x + side * r * 0.38, y - r * 0.25), r * 0.25, 200, 340))
        _stroke(pen, _arc((x + side * r * 1.02, y), r * 0.16, 0, 360))
    _stroke(pen, [(x, y - r * 0.1), (x - r * 0.08, y + r * 0.2), (x + r * 0.05, y + r * 0.22)])
    _stroke(pen, _arc((x, y + r * 0.3), r * 0.35, 20, 160))
    for _ in range(pen.whole(0, 60)):
        angle = pen.number(math.pi, 2 * math.pi)
        start = (x + r * math.cos(angle), y + r * math.sin(angle))
        _stroke(pen, [start, (start[0] + pen.number(-0.2, 0.2) * r, start[1] - pen.number(0.05, 0.3) * r)])


def house(pen: Pen) -> None:
    """A house, a tree and a sun, as a child draws them."""
    (x, y), r = pen.middle, pen.shorter * 0.3
    _stroke(pen, [(x - r, y + r), (x - r, y), (x, y - r), (x + r, y), (x + r, y + r), (x - r, y + r)])
    _stroke(pen, [(x - r, y), (x + r, y)])
    for shift in (-0.6, 0.35):
        _box(pen, x + shift * r, y + r * 0.25, r * 0.3, r * 0.3)
    _box(pen, x - r * 0.15, y + r * 0.45, r * 0.3, r * 0.55)
    sun = (pen.width * 0.86, pen.height * 0.14)
    _stroke(pen, _arc(sun, r * 0.25, 0, 360))
    for angle in np.linspace(0, 2 * math.pi, 12).tolist():
        _stroke(pen, [(sun[0] + r * k * math.cos(angle), sun[1] + r * k * math.sin(angle)) for k in (0.32, 0.5)])
    _stroke(pen, [(0, y + r), (pen.width, y + r)])


def hatching(pen: Pen) -> None:
    """Shapes shaded by crossed strokes."""
    for _ in range(pen.whole(2, 6)):
        at, r = (
            (pen.number(0.2, 0.8) * pen.width, pen.number(0.2, 0.8) * pen.height),
            pen.shorter * pen.number(0.1, 0.3),
        )
        outline = pen.blob(at, r, 0.15)
        _stroke(pen, [*outline, outline[0]])
        for angle in pen.rng.uniform(0, math.pi, pen.whole(1, 4)).tolist():
            for shift in np.arange(-r * 0.8, r * pen.number(0, 0.8), pen.number(0.5, 1.4) * pen.unit).tolist():
                half = math.sqrt(max(0.0, (r * 0.85) ** 2 - shift**2))
                across, down = math.cos(angle), math.sin(angle)
                _stroke(
                    pen,
                    [
                        (at[0] - shift * down + k * half * across, at[1] + shift * across + k * half * down)
                        for k in (-1, 1)
                    ],
                )


def voronoi(pen: Pen) -> None:
    """Borders between the regions of points."""
    size = 300
    points = pen.rng.random((pen.whole(10, 70), 2)) * size
    down, across = np.mgrid[:size, :size]
    nearest = np.hypot(down[..., None] - points[:, 0], across[..., None] - points[:, 1]).argmin(axis=2)
    edge = (nearest != np.roll(nearest, 1, 0)) | (nearest != np.roll(nearest, 1, 1))
    pen.show_array(np.where(edge[..., None], np.array(pen.ink), np.array(pen.paper)).astype(np.float32))


def wire_ball(pen: Pen) -> None:
    """A ball of wires, turned."""
    tilt, turn, r = pen.number(0, 1.5), pen.number(0, 3), pen.shorter * 0.42
    number = pen.whole(6, 22)
    angles = np.linspace(0, 2 * math.pi, 60)
    for line in np.linspace(0, math.pi, number):
        _stroke(
            pen,
            _turned(pen, np.sin(angles) * np.cos(line), np.cos(angles), np.sin(angles) * np.sin(line), r, tilt, turn),
        )
        still = np.full_like(angles, np.cos(line))
        _stroke(pen, _turned(pen, np.sin(line) * np.cos(angles), still, np.sin(line) * np.sin(angles), r, tilt, turn))


def wire_land(pen: Pen) -> None:
    """Hills of wires seen from aside."""
    rows = pen.whole(15, 50)
    for row in range(rows):
        base = pen.height * (0.25 + 0.7 * row / rows)
        bump = pen.number(2, 16) * pen.unit * np.exp(-((np.linspace(-2, 2, 90) - pen.number(-0.6, 0.6)) ** 2) * 3)
        ys = base - bump * np.abs(np.array(pen.walk(90, 0.2, 1)))
        points = list(zip(np.linspace(pen.width * 0.1, pen.width * 0.9, 90).tolist(), ys.tolist(), strict=True))
        pen.draw.polygon([(points[0][0], base), *points, (points[-1][0], base)], pen.paper)
        _stroke(pen, points)


def flower(pen: Pen) -> None:
    """A flower on a stem."""
    (x, y), r = (pen.width / 2, pen.height * 0.35), pen.shorter * 0.13
    for centre in pen.polygon_points((x, y), r * 1.5, pen.whole(4, 11)):
        outline = pen.blob(centre, r * 0.8, 0.1)
        pen.draw.polygon(outline, pen.paper)
        _stroke(pen, [*outline, outline[0]])
    pen.disc((x, y), r, pen.paper, pen.ink)
    _stroke(pen, [(x, y + r), (x + r * 0.3, pen.height * 0.7), (x, pen.height * 0.97)])
    for side in (-1, 1):
        shape = ((0, 0.8), (1.5, 0.68), (2.4, 0.7), (1.4, 0.8), (0, 0.85))
        _stroke(pen, [(x + side * r * across, pen.height * down) for across, down in shape])


def fish(pen: Pen) -> None:
    """Fish with scales among waves."""
    for _ in range(pen.whole(1, 6)):
        (x, y), r = (
            (pen.number(0.25, 0.75) * pen.width, pen.number(0.2, 0.8) * pen.height),
            pen.shorter * pen.number(0.1, 0.3),
        )
        ts = np.linspace(0, 2 * math.pi, 60).tolist()
        _stroke(pen, [(x + r * (math.cos(t) - math.sin(t) ** 2 / 1.4), y + r * math.cos(t) * math.sin(t)) for t in ts])
        _stroke(pen, _arc((x + r * 0.5, y - r * 0.1), r * 0.06, 0, 360))
        for scale in range(pen.whole(0, 6)):
            _stroke(pen, _arc((x + r * (0.2 - 0.15 * scale), y), r * 0.25, -60, 60))


def tree(pen: Pen) -> None:
    """A bare tree that branches."""
    _branch(pen, (pen.width / 2, pen.height * 0.97), -math.pi / 2, pen.height * 0.22, pen.whole(5, 9))


def mandala(pen: Pen) -> None:
    """Rings of petals."""
    number = pen.pick((6, 8, 10, 12, 16))
    for ring in range(pen.whole(3, 8)):
        radius = pen.shorter * 0.06 * (ring + 1)
        turn, petal = pen.number(0, 6), radius * pen.number(0.2, 0.5)
        for place in range(number):
            angle = turn + 2 * math.pi * place / number
            at = (pen.middle[0] + radius * math.cos(angle), pen.middle[1] + radius * math.sin(angle))
            _stroke(pen, _arc(at, petal, 0, 360))
        _stroke(pen, _arc(pen.middle, radius + petal, 0, 360))


def maze(pen: Pen) -> None:
    """Walls as in a maze."""
    cells = pen.whole(8, 40)
    side = pen.shorter / cells
    width = pen.line_width()
    for row in range(int(pen.height / side) + 1):
        for column in range(int(pen.width / side) + 1):
            x, y = side * column, side * row
            end = (x + side, y) if pen.chance(0.5) else (x, y + side)
            pen.draw.line((x, y, *end), pen.ink, width)


def curves(pen: Pen) -> None:
    """Curves of a toy of wheels."""
    (x, y), r = pen.middle, pen.shorter * 0.44
    for _ in range(pen.whole(1, 4)):
        big, small, reach = pen.whole(20, 90), pen.whole(7, 40), pen.number(0.3, 1.2)
        ts = np.linspace(0, 2 * math.pi * small / math.gcd(big, small), 1200)
        ratio = (big - small) / small
        xs = (big - small) * np.cos(ts) + reach * small * np.cos(ratio * ts)
        ys = (big - small) * np.sin(ts) - reach * small * np.sin(ratio * ts)
        size = r / max(float(np.abs(xs).max()), float(np.abs(ys).max()))
        colour = pen.ink if pen.chance(0.6) else pen.colour()
        pen.draw.line(list(zip((x + size * xs).tolist(), (y + size * ys).tolist(), strict=True)), colour, pen.scale)


def town(pen: Pen) -> None:
    """A row of houses and towers with windows."""
    x, ground = pen.width * 0.02, pen.height * 0.9
    while x < pen.width * 0.92:
        wide, high = pen.number(6, 16) * pen.unit, pen.height * pen.number(0.2, 0.75)
        _box(pen, x, ground - high, wide, high)
        if pen.chance(0.4):
            _stroke(pen, [(x, ground - high), (x + wide / 2, ground - high - wide * 0.6), (x + wide, ground - high)])
        for row in np.arange(ground - high + 2 * pen.unit, ground - 4 * pen.unit, 4 * pen.unit).tolist():
            for column in np.arange(x + pen.unit, x + wide - 2 * pen.unit, 3 * pen.unit).tolist():
                _box(pen, column, row, 1.6 * pen.unit, 2 * pen.unit)
        x += wide
    _stroke(pen, [(0, ground), (pen.width, ground)])


def stick_people(pen: Pen) -> None:
    """People of sticks who wave."""
    number = pen.whole(1, 7)
    for place in range(number):
        x, y, r = (
            pen.width * (place + 0.5) / number,
            pen.height * pen.number(0.25, 0.45),
            pen.shorter * pen.number(0.04, 0.1),
        )
        _stroke(pen, _arc((x, y), r, 0, 360))
        _stroke(pen, [(x, y + r), (x, y + 4 * r)])
        for side in (-1, 1):
            _stroke(pen, [(x, y + 2 * r), (x + side * 1.6 * r, y + r * pen.number(0.5, 3.5))])
            _stroke(pen, [(x, y + 4 * r), (x + side * r * pen.number(0.4, 1.5), y + 6.5 * r)])


def heights(pen: Pen) -> None:
    """Nested wavy outlines."""
    for _ in range(pen.whole(1, 4)):
        at, r = (pen.number(0, pen.width), pen.number(0, pen.height)), pen.shorter * pen.number(0.3, 0.7)
        shape = np.array(pen.blob((0, 0), 1, 0.3))
        for share in np.linspace(0.08, 1, pen.whole(5, 18)).tolist():
            ring = (np.array(at) + shape * r * share).tolist()
            pen.draw.line([tuple(point) for point in [*ring, ring[0]]], pen.ink, pen.scale)


def colouring_page(pen: Pen) -> None:
    """Thick outlines that wait to be filled, some of them filled."""
    width = max(2, round(pen.unit * pen.number(0.6, 1.4)))
    for _ in range(pen.whole(4, 12)):
        at, r = (pen.number(0.1, 0.9) * pen.width, pen.number(0.1, 0.9) * pen.height), pen.number(5, 20) * pen.unit
        outline = pen.blob(at, r, 0.2)
        pen.draw.polygon(outline, pen.colour() if pen.chance(0.15) else pen.paper)
        pen.draw.line([*outline, outline[0]], pen.ink, width, "curve")


def animal(pen: Pen) -> None:
    """A beast of ovals with legs, ears and a tail."""
    (x, y), r = pen.middle, pen.shorter * 0.22
    body = [(a, y + (b - y) * 0.6) for a, b in pen.blob((x, y), r * 1.5, 0.08)]
    for shift in (-1.1, -0.7, 0.6, 1.0):
        _stroke(pen, [(x + shift * r, y + r * 0.5), (x + shift * r, y + r * 1.7), (x + (shift + 0.2) * r, y + r * 1.7),
                      (x + (shift + 0.2) * r, y + r * 0.5)])  # fmt: skip
    head = pen.blob((x + 1.6 * r, y - r * 0.8), r * 0.6, 0.08)
    for outline in (body, head):
        pen.draw.polygon(outline, pen.paper)
        _stroke(pen, [*outline, outline[0]])
    for ear in (1.4, 1.8):
        _stroke(
            pen,
            [
                (x + ear * r - r * 0.12, y - 1.3 * r),
                (x + ear * r, y - r * pen.number(1.7, 2.4)),
                (x + ear * r + r * 0.12, y - 1.3 * r),
            ],
        )
    pen.disc((x + 1.7 * r, y - r * 0.9), r * 0.07, pen.ink)
    _stroke(pen, [(x - 1.4 * r, y), (x - 2 * r, y - r * 0.5), (x - 1.9 * r, y - r)])


def solids(pen: Pen) -> None:
    """Boxes and cylinders in slanted view with measures."""
    for _ in range(pen.whole(1, 5)):
        x, y, a, b = (
            pen.number(0.05, 0.6) * pen.width,
            pen.number(0.25, 0.6) * pen.height,
            pen.number(8, 25) * pen.unit,
            pen.number(8, 25) * pen.unit,
        )
        depth = a * 0.4
        if pen.chance(0.6):
            _box(pen, x, y, a, b)
            _stroke(pen, [(x, y), (x + depth, y - depth), (x + a + depth, y - depth), (x + a, y)])
            _stroke(pen, [(x + a + depth, y - depth), (x + a + depth, y + b - depth), (x + a, y + b)])
        else:
            for level in (y, y + b):
                _stroke(pen, [(p, level + (q - level) * 0.3) for p, q in _arc((x + a / 2, level), a / 2, 0, 360)])
            _stroke(pen, [(x, y), (x, y + b)])
            _stroke(pen, [(x + a, y), (x + a, y + b)])
        pen.text((x + a / 2, y + b + 2 * pen.unit), pen.figure(), 2 * pen.unit, anchor="ma")


def _stroke(pen: Pen, points: list[Point]) -> None:
    """A line by hand: a little uneven, at the hand's own width."""
    shake = pen.unit * 0.08
    moved = [(x + pen.number(-shake, shake), y + pen.number(-shake, shake)) for x, y in points]
    pen.draw.line(moved, pen.ink, pen.line_width(0.45), joint="curve")


def _box(pen: Pen, x: float, y: float, wide: float, high: float) -> None:
    _stroke(pen, [(x, y), (x + wide, y), (x + wide, y + high), (x, y + high), (x, y)])


def _arc(centre: Point, radius: float, start: float, end: float) -> list[Point]:
    angles = np.radians(np.linspace(start, end, 40)).tolist()
    return [(centre[0] + radius * math.cos(angle), centre[1] + radius * math.sin(angle)) for angle in angles]


def _turned(
    pen: Pen, x: np.ndarray, y: np.ndarray, z: np.ndarray, size: float, tilt: float, turn: float
) -> list[Point]:
    x, z = x * math.cos(turn) - z * math.sin(turn), x * math.sin(turn) + z * math.cos(turn)
    y = y * math.cos(tilt) - z * math.sin(tilt)
    return list(zip((pen.middle[0] + size * x).tolist(), (pen.middle[1] + size * y).tolist(), strict=True))


def _branch(pen: Pen, start: Point, angle: float, length: float, depth: int) -> None:
    end = (start[0] + length * math.cos(angle), start[1] + length * math.sin(angle))
    pen.draw.line((start, end), pen.ink, max(1, round(depth * 0.2 * pen.unit)))
    if depth > 1:
        for side in (-1, 1):
            _branch(pen, end, angle + side * pen.number(0.15, 0.7), length * pen.number(0.6, 0.85), depth - 1)


def _rooms(pen: Pen, box: tuple[float, float, float, float], depth: int) -> None:
    left, top, right, bottom = box
    pen.draw.rectangle(box, None, pen.ink, max(2, round(pen.unit * 0.6)))
    if depth == 0 or min(right - left, bottom - top) < 12 * pen.unit:
        pen.text(((left + right) / 2, (top + bottom) / 2), pen.word(), 1.8 * pen.unit, anchor="mm")
        pen.draw.pieslice(
            (left - 5 * pen.unit, bottom - 5 * pen.unit, left + 5 * pen.unit, bottom + 5 * pen.unit),
            270,
            360,
            pen.paper,
            pen.ink,
        )
        return
    share = pen.number(0.35, 0.65)
    if right - left > bottom - top:
        cut = left + share * (right - left)
        parts = ((left, top, cut, bottom), (cut, top, right, bottom))
    else:
        cut = top + share * (bottom - top)
        parts = ((left, top, right, cut), (left, cut, right, bottom))
    for part in parts:
        _rooms(pen, part, depth - 1)


DRAWINGS = (
    doodles,
    floor_plan,
    face,
    house,
    hatching,
    voronoi,
    wire_ball,
    wire_land,
    flower,
    fish,
    tree,
    mandala,
    maze,
    curves,
    town,
    stick_people,
    heights,
    colouring_page,
    animal,
    solids,
)
