"""Line drawings from curves and strokes."""

import numpy as np
from PIL import Image, ImageFilter

from tests.captioner.drawings.sheet import Sheet, picture

INKS = (("#ffffff", "#000000"), ("#fffdf7", "#333333"), ("#f4ecd8", "#4a3b2a"), ("#ffffff", "#24409a"),
        ("#1b4f72", "#f2f8fc"), ("#2b2b2b", "#f5f5f5"), ("#fafafa", "#555555"))  # fmt: skip


def inked(fill):
    def maker(random):
        ground, ink = INKS[random.integers(len(INKS))]
        sheet = Sheet(random, None, (ground, ink, "#cc3333", "#3366aa"))
        fill(sheet, random)
        drawn = sheet.done()
        if random.random() < 0.25:  # pencil on paper
            values = np.asarray(drawn.filter(ImageFilter.GaussianBlur(0.7)), float)
            return picture(values + random.normal(0, random.uniform(1, 6), (*values.shape[:2], 1)))
        return drawn

    return maker


def bend(points, number=80):
    """A smooth curve near some points: corners cut again and again (Chaikin)."""
    points = np.asarray(points, float)
    while len(points) < number:
        a, b = points[:-1], points[1:]
        points = np.stack((a * 0.75 + b * 0.25, a * 0.25 + b * 0.75), 1).reshape(-1, 2)
    return points


@inked
def scribble(sheet, random):
    for _ in range(int(random.integers(1, 7))):
        points = random.uniform((2, 2), (sheet.right - 2, sheet.bottom - 2), (int(random.integers(4, 25)), 2))
        sheet.path(bend(points), None, sheet.between(0.3, 1.2))


@inked
def cat(sheet, random):
    x, y = sheet.right / 2, sheet.bottom / 2
    sheet.oval(x, y + 18, 20, 22, edge=sheet.dark, thick=0.6)
    sheet.oval(x, y - 14, 14, 12, edge=sheet.dark, thick=0.6)
    for side in (-1, 1):
        sheet.path([(x + side * 13, y - 18), (x + side * 12, y - 34), (x + side * 4, y - 25)], None, 0.6)
        sheet.oval(x + side * 5, y - 16, 1.6, 2.2, sheet.dark)
        for k in range(3):
            sheet.path([(x + side * 4, y - 10), (x + side * 22, y - 13 + 4 * k)], None, 0.3)
    sheet.path(bend([(x + 18, y + 30), (x + 34, y + 30), (x + 28, y + 8), (x + 38, y)]), None, 0.8)


@inked
def isometric(sheet, random):
    for _ in range(int(random.integers(3, 14))):
        x, y, s, h = (
            sheet.between(10, sheet.right - 10),
            sheet.between(30, sheet.bottom - 10),
            sheet.between(4, 14),
            sheet.between(4, 30),
        )
        top = [(x, y - h), (x + s, y - h - s / 2), (x, y - h - s), (x - s, y - h - s / 2), (x, y - h)]
        sheet.area(
            [
                (x - s, y - h - s / 2),
                (x, y - h - s),
                (x + s, y - h - s / 2),
                (x + s, y - s / 2),
                (x, y),
                (x - s, y - s / 2),
            ],
            sheet.ground,
        )
        sheet.path(top)
        sheet.path([(x - s, y - h - s / 2), (x - s, y - s / 2), (x, y), (x + s, y - s / 2), (x + s, y - h - s / 2)])
        sheet.path([(x, y), (x, y - h)])


@inked
def blueprint(sheet, random):
    for _ in range(int(random.integers(3, 8))):
        x, y, r = sheet.between(20, sheet.right - 20), sheet.between(20, sheet.bottom - 20), sheet.between(5, 18)
        sheet.oval(x, y, r, edge=sheet.dark, thick=0.4)
        sheet.oval(x, y, r * 0.6, edge=sheet.dark, thick=0.2)
        sheet.path([(x - r - 4, y), (x + r + 4, y)], None, 0.15)
        sheet.path([(x, y - r - 4), (x, y + r + 4)], None, 0.15)
        sheet.write(x + r, y - r, f"R{r:.1f}", 2.6)
    sheet.box(2, 2, sheet.right - 4, sheet.bottom - 4, None, sheet.dark, 0.4)


@inked
def hills(sheet, random):
    x = np.linspace(0, sheet.right, 120)
    for k in range(5):
        y = sheet.bottom * (0.35 + 0.13 * k) + 6 * np.sin(x / sheet.between(8, 30) + sheet.between(0, 6))
        sheet.area(
            np.concatenate((np.stack((x, y), 1), [(sheet.right, sheet.bottom), (0, sheet.bottom)])), sheet.ground
        )
        sheet.path(np.stack((x, y), 1), None, 0.5)
        for at in random.integers(0, 120, 12):
            sheet.path([(x[at], y[at]), (x[at] + 1, y[at] + sheet.between(2, 8))], None, 0.25)


