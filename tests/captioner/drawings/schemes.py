"""Diagrams, maps, icons and flat illustrations."""

import itertools

import numpy as np
from PIL import Image, ImageFilter

from tests.captioner.drawings.sheet import Sheet, paint, picture, plane


def layers_of_net(random):
    sheet = Sheet(random, 1.6)
    columns = [int(n) for n in random.integers(2, 8, random.integers(3, 6))]
    places = [
        [(20 + 120 * c / (len(columns) - 1), 50 + 12 * (k - (n - 1) / 2)) for k in range(n)]
        for c, n in enumerate(columns)
    ]
    for before, after in itertools.pairwise(places):
        for a in before:
            for b in after:
                sheet.path([a, b], "#999999", 0.15)
    for c, column in enumerate(places):
        for x, y in column:
            sheet.oval(x, y, 3.6, fill=sheet.tones[c % 5], edge=sheet.dark)
    return sheet.done()


def sequence(random):
    sheet = Sheet(random, 1.3)
    names = int(random.integers(3, 6))
    xs = np.linspace(15, sheet.right - 15, names)
    for x in xs:
        sheet.box(x - 9, 5, 18, 8, sheet.tones[0], round_=1)
        sheet.write(x, 9, sheet.latin(1)[:8], 3, sheet.ground, "mm")
        sheet.path([(x, 13), (x, 97)], "#888888", 0.2)
    for y in np.arange(20, 95, 8):
        a, b = random.choice(xs, 2, replace=False)
        sheet.path([(a, y), (b, y)], None, 0.35)
        sheet.area([(b, y), (b - 2 * np.sign(b - a), y - 1.2), (b - 2 * np.sign(b - a), y + 1.2)], sheet.dark)
        sheet.write((a + b) / 2, y - 1, sheet.latin(2), 2.4, None, "ms")
    return sheet.done()


def circuit(random):
    sheet = Sheet(random, 1.4)
    for y in np.arange(15, 95, 20):
        sheet.path([(8, y), (sheet.right - 8, y)], None, 0.5)
        for x in np.arange(20, sheet.right - 20, 26):
            way = random.integers(3)
            sheet.box(x, y - 4, 14, 8, sheet.ground)
            if way == 0:
                zigzag = [(x + 14 * k / 8, y + (3 if k % 2 else -3) * (0 < k < 8)) for k in range(9)]
                sheet.path(zigzag, None, 0.5)
            elif way == 1:
                sheet.path([(x, y), (x + 6, y), (x + 6, y - 4), (x + 6, y + 4)], None, 0.5)
                sheet.path([(x + 14, y), (x + 8, y), (x + 8, y - 4), (x + 8, y + 4)], None, 0.5)
            else:
                sheet.box(x, y - 3, 14, 6, None, sheet.dark, 0.5)
            sheet.write(x + 4, y - 5, f"R{random.integers(1, 99)}", 3)
    return sheet.done()


def pyramid(random):
    sheet = Sheet(random, 1.2)
    for k in range(5):
        a, b = 8 + 9 * k, 8 + 9 * (k + 1)
        sheet.area(
            [
                (60 - a + 8, 10 + 16 * k),
                (60 + a - 8, 10 + 16 * k),
                (60 + b - 8, 25 + 16 * k),
                (60 - b + 8, 25 + 16 * k),
            ],
            sheet.tones[k],
        )
        sheet.write(60, 19 + 16 * k, sheet.latin(1), 4, sheet.ground, "mm")
    return sheet.done()


def slide(random):
    sheet = Sheet(random, 1.78)
    sheet.box(0, 0, 3, 100, sheet.tones[0])
    sheet.write(12, 20, sheet.latin(3), 9)
    for k in range(4):
        sheet.write(14, 40 + 13 * k, "- " + sheet.latin(5), 5)
    sheet.box(125, 35, 42, 42, sheet.tones[1], round_=3)
    return sheet.done()


def contour_map(random):
    y, x = np.mgrid[0:400, 0:520]
    height = sum(a * np.exp(-(((x - b) / d) ** 2) - ((y - c) / e) ** 2) for a, b, c, d, e in
                 random.uniform((0.3, 0, 0, 40, 40), (1, 520, 400, 200, 200), (9, 5)))  # fmt: skip
    level = height * 14
    line = np.abs(level - np.round(level)) / (np.hypot(*np.gradient(level)) + 1e-3)
    ground = np.where((height > 0.5)[..., None], (225, 238, 205), (250, 248, 238))
    return picture(ground * (0.4 + 0.6 * np.clip(line - 0.3, 0, 1))[..., None])


