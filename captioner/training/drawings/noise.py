"""Pictures of chance alone: static, interference, plasma, the dark frame of a sensor."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from PIL import Image, ImageFilter

if TYPE_CHECKING:
    from captioner.training.drawings.pen import Pen


def uniform_colour(pen: Pen) -> None:
    """Any colour at any pixel."""
    pen.show_array(pen.rng.uniform(0, 256, _shape(pen, 3)))


def uniform_grey(pen: Pen) -> None:
    """Any grey at any pixel."""
    pen.show_array(pen.rng.uniform(0, 256, _shape(pen)))


def gaussian(pen: Pen) -> None:
    """Normal noise about some colour."""
    pen.show_array(np.array(pen.any_colour()) + pen.rng.normal(0, pen.number(12, 90), _shape(pen, 3)))


def gaussian_grey(pen: Pen) -> None:
    """Normal noise about some grey."""
    pen.show_array(pen.number(30, 220) + pen.rng.normal(0, pen.number(12, 90), _shape(pen)))


def black_and_white(pen: Pen) -> None:
    """Each pixel black or white."""
    pen.show_array(255.0 * (pen.rng.random(_shape(pen)) < pen.number(0.2, 0.8)))


def salt_and_pepper(pen: Pen) -> None:
    """A colour with white and black specks."""
    values = np.array(np.broadcast_to(np.array(pen.any_colour(), float), _shape(pen, 3)))
    chance, share = pen.rng.random(_shape(pen)), pen.number(0.01, 0.3)
    values[chance < share] = 0
    values[chance > 1 - share] = 255
    pen.show_array(values)


def coarse_grain(pen: Pen) -> None:
    """Squares of chance larger than a pixel."""
    cells = pen.whole(12, 120)
    values = pen.rng.uniform(0, 256, (max(2, cells * pen.height // pen.width), cells, pen.pick((1, 3)))).squeeze()
    small = Image.fromarray(values.astype(np.uint8))
    way = pen.pick((Image.Resampling.NEAREST, Image.Resampling.BILINEAR, Image.Resampling.BICUBIC))
    pen.show(small.resize((pen.width, pen.height), way))


def power_law(pen: Pen) -> None:
    """Grey noise whose power falls with frequency, from blue by pink to brown."""
    pen.show_array(_coloured(pen, pen.number(-0.6, 2.2)))


def power_law_colour(pen: Pen) -> None:
    """The same in each colour by itself."""
    power = pen.number(0.3, 2)
    pen.show_array(np.stack([_coloured(pen, power) for _ in range(3)], axis=2))


def plasma(pen: Pen) -> None:
    """Clouds in the colours of a palette."""
    levels = _coloured(pen, pen.number(1, 1.9)) / 255
    turns = pen.number(0.5, 4)
    shifts = np.array([pen.number(0, 1) for _ in range(3)])
    pen.show_array(127.5 + 127.5 * np.cos(2 * np.pi * (turns * levels[..., None] + shifts)))


def octaves(pen: Pen) -> None:
    """Value noise in several octaves, as games use it for clouds and marble."""
    total = np.zeros(_shape(pen))
    fade = pen.number(0.4, 0.75)
    cells = pen.whole(2, 8)
    for octave in range(pen.whole(3, 7)):
        coarse = pen.rng.random((cells * 2**octave,) * 2).astype(np.float32)
        fine = Image.fromarray(coarse).resize((pen.width, pen.height), Image.Resampling.BICUBIC)
        total += fade**octave * np.asarray(fine)
    total = np.abs(total - total.mean()) if pen.chance(0.3) else total
    total = (total - total.min()) / np.ptp(total)
    first, last = np.array(pen.any_colour()), np.array(pen.any_colour())
    pen.show_array(first + (last - first) * total[..., None])


def television(pen: Pen) -> None:
    """Static in lines, with a bar that rolls."""
    lines = pen.whole(80, 260)
    values = pen.rng.normal(110, pen.number(30, 80), (lines, pen.whole(100, 400)))
    values += pen.rng.normal(0, pen.number(0, 40), (lines, 1))
    bar = np.abs(np.arange(lines) / lines - pen.number(0, 1)) < pen.number(0, 0.15)
    values[bar] += pen.number(-80, 80)
    values[:: pen.whole(2, 4)] *= pen.number(0.4, 1)
    pen.show_array(values)


def colour_bars(pen: Pen) -> None:
    """A test picture of a broadcaster, with static over it."""
    bars = np.array([(c & 1, c >> 1 & 1, c >> 2 & 1) for c in (7, 3, 6, 2, 5, 1, 4)], float) * pen.number(150, 255)
    values = np.repeat(np.repeat(bars[None], 200, axis=0), 40, axis=1)
    pen.show_array(values + pen.rng.normal(0, pen.number(0, 60), values.shape))


def dark_frame(pen: Pen) -> None:
    """A sensor in the dark: faint noise, columns that differ, hot pixels."""
    values = pen.number(2, 25) + pen.rng.normal(0, pen.number(2, 12), _shape(pen, 3))
    values += pen.rng.normal(0, pen.number(0, 4), (1, pen.width, 1))
    values[pen.rng.random(_shape(pen)) < pen.number(0, 0.004)] = pen.number(120, 255)
    pen.show_array(values)


def blurred(pen: Pen) -> None:
    """Noise out of focus."""
    small = Image.fromarray(pen.rng.uniform(0, 256, (256, 256, 3)).astype(np.uint8))
    soft = np.asarray(small.filter(ImageFilter.GaussianBlur(pen.number(0.7, 8))), np.float32)
    soft = 128 + (soft - soft.mean()) / max(float(soft.std()), 0.5) * pen.number(15, 60)
    pen.show_array(soft)


def streaks(pen: Pen) -> None:
    """Noise drawn out to one side, as brushed metal."""
    if pen.chance(0.5):
        values = pen.rng.normal(128, 60, (pen.height, pen.whole(1, 12)))
    else:
        values = pen.rng.normal(128, 60, (pen.whole(1, 12), pen.width))
    pen.show_array(values)


def cells(pen: Pen) -> None:
    """Distance to the nearest of some points."""
    points = pen.rng.random((pen.whole(8, 60), 2))
    down, across = np.mgrid[0:1:120j, 0:1:120j]
    away = np.sort(np.hypot(down[..., None] - points[:, 0], across[..., None] - points[:, 1]), axis=2)
    values = away[..., 1] - away[..., 0] if pen.chance(0.4) else away[..., 0]
    values = values / values.max()
    first, last = np.array(pen.any_colour()), np.array(pen.any_colour())
    pen.show_array(first + (last - first) * values[..., None])


def waves(pen: Pen) -> None:
    """Sine waves that interfere."""
    down, across = np.mgrid[0 : 1 : pen.height * 1j, 0 : 1 : pen.width * 1j]
    total = np.zeros(_shape(pen, 3))
    for _ in range(pen.whole(1, 5)):
        phase = pen.number(5, 200) * (across * pen.number(-1, 1) + down * pen.number(-1, 1))
        if pen.chance(0.4):
            phase = pen.number(10, 300) * np.hypot(across - pen.number(0, 1), down - pen.number(0, 1))
        total += np.sin(phase)[..., None] * pen.rng.uniform(0.2, 1, 3)
    pen.show_array(128 + 110 * total / np.abs(total).max())


def glitch(pen: Pen) -> None:
    """Broken data: bands of squares and shifted rows."""
    values = np.repeat(pen.rng.uniform(0, 256, (48, 24, 3)), 3, axis=1)
    for row in range(48):
        values[row] = np.roll(values[row - 1] if pen.chance(0.7) else values[row], pen.whole(-6, 7), axis=0)
    small = Image.fromarray(values.astype(np.uint8))
    pen.show(small.resize((pen.width, pen.height), Image.Resampling.NEAREST))


def few_photons(pen: Pen) -> None:
    """Shot noise over a smooth slope."""
    level = np.linspace(pen.number(0.05, 2), pen.number(2, 12), pen.width)
    pen.show_array(pen.rng.poisson(np.broadcast_to(level, _shape(pen))) * pen.number(12, 30))


def _shape(pen: Pen, *channels: int) -> tuple[int, ...]:
    return (pen.height, pen.width, *channels)


def _coloured(pen: Pen, power: float) -> np.ndarray:
    """Noise of amplitude 1 / f^power from 0 to 255, at most 512 pixels a side; it is stretched afterwards."""
    height, width = (min(512, side) for side in (pen.height, pen.width))
    frequency = np.hypot(np.fft.fftfreq(height)[:, None], np.fft.rfftfreq(width)[None])
    frequency[0, 0] = 1 / max(height, width)
    spectrum = np.fft.rfft2(pen.rng.normal(size=(height, width))) / frequency**power
    values = np.fft.irfft2(spectrum, (height, width))
    return 128 + 48 * (values - values.mean()) / values.std()


DRAWINGS = (
    uniform_colour,
    uniform_grey,
    gaussian,
    gaussian_grey,
    black_and_white,
    salt_and_pepper,
    coarse_grain,
    power_law,
    power_law_colour,
    plasma,
    octaves,
    television,
    colour_bars,
    dark_frame,
    blurred,
    streaks,
    cells,
    waves,
    glitch,
    few_photons,
)
