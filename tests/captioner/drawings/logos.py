"""Logos from distances to shapes, in flat colours, slopes and shadows."""

import numpy as np
from PIL import Image, ImageColor, ImageDraw

from tests.captioner.drawings.sheet import PALETTES, Sheet, paint, picture, plane


def tones(random):
    return [ImageColor.getrgb(name) for name in PALETTES[random.integers(len(PALETTES))]]


def disc(x, y, r):
    return np.hypot(x, y) - r


def square(x, y, r, round_=0.0):
    a, b = np.abs(x) - r + round_, np.abs(y) - r + round_
    return np.hypot(np.maximum(a, 0), np.maximum(b, 0)) + np.minimum(np.maximum(a, b), 0) - round_


def turned(x, y, angle):
    return x * np.cos(angle) - y * np.sin(angle), x * np.sin(angle) + y * np.cos(angle)


def moon(random):
    (x, y), (ground, _, first, *_) = plane(random), tones(random)
    cut = -disc(x - random.uniform(0.15, 0.35), y, 0.5)
    return paint([(np.maximum(disc(x, y, 0.6), cut), first)], ground)


def rings(random):
    (x, y), (ground, _, *some) = plane(random), tones(random)
    places = [(-0.5, -0.12), (0, -0.12), (0.5, -0.12), (-0.25, 0.15), (0.25, 0.15)][: random.integers(2, 6)]
    return paint([(np.abs(disc(x - a, y - b, 0.22)) - 0.03, some[k]) for k, (a, b) in enumerate(places)], ground)


def windows(random):
    (x, y), (ground, _, *some) = plane(random), tones(random)
    places = [(a, b) for a in (-0.3, 0.3) for b in (-0.3, 0.3)]
    return paint(
        [(square(x - a, y - b, 0.26, random.choice((0, 0.08))), some[k]) for k, (a, b) in enumerate(places)], ground
    )


def pinwheel(random):
    (x, y), (ground, _, *some) = plane(random), tones(random)
    layers, number = [], int(random.integers(3, 9))
    for k in range(number):
        a, b = turned(x, y, 2 * np.pi * k / number)
        layers.append((np.maximum(disc(a - 0.3, b, 0.32), -b), some[k % len(some)]))
    return paint(layers, ground)


def glossy(random):
    (x, y), (ground, _, first, *_) = plane(random), tones(random)
    values = np.asarray(paint([(square(x, y, 0.6, 0.15), first)], ground), float)
    shine = np.clip(0.55 - (y + 0.3) * 0.5, 0, 0.55) * (disc(x, y + 0.9, 1) < 0) * (square(x, y, 0.56, 0.13) < 0)
    shadow = 0.35 * np.exp(-np.maximum(square(x - 0.04, y - 0.06, 0.6, 0.15), 0) * 12) * (square(x, y, 0.6, 0.15) > 0)
    return picture((values + (255 - values) * shine[..., None]) * (1 - shadow[..., None]))


def slope_word(random):
    sheet = Sheet(random, float(random.uniform(1.5, 3)))
    mask = Image.new("L", sheet.image.size)
    drawn = Sheet(random, 1)
    drawn.image, drawn.k = mask, sheet.k
    drawn.pen = ImageDraw.Draw(mask)
    word = str(random.choice(("Nimbus", "orbit", "VELO", "Kite & Co", "zest", "PIXLR", "Acme")))
    drawn.write(sheet.right / 2, 50, word, 1.4 * sheet.right / len(word), 255, "mm")
    wide = sheet.image.width
    first, last = (np.array(ImageColor.getrgb(name), float) for name in sheet.tones[:2])
    slope = np.tile(first + (last - first) * np.linspace(0, 1, wide)[:, None], (sheet.image.height, 1, 1))
    sheet.image.paste(picture(slope), mask=mask)
    return sheet.done()


def stencil(random):
    sheet = Sheet(random)
    sheet.box(0, 0, sheet.right, sheet.bottom, sheet.tone())
    sheet.write(sheet.right / 2, sheet.bottom / 2, str(random.choice(list("ABGKMQRSX&"))), 80, sheet.ground, "mm")
    return sheet.done()


def bolt(random):
    sheet = Sheet(random, 1)
    sheet.oval(50, 50, 42, fill=sheet.tone(), edge=sheet.dark, thick=float(random.choice((0, 3))))
    sheet.area([(56, 18), (32, 55), (48, 55), (42, 82), (68, 44), (52, 44)], sheet.ground)
    return sheet.done()


def wave_mark(random):
    sheet = Sheet(random)
    x = np.linspace(0, sheet.right, 80)
    for k in range(int(random.integers(2, 5))):
        y = sheet.bottom * (0.4 + 0.12 * k) + 5 * np.sin(x / sheet.between(6, 14) + k)
        sheet.area(
            np.concatenate((np.stack((x, y), 1), [(sheet.right, sheet.bottom), (0, sheet.bottom)])), sheet.tones[k]
        )
    sheet.write(sheet.right / 2, sheet.bottom * 0.22, sheet.latin(1), 14, None, "mm")
    return sheet.done()


def cube(random):
    sheet = Sheet(random, 1)
    tops = [(50 + 34 * np.sin(a), 50 - 34 * np.cos(a)) for a in np.arange(6) * np.pi / 3]
    for k, tone in zip((0, 2, 4), sheet.tones, strict=False):
        sheet.area([(50, 50), tops[k - 1], tops[k], tops[k + 1]], tone)
    return sheet.done()


def stamp(random):
    sheet = Sheet(random, 1)
    edge = [
        (50 + r * np.cos(a), 50 + r * np.sin(a)) for a, r in zip(np.arange(60) * np.pi / 30, [44, 40] * 30, strict=True)
    ]
    sheet.area(edge, sheet.tone())
    sheet.oval(50, 50, 33, edge=sheet.ground, thick=1)
    sheet.write(50, 46, "QUALITY", 11, sheet.ground, "mm")
    sheet.write(50, 60, "since 1974", 6, sheet.ground, "mm")
    return sheet.done()


def row_of_sponsors(random):
    sheet = Sheet(random, 1.5)
    for k in range(12):
        x, y = 20 + 36 * (k % 4), 20 + 30 * (k // 4)
        sheet.oval(x - 9, y, 5, fill=sheet.tone()) if k % 2 else sheet.box(
            x - 14, y - 5, 10, 10, sheet.tone(), round_=2
        )
        sheet.write(x - 2, y + 2, sheet.latin(1), 5)
    return sheet.done()


MAKERS = (moon, rings, windows, pinwheel, glossy, slope_word, stencil, bolt, wave_mark, cube, stamp, row_of_sponsors)
