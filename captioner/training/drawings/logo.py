"""Logos: monograms, words, badges and simple shapes, some with gradients and shadows."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np
from PIL import Image, ImageDraw, ImageFilter

if TYPE_CHECKING:
    from captioner.training.drawings.pen import Colour, Pen, Point


def monogram(pen: Pen) -> None:
    """Letters in a shape."""
    _ground(pen)
    radius = pen.shorter * pen.number(0.25, 0.45)
    corners = pen.pick((4, 5, 6, 8, 60))
    pen.draw.polygon(pen.polygon_points(pen.middle, radius, corners), pen.accent)
    pen.text(pen.middle, pen.word()[: pen.whole(1, 3)].upper(), radius * 0.9, pen.paper, "mm")


def wordmark(pen: Pen) -> None:
    """A word, perhaps with a line below."""
    _ground(pen)
    word = pen.word().upper() if pen.chance(0.5) else pen.word().capitalize()
    size = pen.width / (len(word) + 2) * 1.3
    pen.text(pen.middle, word, size, pen.accent, "mm")
    if pen.chance(0.6):
        pen.text((pen.middle[0], pen.middle[1] + size * 0.8), pen.words(3), size * 0.22, pen.mix(0.7), "mm")


def badge(pen: Pen) -> None:
    """Rings with words and a star."""
    _ground(pen)
    radius = pen.shorter * 0.42
    for share, colour in ((1, pen.accent), (0.93, pen.paper), (0.9, pen.accent), (0.62, pen.paper)):
        pen.disc(pen.middle, radius * share, colour)
    _round_text(pen, pen.words(5).upper(), radius * 0.76, pen.paper)
    pen.draw.polygon(pen.polygon_points(pen.middle, radius * 0.5, 10, 0.4), pen.colours[1])


def shield(pen: Pen) -> None:
    """A shield in fields."""
    _ground(pen)
    (x, y), r = pen.middle, pen.shorter * 0.4
    outline = [(x - r, y - r), (x + r, y - r), (x + r, y), *[(x + r * math.cos(t), y + r * 1.1 * math.sin(t))
               for t in np.linspace(0.1, math.pi - 0.1, 20).tolist()], (x - r, y)]  # fmt: skip
    pen.draw.polygon(outline, pen.accent, pen.ink, pen.line_width(1.5))
    pen.draw.line((x, y - r, x, y + r), pen.paper, pen.line_width(2))
    pen.draw.line((x - r, y - r * 0.2, x + r, y - r * 0.2), pen.paper, pen.line_width(2))
    pen.text((x - r / 2, y - r * 0.6), pen.word()[0].upper(), r * 0.5, pen.paper, "mm")


def ring(pen: Pen) -> None:
    """An open ring beside a name."""
    _ground(pen)
    (x, y), r = pen.middle, pen.shorter * pen.number(0.2, 0.4)
    start = pen.number(0, 360)
    box = (x - r, y - r, x + r, y + r)
    pen.draw.arc(box, start, start + pen.number(200, 340), pen.accent, max(2, round(r * pen.number(0.1, 0.4))))
    pen.text((x, y + r * 1.2), pen.word(), r * 0.35, anchor="mm")


def overlap(pen: Pen) -> None:
    """Discs that mix where they meet."""
    _ground(pen)
    number, r = pen.whole(2, 6), pen.shorter * pen.number(0.15, 0.25)
    for x, y in pen.polygon_points(pen.middle, r * 0.8, number):
        layer = Image.new("L", pen.image.size)
        ImageDraw.Draw(layer).ellipse((x - r, y - r, x + r, y + r), fill=pen.whole(110, 220))
        pen.show(Image.composite(Image.new("RGB", pen.image.size, pen.colour()), pen.image, layer))


def star(pen: Pen) -> None:
    """A star."""
    _ground(pen)
    points = pen.polygon_points(pen.middle, pen.shorter * 0.42, 2 * pen.whole(4, 13), pen.number(0.3, 0.8))
    pen.draw.polygon(points, pen.accent, pen.colours[1], pen.line_width(2))


def swoosh(pen: Pen) -> None:
    """A crescent sweep over a name."""
    _ground(pen)
    (x, y), r = pen.middle, pen.shorter * 0.42
    turns = np.linspace(pen.number(0, 1), pen.number(3, 5), 60)
    outer = [(x + r * math.cos(t), y + 0.5 * r * math.sin(t)) for t in turns.tolist()]
    inner = [(x + 0.9 * r * math.cos(t), y + (0.5 - 0.2 * math.sin(k * math.pi / 60)) * r * math.sin(t))
             for k, t in enumerate(turns.tolist())]  # fmt: skip
    pen.draw.polygon([*outer, *inner[::-1]], pen.accent)
    pen.text((x, y), pen.word().capitalize(), r * 0.4, pen.ink, "mm")


def ball(pen: Pen) -> None:
    """A ball with light on it and a shadow."""
    _ground(pen)
    down, across = np.mgrid[0 : pen.height, 0 : pen.width]
    (x, y), r = pen.middle, pen.shorter * 0.35
    inside = np.hypot(across - x, down - y) < r
    light = np.clip(1.25 - np.hypot(across - x + r * 0.35, down - y + r * 0.4) / (1.5 * r), 0.15, 1.2)[..., None]
    values = (
        np.asarray(pen.image, np.float32)
        * (1 - 0.3 * np.exp(-((np.hypot(across - x, (down - y - r) * 4) / r) ** 2)))[..., None]
    )
    pen.show_array(np.where(inside[..., None], np.array(pen.accent) * light + 60 * (light > 1), values))


def hexagons(pen: Pen) -> None:
    """A comb of hexagons."""
    _ground(pen)
    r = pen.shorter * pen.number(0.1, 0.16)
    centres = [pen.middle, *pen.polygon_points(pen.middle, r * 1.9, 6)]
    for centre in centres[: pen.whole(3, 8)]:
        pen.draw.polygon(pen.polygon_points(centre, r, 6), pen.colour())


def stripes(pen: Pen) -> None:
    """A letter or a disc cut into stripes."""
    _ground(pen)
    (x, y), r = pen.middle, pen.shorter * 0.4
    if pen.chance(0.5):
        pen.disc((x, y), r, pen.accent)
    else:
        pen.text((x, y), pen.word()[0].upper(), 2 * r, pen.accent, "mm")
    for at in np.arange(y - r, y + r, r / pen.whole(3, 9)).tolist():
        pen.draw.line((x - 2 * r, at, x + 2 * r, at), pen.paper, max(1, round(r / 16)))


def leaf(pen: Pen) -> None:
    """Leaves around a stem."""
    _ground(pen)
    r = pen.shorter * 0.22
    for x, y in pen.polygon_points(pen.middle, r * 0.9, pen.whole(1, 7)):
        turn = math.atan2(y - pen.middle[1], x - pen.middle[0])
        pen.draw.polygon(_leaf((x, y), r, turn), pen.colour())


def mountain(pen: Pen) -> None:
    """Peaks, a sun and a name."""
    _ground(pen)
    (x, y), r = pen.middle, pen.shorter * 0.35
    pen.disc((x + r * 0.5, y - r * 0.6), r * 0.25, pen.colours[1])
    for shift, share in ((-0.35, 1.0), (0.4, 0.7)):
        top = (x + shift * r, y - r * share)
        foot, wide = y + r * 0.3, 0.8 * share * r
        peak = [(x + shift * r - wide, foot), top, (x + shift * r + wide, foot)]
        pen.draw.polygon(peak, pen.colour(), pen.paper, pen.line_width(1))
    pen.text((x, y + r * 0.7), pen.words(2).upper(), r * 0.3, anchor="mm")


def pixels(pen: Pen) -> None:
    """A mark of squares, the same on both sides, as for an account without a picture."""
    _ground(pen)
    cells = pen.pick((5, 7, 8))
    side = pen.shorter * 0.8 / cells
    x, y = pen.middle[0] - side * cells / 2, pen.middle[1] - side * cells / 2
    for row in range(cells):
        for column in range((cells + 1) // 2):
            if pen.chance(0.5):
                for place in {column, cells - 1 - column}:
                    box = (x + side * place, y + side * row, x + side * (place + 1) - 1, y + side * (row + 1) - 1)
                    pen.draw.rectangle(box, pen.accent)


def app_tile(pen: Pen) -> None:
    """A tile with round corners, a gradient, a glyph and its shadow."""
    _ground(pen)
    (x, y), r = pen.middle, pen.shorter * 0.38
    mask = Image.new("L", pen.image.size)
    ImageDraw.Draw(mask).rounded_rectangle((x - r, y - r, x + r, y + r), r * pen.number(0.2, 0.5), 255)
    shadow = mask.filter(ImageFilter.GaussianBlur(r * 0.08)).point([level // 2 for level in range(256)])
    pen.image.paste((40, 40, 40), (0, round(r * 0.08)), shadow)
    ends = np.array([pen.accent, pen.colours[1]], np.uint8).reshape(2, 1, 3)
    slope = Image.fromarray(ends).resize(pen.image.size, Image.Resampling.BILINEAR)
    pen.show(Image.composite(slope, pen.image, mask))
    glyph = pen.pick((1, 2, 3))
    if glyph == 1:
        pen.text((x, y), pen.word()[0].upper(), 1.2 * r, (255, 255, 255), "mm")
    elif glyph == 2:
        pen.draw.polygon(pen.polygon_points((x, y), r * 0.6, pen.whole(3, 7)), (255, 255, 255))
    else:
        pen.disc((x, y), r * 0.5, (255, 255, 255))
        pen.disc((x + r * 0.2, y), r * 0.4, pen.accent)


def mark_and_name(pen: Pen) -> None:
    """A small mark with the name to its right."""
    _ground(pen)
    r = min(pen.height * 0.25, pen.width * 0.12)
    at = (r * 2, pen.height / 2)
    if pen.chance(0.5):
        pen.disc(at, r, pen.accent)
        pen.disc((at[0] + r * 0.4, at[1]), r * 0.5, pen.colours[1])
    else:
        pen.draw.polygon(pen.polygon_points(at, r, pen.whole(3, 9)), pen.accent)
    pen.text((r * 3.4, pen.height / 2), pen.word().capitalize(), r * 1.4, pen.ink, "lm")


def knot(pen: Pen) -> None:
    """A closed curve that winds."""
    _ground(pen)
    (x, y), r = pen.middle, pen.shorter * 0.28
    petals, wild = pen.whole(2, 8), pen.number(0.2, 0.6)
    turns = np.linspace(0, 2 * math.pi * pen.pick((1, 2, 3)), 400).tolist()
    points = [(x + r * (1 + wild * math.cos(petals * t / 2)) * math.cos(t),
               y + r * (1 + wild * math.cos(petals * t / 2)) * math.sin(t)) for t in turns]  # fmt: skip
    pen.draw.line(points, pen.accent, max(2, round(r * pen.number(0.05, 0.25))), joint="curve")


def crest(pen: Pen) -> None:
    """A ribbon with a name below a ring."""
    _ground(pen)
    (x, y), r = pen.middle, pen.shorter * 0.3
    pen.disc((x, y - r * 0.3), r, pen.colours[1], pen.ink)
    pen.text((x, y - r * 0.4), pen.word()[0].upper(), r, pen.paper, "mm")
    pen.draw.polygon([(x - r * 1.5, y + r * 0.4), (x + r * 1.5, y + r * 0.4), (x + r * 1.3, y + r * 0.7),
                      (x + r * 1.5, y + r), (x - r * 1.5, y + r), (x - r * 1.3, y + r * 0.7)], pen.accent)  # fmt: skip
    pen.text((x, y + r * 0.7), pen.words(2).upper(), r * 0.28, pen.paper, "mm")


def _ground(pen: Pen) -> None:
    """White, black, coloured, a slope, or the squares that stand for transparency."""
    way = pen.number(0, 1)
    if way < 0.15:
        pen.clear((255, 255, 255))
    elif way < 0.3:
        pen.clear(pen.colours[-1])
    elif way < 0.36:
        ends = np.array([pen.colours[-1], pen.colours[-2]], np.uint8).reshape(1, 2, 3)
        pen.show(Image.fromarray(ends).resize((pen.width, pen.height), Image.Resampling.BILINEAR))
    elif way < 0.42:
        side = 1.6 * pen.unit
        pen.clear((255, 255, 255))
        for row in range(int(pen.height / side) + 1):
            for column in range(row % 2, int(pen.width / side) + 1, 2):
                pen.draw.rectangle((side * column, side * row, side * (column + 1), side * (row + 1)), (204, 204, 204))


def _leaf(centre: Point, length: float, turn: float) -> list[Point]:
    ts = np.linspace(-1, 1, 20)
    xs = np.concatenate((ts, ts[::-1])) * length / 1.2
    ys = np.concatenate((1 - ts**2, ts**2 - 1)) * length / 2.5
    points = zip(xs.tolist(), ys.tolist(), strict=True)
    cos, sin = math.cos(turn), math.sin(turn)
    return [(centre[0] + a * cos - b * sin, centre[1] + a * sin + b * cos) for a, b in points]


def _round_text(pen: Pen, text: str, radius: float, colour: Colour) -> None:
    size = radius * 0.28
    start = pen.number(0, 2 * math.pi)
    for place, letter in enumerate(text[:40]):
        angle = start + place * size * 0.75 / radius
        tile = Image.new("L", (round(size * 2),) * 2)
        ImageDraw.Draw(tile).text((size, size), letter, fill=255, font=pen.font(size), anchor="mm")
        turned = tile.rotate(-math.degrees(angle) - 90, Image.Resampling.BICUBIC)
        at = (
            round(pen.middle[0] + radius * math.cos(angle) - size),
            round(pen.middle[1] + radius * math.sin(angle) - size),
        )
        pen.image.paste(colour, at, turned)


DRAWINGS = (
    monogram,
    wordmark,
    badge,
    shield,
    ring,
    overlap,
    star,
    swoosh,
    ball,
    hexagons,
    stripes,
    leaf,
    mountain,
    pixels,
    app_tile,
    mark_and_name,
    knot,
    crest,
)