def counties(random):
    y, x = np.mgrid[0:360, 0:480]
    points = random.uniform((0, 0), (480, 360), (25, 2))
    metre = [np.abs(x - a) + np.abs(y - b) + 12 * np.sin(x / 23 + a) for a, b in points]
    near = np.argmin(metre, axis=0)
    values = np.linspace((255, 245, 235), (127, 39, 4), 25)[random.permutation(25)][near]
    edge = (near != np.roll(near, 1, 0)) | (near != np.roll(near, 1, 1))
    values[edge] = 255
    return picture(values)


def metro(random):
    sheet = Sheet(random, 1.3, ("#ffffff", "#111111", "#e32017", "#0019a8", "#00782a", "#ffd300", "#9b0056"))
    for k in range(5):
        y = sheet.between(10, 90)
        points = [(5, y), (40, y), (40 + abs(k * 12 - y) / 2, k * 12 + 15), (125, k * 12 + 15)]
        sheet.path(points, sheet.tones[k], 1.8)
        for x in np.arange(10, 40, 9):
            sheet.oval(x, y, 1.3, fill="#ffffff", edge="#111111", thick=0.5)
            sheet.write(x, y - 3, sheet.latin(1)[:7], 2, None, "ms")
    return sheet.done()


def treasure(random):
    sheet = Sheet(random, 1.3, ("#e8d5a3", "#5b3a1a", "#8b5a2b", "#b03020", "#a3b18a"))
    angles = np.linspace(0, 2 * np.pi, 90)
    r = 36 + random.normal(0, 1, 90).cumsum()
    sheet.area(np.stack((65 + 1.3 * r * np.cos(angles), 50 + r * np.sin(angles)), 1), "#d9c08a")
    route = random.uniform((30, 20), (100, 80), (6, 2))
    for a, b in itertools.pairwise(route):
        for t in np.arange(0, 1, 0.12):
            sheet.oval(*(a + (b - a) * t), 0.7, fill=sheet.dark)
    sheet.write(*route[-1], "X", 9, "#b03020", "mm")
    return sheet.done()


def glyph(shape):
    def maker(random):
        x, y = plane(random, 128, 512)
        pairs = (
            ((255, 255, 255), (33, 33, 33)),
            ((52, 120, 246), (255, 255, 255)),
            ((30, 30, 30), (240, 240, 240)),
            ((255, 204, 0), (60, 40, 0)),
        )
        ground, ink = pairs[random.integers(len(pairs))]
        return paint([(shape(x, y), ink)], ground)

    return maker


@glyph
def plus(x, y):
    return np.minimum(np.maximum(np.abs(x) - 0.1, np.abs(y) - 0.55), np.maximum(np.abs(y) - 0.1, np.abs(x) - 0.55))


@glyph
def bell(x, y):
    body = np.maximum(np.abs(x) - 0.3 - 0.25 * np.clip(y, -0.3, 1), np.abs(y) - 0.4)
    return np.minimum(np.minimum(body, np.hypot(x, y + 0.35) - 0.3), np.hypot(x, y - 0.5) - 0.12)


@glyph
def play(x, y):
    return np.minimum(np.abs(np.hypot(x, y) - 0.65) - 0.06, np.maximum(-x - 0.2, 0.5 * x + np.abs(y) - 0.2))


@glyph
def lock(x, y):
    return np.minimum(
        np.maximum(np.abs(x) - 0.4, np.abs(y - 0.25) - 0.35),
        np.maximum(np.abs(np.hypot(x, y + 0.15) - 0.28) - 0.07, y + 0.1),
    )


@glyph
def bars_of_menu(x, y):
    return np.minimum.reduce([np.maximum(np.abs(x) - 0.55, np.abs(y - k) - 0.07) for k in (-0.35, 0, 0.35)])


def code_of_squares(random):
    cells = random.integers(0, 2, (29, 29))
    for a, b in ((0, 0), (0, 22), (22, 0)):
        cells[a : a + 7, b : b + 7] = 1
        cells[a + 1 : a + 6, b + 1 : b + 6] = 0
        cells[a + 2 : a + 5, b + 2 : b + 5] = 1
    side = int(random.integers(5, 20))
    return picture(255 * (1 - np.kron(np.pad(cells, 3), np.ones((side, side)))))


