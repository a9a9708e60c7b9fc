"""Noise of many sorts."""

import numpy as np
from PIL import Image, ImageFilter

from tests.captioner.drawings.sheet import picture


def shape(random):
    return tuple(int(side) for side in random.integers(180, 800, 2))


def bytes_(random):
    high, wide = shape(random)
    return Image.frombytes("RGB", (wide, high), random.bytes(3 * wide * high))


def grey_bytes(random):
    high, wide = shape(random)
    return Image.frombytes("L", (wide, high), random.bytes(wide * high))


def effect(random):
    high, wide = shape(random)
    return picture(random.laplace(128, random.uniform(15, 60), (high, wide)))


def speckle(random):
    return picture(random.gamma(random.uniform(1, 4), 40, shape(random)))


def sparse_points(random):
    values = np.zeros((*shape(random), 3))
    values[random.random(values.shape[:2]) < random.uniform(0.002, 0.05)] = 255
    return picture(values)


def dithered(random):
    high, wide = shape(random)
    slope = np.tile(np.linspace(0, 255, wide), (high, 1)) + random.normal(0, 60, (high, wide))
    return picture(slope).convert("1")


def midpoint(random):
    values = random.normal(size=(2, 2))
    for level in range(8):
        twice = np.repeat(np.repeat(values, 2, 0), 2, 1)
        values = (twice + np.roll(twice, 1, 0) + np.roll(twice, 1, 1) + np.roll(twice, (1, 1), (0, 1))) / 4
        values += random.normal(0, random.uniform(0.4, 0.75) ** level, values.shape)
    values = 255 * (values - values.min()) / np.ptp(values)
    return picture(
        np.stack((values, np.roll(values, 40, 0), 255 - values), axis=2) if random.random() < 0.5 else values
    )


def integrated(random):
    rough = random.normal(size=shape(random)).cumsum(axis=0).cumsum(axis=1)
    rough -= rough.mean(axis=0, keepdims=True)
    rough -= rough.mean(axis=1, keepdims=True)
    return picture(128 + 50 * rough / rough.std())


def smoothed(random):
    high, wide = shape(random)
    noise = Image.frombytes("RGB", (wide, high), random.bytes(3 * wide * high))
    soft = np.asarray(noise.filter(ImageFilter.BoxBlur(random.uniform(1, 12))), float)
    return picture(128 + 45 * (soft - soft.mean()) / soft.std())


def television(random):
    high, wide = shape(random)
    values = random.normal(0, 50, (high, wide)) + 90 + 50 * np.sin(np.arange(high) / random.uniform(0.5, 40))[:, None]
    shifts = random.integers(-8, 9, high).cumsum() % wide
    return picture(np.stack([np.roll(row, shift) for row, shift in zip(values, shifts, strict=True)]))


def bad_sensor(random):
    high, wide = shape(random)
    values = random.poisson(random.uniform(1, 6), (high, wide, 3)) * random.uniform(1, 6)
    values[:, random.integers(0, wide, 5)] += random.uniform(10, 90)
    return picture(values + np.linspace(0, random.uniform(0, 20), high)[:, None, None])


def rain(random):
    values = np.full(shape(random), random.uniform(0, 60))
    for _ in range(400):
        y, x = (int(random.integers(side)) for side in values.shape)
        values[y : y + random.integers(4, 40), x] = random.uniform(100, 255)
    return picture(values)


def automaton(random):
    cells = np.zeros((300, 400), int)
    cells[0] = random.integers(0, 2, 400)
    rule = [30, 90, 110, 45, 73][random.integers(5)]
    for row in range(1, 300):
        before = cells[row - 1]
        cells[row] = rule >> (4 * np.roll(before, 1) + 2 * before + np.roll(before, -1)) & 1
    return picture(255 * np.repeat(np.repeat(cells, 2, 0), 2, 1))


def camouflage(random):
    high, wide = shape(random)
    noise = Image.frombytes("L", (wide, high), random.bytes(wide * high)).filter(ImageFilter.GaussianBlur(9))
    values = np.asarray(noise, float)
    level = np.digitize(values, np.quantile(values, (0.3, 0.6, 0.85)))
    return picture(random.integers(0, 256, (4, 3))[level])


MAKERS = (bytes_, grey_bytes, effect, speckle, sparse_points, dithered, midpoint, integrated, smoothed, television,
          bad_sensor, rain, automaton, camouflage)  # fmt: skip
