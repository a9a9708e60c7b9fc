"""Pictures with nothing in them."""

import numpy as np
from PIL import Image, ImageFilter

from tests.captioner.drawings.sheet import PALETTES, paint, picture, plane


def size(random):
    return tuple(int(side) for side in random.integers(200, 900, 2))


def web_colour(random):
    return Image.new("RGB", size(random), PALETTES[random.integers(8)][random.integers(7)])


def hsl_colour(random):
    hue, strength, light = random.integers(360), random.integers(101), random.integers(10, 95)
    return Image.new("RGB", size(random), f"hsl({hue}, {strength}%, {light}%)")


def white(random):
    return Image.new("RGB", size(random), "white")


def black(random):
    return Image.new("RGB", size(random), "black")


def lens_cap(random):
    wide, high = size(random)
    return picture(random.exponential(random.uniform(0.5, 4), (high, wide, 3)))


def lamp(random):
    x, y = plane(random)
    light = random.uniform(150, 250) - random.uniform(5, 30) * (x**2 + y**2)
    return picture(light[..., None] * random.uniform(0.9, 1, 3) + random.normal(0, 1, (*x.shape, 3)))


def wall(random):
    wide, high = size(random)
    rough = picture(random.normal(128, 40, (high, wide))).filter(ImageFilter.GaussianBlur(2))
    return Image.blend(Image.new("RGB", rough.size, PALETTES[1][0]), rough, random.uniform(0.05, 0.2))


def empty_scan(random):
    wide, high = size(random)
    sheet = np.full((high, wide), random.uniform(228, 252)) + random.normal(0, random.uniform(0.5, 3), (high, wide))
    sheet[:, : random.integers(1, 12)] -= 60
    sheet[-random.integers(1, 9) :] -= 40
    return picture(sheet)


def overexposed(random):
    wide, high = size(random)
    return picture(random.normal(254, random.uniform(0.5, 5), (high, wide, 3)))


def banded_sky(random):
    wide, high = size(random)
    column = np.round(np.linspace(random.uniform(150, 200), random.uniform(205, 250), high) / 3) * 3
    return picture(np.broadcast_to(column[:, None, None] * random.uniform(0.85, 1, 3), (high, wide, 3)))


def checked(random):
    wide, high = size(random)
    side = int(random.integers(6, 24))
    x, y = np.meshgrid(np.arange(wide) // side, np.arange(high) // side)
    return picture(np.where((x + y) % 2, 255, 204))


def squared(random):
    wide, high = size(random)
    sheet, step = np.full((high, wide, 3), 252.0), int(random.integers(8, 40))
    sheet[::step] = sheet[:, ::step] = (190, 215, 235)
    return picture(sheet)


def loading(random):
    x, y = plane(random)
    ring = np.abs(np.hypot(x, y) - 0.12) - 0.02
    return paint([(np.maximum(ring, x * 0.6 - y), (90, 130, 220))], (random.integers(230, 256),) * 3)


def single_line(random):
    _x, y = plane(random)
    return paint([(np.abs(y - random.uniform(-0.7, 0.7)) - 0.006, (120, 120, 120))], random.integers(0, 256, 3))


MAKERS = (web_colour, hsl_colour, white, black, lens_cap, lamp, wall, empty_scan, overexposed, banded_sky, checked,
          squared, loading, single_line)  # fmt: skip