def sprite(random):
    half = random.integers(0, 4, (16, 8)) * (random.random((16, 8)) < 0.7)
    tones = random.integers(0, 256, (4, 3))
    return picture(
        np.kron(tones[np.concatenate((half, half[:, ::-1]), 1)].transpose(2, 0, 1), np.ones((18, 18))).transpose(
            1, 2, 0
        )
    )


def flat_city(random):
    sheet = Sheet(random, 1.6)
    sheet.box(0, 0, sheet.right, 100, "#bfe3f5")
    sheet.oval(sheet.between(20, 140), 22, 9, fill="#ffd54f")
    x = 0.0
    while x < sheet.right:
        wide, high = sheet.between(10, 24), sheet.between(25, 75)
        sheet.box(x, 88 - high, wide, high, sheet.tone())
        for a in np.arange(x + 2, x + wide - 3, 4):
            for b in np.arange(91 - high, 84, 6):
                sheet.box(a, b, 2, 3, "#fff3c4")
        x += wide
    sheet.box(0, 88, sheet.right, 12, "#55606b")
    return sheet.done()


def mascot(random):
    sheet = Sheet(random, 1)
    tone = sheet.tone()
    for x, y, a, b in ((50, 62, 26, 30), (30, 22, 9, 12), (70, 22, 9, 12), (50, 34, 24, 20)):
        sheet.oval(x, y, a, b, tone, "#222222", 1)
    for x in (41, 59):
        sheet.oval(x, 32, 5, 6, "#ffffff", "#222222", 0.6)
        sheet.oval(x, 33, 2.2, fill="#222222")
    sheet.oval(50, 44, 4, 3, "#222222")
    return sheet.done()


def halftone(random):
    y, x = np.mgrid[0:420, 0:420]
    a = random.uniform(5, 12)
    dots = np.cos(2 * np.pi * (x + y) / a) + np.cos(2 * np.pi * (x - y) / a)
    first, second = random.integers(0, 256, (2, 3))
    return picture(np.where((dots > np.linspace(-1.8, 1.8, 420)[:, None])[..., None], first, second))


def stained_glass(random):
    y, x = np.mgrid[0:360, 0:360]
    points = random.uniform(0, 360, (40, 2))
    away = np.sort(np.hypot(x[..., None] - points[:, 0], y[..., None] - points[:, 1]), axis=2)
    near = np.argmin(np.hypot(x[..., None] - points[:, 0], y[..., None] - points[:, 1]), axis=2)
    return picture(np.where((away[..., 1] - away[..., 0] < 5)[..., None], 20, random.integers(40, 256, (40, 3))[near]))


def strip(random):
    sheet = Sheet(random, 1.78, ("#ffffff", "#000000", "#ffe08a", "#9bd3f0", "#f6b0b0", "#c5e6a6"))
    for k in range(3):
        x = 3 + 58 * k
        sheet.box(x, 5, 54, 90, sheet.tone(), "#000000", 0.8)
        sheet.oval(x + 27, 24, 22, 13, "#ffffff", "#000000")
        sheet.write(x + 27, 24, sheet.latin(2), 4, None, "mm")
        for side in (15, 39):
            sheet.oval(x + side, 60, 7, fill="#ffe0c0", edge="#000000")
            sheet.path([(x + side, 67), (x + side, 85)], None, 0.8)
    return sheet.done()


def blurred_shapes(random):
    sheet = Sheet(random)
    for _ in range(12):
        sheet.oval(
            sheet.between(0, sheet.right), sheet.between(0, sheet.bottom), sheet.between(8, 40), fill=sheet.tone()
        )
    return sheet.done().filter(ImageFilter.GaussianBlur(random.uniform(10, 40)))


def swatches(random):
    tones = random.integers(0, 256, (int(random.integers(1, 4)), int(random.integers(3, 9)), 3)).astype(np.uint8)
    return Image.fromarray(tones).resize((480, 320), Image.Resampling.NEAREST)


DIAGRAMS = (layers_of_net, sequence, circuit, pyramid, slide)
MAPS = (contour_map, counties, metro, treasure)
ICONS = (plus, bell, play, lock, bars_of_menu, code_of_squares, sprite)
ILLUSTRATIONS = (flat_city, mascot, halftone, stained_glass, strip, blurred_shapes, swatches)
