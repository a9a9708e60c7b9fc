"""Dark shapes on a light ground, or the other way round: animals, people, towns, trees, and stencils of two tones."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from captioner.training.drawings.pen import Pen, Point


def _ground(pen: Pen) -> None:
    """Two tones that stand out from each other; sometimes the ground fades as an evening sky does."""
    light, dark = pen.mix(pen.number(0, 0.15), (255, 255, 255), pen.colour()), pen.mix(pen.number(0, 0.25), (0, 0, 0))
    pen.paper, pen.ink = (light, dark) if pen.chance(0.8) else (dark, light)
    pen.clear(pen.paper)
    if pen.chance(0.25):
        below = pen.any_colour()
        for y in range(pen.height):
            pen.draw.line((0, y, pen.width, y), pen.mix(y / pen.height, pen.paper, below))


def _limb(pen: Pen, points: list[Point], width: float) -> None:
    """A stroke with round ends."""
    pen.draw.line(points, pen.ink, max(1, round(width)), joint="curve")
    for point in points:
        pen.disc(point, width / 2, pen.ink)


def animal(pen: Pen) -> None:
    """A body on four legs, with a neck, a head, ears and a tail."""
    _ground(pen)
    (x, y), r = pen.middle, pen.shorter * pen.number(0.1, 0.18)
    length, neck, legs = pen.number(1.2, 2.4) * r, pen.number(0.6, 2.2) * r, pen.number(0.8, 2.2) * r
    pen.draw.polygon([(x + px * length / r, y + py) for px, py in pen.blob((0, 0), r, 0.1)], pen.ink)
    for place in (-0.85, -0.6, 0.55, 0.85):
        foot = x + place * length + pen.number(-0.3, 0.3) * r
        _limb(pen, [(x + place * length, y), (foot, y + 0.6 * r + legs)], r * pen.number(0.18, 0.35))
    lean = pen.number(0.2, 1.1)
    head = (x + length + neck * math.sin(lean) * 0.7, y - 0.3 * r - neck * math.cos(lean))
    _limb(pen, [(x + 0.8 * length, y - 0.2 * r), head], r * pen.number(0.35, 0.7))
    pen.draw.polygon(pen.blob((head[0] + 0.3 * r, head[1]), r * pen.number(0.4, 0.6), 0.15), pen.ink)
    for side in (-0.2, 0.15):
        tip = (head[0] + side * r, head[1] - r * pen.number(0.6, 1.1))
        pen.draw.polygon([(tip[0] - 0.15 * r, head[1]), tip, (tip[0] + 0.2 * r, head[1])], pen.ink)
    tail = [(x - length, y - 0.2 * r), (x - length - 0.6 * r, y + pen.number(-1, 0.8) * r)]
    _limb(pen, tail, r * pen.number(0.1, 0.25))


def person(pen: Pen) -> None:
    """People with bent arms and legs."""
    _ground(pen)
    number = pen.whole(1, 5)
    for place in range(number):
        r = pen.shorter * pen.number(0.05, 0.08)
        x, y = pen.width * (place + 0.5) / number, pen.height * pen.number(0.3, 0.45)
        pen.disc((x, y - 1.6 * r), r, pen.ink)
        hip = (x + pen.number(-0.5, 0.5) * r, y + 3 * r)
        _limb(pen, [(x, y), hip], 1.5 * r)
        for start, long in (((x, y), 1.5), ((x, y), 1.5), (hip, 2.1), (hip, 2.1)):
            turn = pen.number(-0.9, 0.9) if start == hip else pen.number(-2.6, 2.6)
            middle = (start[0] + long * r * math.sin(turn), start[1] + long * r * math.cos(turn))
            turn += pen.number(-1.2, 1.2)
            end = (middle[0] + long * r * math.sin(turn), middle[1] + long * r * math.cos(turn))
            _limb(pen, [start, middle, end], r * pen.number(0.5, 0.8))


def skyline(pen: Pen) -> None:
    """A town before the sky."""
    _ground(pen)
    x, ground = 0.0, pen.height * pen.number(0.75, 0.95)
    while x < pen.width:
        wide, high = pen.number(3, 12) * pen.unit, pen.height * pen.number(0.08, 0.55)
        pen.draw.rectangle((x, ground - high, x + wide, pen.height), pen.ink)
        if pen.chance(0.3):
            pen.draw.polygon(
                [(x, ground - high), (x + wide / 2, ground - high * 1.35), (x + wide, ground - high)], pen.ink
            )
        x += wide * pen.number(0.9, 1.2)
    pen.draw.rectangle((0, ground, pen.width, pen.height), pen.ink)


def tree(pen: Pen) -> None:
    """A trunk that divides again and again."""
    _ground(pen)

    def grow(at: Point, angle: float, long: float, level: int) -> None:
        end = (at[0] + long * math.sin(angle), at[1] - long * math.cos(angle))
        _limb(pen, [at, end], max(1.0, long * 0.13))
        if level == 0:
            pen.disc(end, long * leaves, pen.ink)
            return
        for turn in (-1, 1):
            grow(end, angle + turn * pen.number(0.2, 0.6), long * pen.number(0.62, 0.82), level - 1)

    leaves = pen.pick((0.3, 0.9, 1.6))
    grow((pen.middle[0], pen.height * 0.97), 0.0, pen.height * pen.number(0.18, 0.25), pen.whole(4, 7))


def stencil(pen: Pen) -> None:
    """Two tones, as where a picture was made black and white without grey."""
    _ground(pen)
    cells = pen.whole(4, 14)
    field = np.kron(pen.rng.normal(size=(cells, cells)), np.ones((32, 32)))
    reach = 24
    for axis in (0, 1):
        field = np.sum([np.roll(field, step, axis) for step in range(-reach, reach + 1)], axis=0)
    over = field > np.quantile(field, pen.number(0.3, 0.75))
    pen.show_array(np.where(over[..., None], np.array(pen.ink, float), np.array(pen.paper, float)))


def shape(pen: Pen) -> None:
    """One or two wavy shapes, perhaps with a hole."""
    _ground(pen)
    for _ in range(pen.whole(1, 3)):
        at = (pen.width * pen.number(0.35, 0.65), pen.height * pen.number(0.35, 0.65))
        r = pen.shorter * pen.number(0.2, 0.4)
        pen.draw.polygon(pen.blob(at, r, pen.number(0.1, 0.6)), pen.ink)
        if pen.chance(0.4):
            pen.draw.polygon(pen.blob(at, r * pen.number(0.2, 0.5)), pen.paper)


DRAWINGS = (animal, person, skyline, tree, stencil, shape)