@inked
def rose_curves(sheet, random):
    t = np.linspace(0, 2 * np.pi * 8, 1500)
    for size in random.uniform(15, 48, 3):
        r = size * np.cos(float(random.choice((2, 3, 5, 7))) / float(random.choice((1, 2, 3, 4))) * t)
        sheet.path(np.stack((sheet.right / 2 + r * np.cos(t), sheet.bottom / 2 + r * np.sin(t)), 1), None, 0.25)


@inked
def portrait(sheet, random):
    x, y = sheet.right / 2, sheet.bottom * 0.45
    sheet.path(
        bend(
            [(x - 20, y - 15), (x - 20, y + 10), (x - 8, y + 30), (x + 8, y + 30), (x + 20, y + 10), (x + 20, y - 15)]
        ),
        None,
        0.6,
    )
    for _ in range(60):
        a = sheet.between(-24, 24)
        sheet.path(
            bend([(x + a * 0.2, y - 32), (x + a, y - 28), (x + a * 1.1, y + sheet.between(-22, 10))], 20), None, 0.25
        )
    for side in (-9, 9):
        sheet.path(bend([(x + side - 5, y - 2), (x + side, y - 6), (x + side + 5, y - 2)], 20), None, 0.5)
        sheet.oval(x + side, y - 2.5, 1.8, fill=sheet.dark)
    sheet.path(bend([(x, y), (x - 3, y + 9), (x + 2, y + 10)], 20))
    sheet.path(bend([(x - 7, y + 17), (x, y + 20), (x + 7, y + 17)], 20), None, 0.6)


@inked
def mesh(sheet, random):
    u, v = np.meshgrid(np.linspace(0, 2 * np.pi, 30), np.linspace(0, 2 * np.pi, 16))
    a, b = np.cos(u) * (30 + 12 * np.cos(v)), np.sin(u) * (30 + 12 * np.cos(v))
    tilt = sheet.between(0.3, 1.2)
    points = np.stack((sheet.right / 2 + a, sheet.bottom / 2 + b * np.cos(tilt) + 12 * np.sin(v) * np.sin(tilt)), 2)
    for line in (*points, *points.swapaxes(0, 1)):
        sheet.path(line, None, 0.15)


@inked
def dots_to_join(sheet, random):
    angles = np.linspace(0, 2 * np.pi, int(random.integers(12, 45)))
    r = 35 + 10 * np.sin(angles * int(random.integers(2, 6)))
    for number, (angle, radius) in enumerate(zip(angles, r, strict=True), 1):
        x, y = sheet.right / 2 + radius * np.cos(angle), sheet.bottom / 2 + radius * np.sin(angle)
        sheet.oval(x, y, 0.6, fill=sheet.dark)
        sheet.write(x + 1, y - 1, str(number), 2.6)


@inked
def plant(sheet, random):
    for root in random.uniform(15, sheet.right - 15, 4):
        stem = bend(
            [
                (root, sheet.bottom - 4),
                (root + sheet.between(-8, 8), sheet.bottom * 0.5),
                (root + sheet.between(-14, 14), 14),
            ]
        )
        sheet.path(stem, None, 0.5)
        for x, y in stem[6::7]:
            for side in (-1, 1):
                sheet.path(
                    bend([(x, y), (x + side * 5, y - 7), (x + side * 10, y - 5), (x + side * 6, y), (x, y)], 30),
                    None,
                    0.3,
                )


@inked
def stippled(sheet, random):
    x, y = sheet.right / 2, sheet.bottom / 2
    for _ in range(3500):
        a, r = sheet.between(0, 2 * np.pi), 40 * np.sqrt(random.random())
        dx, dy = r * np.cos(a), r * np.sin(a)
        if random.random() < 0.15 + 0.7 * (dx + dy + 40) / 110:
            sheet.oval(x + dx, y + dy, 0.3, fill=sheet.dark)


def edges_of_noise(random):
    size = [int(side) for side in random.integers(200, 600, 2)]
    soft = Image.frombytes("L", size, random.bytes(size[0] * size[1])).filter(
        ImageFilter.GaussianBlur(random.uniform(6, 14))
    )
    values = np.asarray(soft, float)
    level = (values - values.min()) / np.ptp(values) * random.integers(4, 12)
    gap = np.abs(level - np.round(level)) / (np.hypot(*np.gradient(level)) + 1e-6)
    return picture(255 * np.clip(gap - 0.4, 0, 1))


MAKERS = (scribble, cat, isometric, blueprint, hills, rose_curves, portrait, mesh, dots_to_join, plant, stippled,
          edges_of_noise)  # fmt: skip
