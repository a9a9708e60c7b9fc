"""Statistics of a picture's pixels that tell photographs from pictures that were drawn, typeset or computed.

A photograph has many colours, few flat places, noise, soft edges in all directions, and a spectrum that falls with
frequency f about as 1/f (Field, JOSA A 4, 1987). Screenshots, charts and drawings differ in one or more of these; so
do blank pictures and noise. The choice follows Athitsos, Swain and Frankel (CAIVL 1997) and Lienhart and Hartmann
(J. Electronic Imaging 11, 2002). All is measured on a small copy, so that a picture's size tells nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from PIL import Image

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    Floats = NDArray[np.float32]

_SIDE = 192  # pixels along the longer side of the copy
_LEAST = 8  # a smaller side is repeated to this length, so that every neighbourhood exists
_BLOCK = 8
_SMALL = 1e-6

STATISTICS: tuple[str, ...] = (
    "commonest_colour",
    "commonest_8_colours",
    "distinct_colours",
    "commonest_coarse_colour",
    "commonest_4_coarse_colours",
    "commonest_16_coarse_colours",
    "coarse_colour_entropy",
    "coarse_colours",
    "flat",
    "nearly_flat",
    "rather_flat",
    "long_rows",
    "long_columns",
    "longest_rows",
    "longest_columns",
    "difference_entropy",
    "linear",
    "grey_entropy",
    "grey_mean",
    "grey_deviation",
    "grey_skewness",
    "near_grey_mode",
    "near_two_greys",
    "black",
    "white",
    "empty_grey_levels",
    "saturation_mean",
    "saturation_deviation",
    "unsaturated",
    "vivid",
    "commonest_hue",
    "hue_entropy",
    "gradient_mean",
    "gradient_median",
    "gradient_kurtosis",
    "weak_gradients",
    "strong_gradients",
    "strong_to_weak",
    "upright_edges",
    "direction_entropy",
    "edge_rows",
    "edge_columns",
    "noise",
    "noise_of_quiet_blocks",
    "quiet_blocks",
    "middling_blocks",
    "block_deviation_low",
    "block_deviation_median",
    "block_deviation_high",
    "block_deviation_spread",
    "correlation_1",
    "correlation_2",
    "correlation_4",
    "correlation_16",
    "residual_correlation",
    "residual_correlation_across",
    "residual_kurtosis",
    "red_green",
    "green_blue",
    "gradient_red_green",
    "gradient_green_blue",
    "spectrum_slope",
    "spectrum_misfit",
    "spectrum_high",
    "spectrum_low",
    "spectrum_axes",
    "spectrum_peak",
    "half_flat",
    "half_gradient_kurtosis",
    "half_correlation",
    "half_gradient_ratio",
    "border_deviation",
    "border_to_inside",
    "border_commonest",
    "texture_of_bright",
    "texture_of_dark",
)


def measure(image: Image.Image) -> Floats:
    """The statistics of an RGB picture, float32 of shape (S,) in the order of STATISTICS; each of them is finite."""
    pixels = small_copy(image)
    grey = grey_of(pixels)
    with np.errstate(all="ignore"):
        values = [
            *_colours(pixels.astype(np.int32)),
            *_runs(pixels),
            *_greys(grey),
            *_saturations(pixels),
            *_gradients(grey),
            *_noise(grey),
            *_correlations(grey, pixels),
            *_spectrum(grey),
            *_half_size(grey),
            *_border(grey),
            *_textures(grey),
        ]
    found = np.array(values, np.float32)
    return np.nan_to_num(found, nan=0.0, posinf=0.0, neginf=0.0)


def small_copy(image: Image.Image) -> Floats:
    """RGB from 0 to 255, float32 (3, h, w), by means over areas: flat places stay flat and white noise stays white."""
    picture = image if image.mode == "RGB" else image.convert("RGB")
    longer = max(picture.size)
    if longer > _SIDE:
        width, height = (max(1, round(side * _SIDE / longer)) for side in picture.size)
        picture = picture.resize((width, height), Image.Resampling.BOX, reducing_gap=1.0)
    pixels = np.array(np.asarray(picture).transpose(2, 0, 1), np.float32, order="C")
    missing = [max(0, _LEAST - side) for side in pixels.shape[1:]]
    return np.pad(pixels, ((0, 0), (0, missing[0]), (0, missing[1])), "wrap") if any(missing) else pixels


def grey_of(pixels: Floats) -> Floats:
    """The brightness of RGB (3, h, w), float32 (h, w)."""
    return np.float32(0.299) * pixels[0] + np.float32(0.587) * pixels[1] + np.float32(0.114) * pixels[2]


def steps_of(grey: Floats) -> Floats:
    """How far each pixel is from its neighbours to the right and below, float32 (h - 1, w - 1)."""
    return np.hypot(np.diff(grey, axis=1)[:-1], np.diff(grey, axis=0)[:, :-1])


def correlation_at(grey: Floats, lag: int) -> float:
    """How alike pixels are that lie so many pixels apart, across and down."""
    far = min(lag, min(grey.shape) - 2)
    return (_correlation(grey[:, far:], grey[:, :-far]) + _correlation(grey[far:], grey[:-far])) / 2


def _colours(pixels: NDArray[np.int32]) -> Iterator[float]:
    red, green, blue = pixels
    size = red.size
    exact = np.sort((red << 16 | green << 8 | blue).ravel())
    starts = np.flatnonzero(np.concatenate(([True], exact[1:] != exact[:-1])))
    counts = _largest(np.diff(np.append(starts, size)), 8)
    yield float(counts[0]) / size
    yield float(counts.sum()) / size
    yield len(starts) / size

    coarse = np.bincount(((red >> 4) << 8 | (green >> 4) << 4 | blue >> 4).ravel(), minlength=4096)
    counts = _largest(coarse, 16)
    yield float(counts[0]) / size
    yield float(counts[:4].sum()) / size
    yield float(counts.sum()) / size
    yield _entropy(coarse)
    yield float(np.log1p(np.count_nonzero(coarse)))


def _runs(pixels: Floats) -> Iterator[float]:
    """How much of the picture is even: next to its neighbours, and along rows and columns."""
    across = np.abs(np.diff(pixels, axis=2)).max(axis=0)
    down = np.abs(np.diff(pixels, axis=1)).max(axis=0)
    steps = np.maximum(across[:-1], down[:, :-1])
    for limit in (0, 2, 6):
        yield float((steps <= limit).mean())
    yield _share_in_runs(across <= 3, 16)
    yield _share_in_runs(down.T <= 3, 16)
    yield _share_in_runs(across <= 3, 64)
    yield _share_in_runs(down.T <= 3, 64)
    yield _entropy(np.bincount(np.minimum(steps, 255).astype(np.int64).ravel(), minlength=256))
    bend = np.abs(np.diff(pixels[1], n=2, axis=1))
    yield float((bend <= 1).mean())


def _greys(grey: Floats) -> Iterator[float]:
    counts = np.bincount(np.rint(grey).astype(np.int64).ravel(), minlength=256)[:256]
    size = grey.size
    mean, deviation = float(grey.mean()), float(grey.std())
    centred = grey - mean
    near = np.convolve(counts, np.ones(17), "same")
    mode = int(near.argmax())
    others = near.copy()
    others[max(0, mode - 16) : mode + 17] = 0
    low, high = np.flatnonzero(counts)[[0, -1]]
    yield _entropy(counts)
    yield mean / 255
    yield deviation / 128
    yield float(np.tanh((centred * centred * centred).mean() / max(deviation, 1.0) ** 3 / 3))
    yield float(near[mode]) / size
    yield float(near[mode] + others.max()) / size
    yield float(counts[:8].sum()) / size
    yield float(counts[248:].sum()) / size
    yield float((counts[low : high + 1] == 0).mean())


def _saturations(pixels: Floats) -> Iterator[float]:
    largest = pixels.max(axis=0)
    range_ = largest - pixels.min(axis=0)
    saturation = range_ / np.maximum(largest, 1)
    yield float(saturation.mean())
    yield float(saturation.std())
    yield float((range_ <= 4).mean())
    yield float(((saturation > 0.75) & (largest > 96)).mean())

    some = (slice(None, None, 2), slice(None, None, 2))  # an arc tangent takes long
    red, green, blue = (channel[some][range_[some] > 24] for channel in pixels)
    alpha, beta = 2 * red - green - blue, 1.732 * (green - blue)
    hues = np.bincount(((np.arctan2(beta, alpha) / np.pi + 1) * 11.999).astype(np.int64), minlength=24)
    yield float(hues.max()) / max(1, int(hues.sum()))
    yield _entropy(hues)


def _gradients(grey: Floats) -> Iterator[float]:
    across = np.abs(np.diff(grey, axis=1)[:-1])
    down = np.abs(np.diff(grey, axis=0)[:, :-1])
    size = np.hypot(across, down)
    weak = float(((size > 2) & (size <= 16)).mean())
    strong_at = size > 48
    strong = float(strong_at.mean())
    yield float(np.log1p(size.mean()))
    yield float(np.log1p(np.median(size)))
    yield _log_kurtosis(np.diff(grey, axis=1))
    yield weak
    yield strong
    yield float(np.log((strong + 1e-3) / (weak + 1e-3)))

    at = size > 12
    directions = np.arctan2(down[at], across[at]) / (np.pi / 2)
    counts = np.bincount((directions * 8.999).astype(np.int64), minlength=9)
    yield float(counts[[0, 8]].sum()) / max(1, int(counts.sum()))
    yield _entropy(counts)
    yield float((across > 12).mean(axis=0).max())
    yield float((down > 12).mean(axis=1).max())


def _noise(grey: Floats) -> Iterator[float]:
    deviations = _blocks(grey).std(axis=1)
    # Immerkaer, "Fast noise variance estimation" (CVIU 64, 1996): a mask that edges and slopes leave at zero
    bent = np.diff(np.diff(grey, n=2, axis=0), n=2, axis=1)
    of_blocks = np.abs(_blocks(bent)).mean(axis=1)
    yield float(np.log1p(np.median(np.abs(bent))))
    yield float(np.log1p(np.quantile(of_blocks, 0.1)))
    yield float((deviations < 1).mean())
    yield float(((deviations > 2) & (deviations < 24)).mean())
    low, median, high = np.log1p(np.quantile(deviations, (0.1, 0.5, 0.9)))
    yield from (float(low), float(median), float(high), float(np.log1p(deviations).std()))


def _correlations(grey: Floats, pixels: Floats) -> Iterator[float]:
    for lag in (1, 2, 4, 16):
        yield correlation_at(grey, lag)
    around = grey[:-2, 1:-1] + grey[2:, 1:-1] + grey[1:-1, :-2] + grey[1:-1, 2:]
    residual = grey[1:-1, 1:-1] - around * np.float32(0.25)
    yield (_correlation(residual[:, 1:], residual[:, :-1]) + _correlation(residual[1:], residual[:-1])) / 2
    yield _correlation(residual[1:, 1:], residual[:-1, :-1])
    yield _log_kurtosis(residual)
    red, green, blue = pixels
    yield _correlation(red, green)
    yield _correlation(green, blue)
    red, green, blue = (np.diff(channel, axis=1) for channel in (red, green, blue))
    yield _correlation(red, green)
    yield _correlation(green, blue)


def _spectrum(grey: Floats) -> Iterator[float]:
    """How power falls with frequency, over rings that are each an eighth of the way to the highest frequency."""
    height, width = grey.shape
    window = np.outer(np.hanning(height + 2)[1:-1], np.hanning(width + 2)[1:-1]).astype(np.float32)
    power = np.abs(np.fft.rfft2((grey - grey.mean()) * window)) ** 2
    down, across = np.abs(np.fft.fftfreq(height))[:, None], np.fft.rfftfreq(width)[None]
    frequency = np.hypot(down, across)
    rings = np.minimum((frequency * 32).astype(np.int64), 15)
    sums = np.bincount(rings.ravel(), power.ravel(), 16)
    levels = np.log((sums / np.maximum(np.bincount(rings.ravel(), minlength=16), 1))[1:] + 1.0)
    places = np.log(np.arange(1, 16) + 0.5)
    slope, start = np.polyfit(places, levels, 1)
    total = float(sums.sum()) + 1.0
    yield float(slope)
    yield float(np.abs(levels - slope * places - start).mean())
    yield float(sums[8:].sum()) / total
    yield float(sums[0]) / total
    yield float(power[(down < 0.02) ^ (across < 0.02)].sum()) / total
    outer = power[rings >= 4]
    yield float(np.log1p(outer.max(initial=0) / (outer.mean() + 1.0)))


def _half_size(grey: Floats) -> Iterator[float]:
    """Some of it again at half the size: noise fades there, edges and shapes remain."""
    height, width = grey.shape[0] // 2, grey.shape[1] // 2
    half = grey[: 2 * height, : 2 * width].reshape(height, 2, width, 2).mean(axis=(1, 3))
    across, before = np.diff(half, axis=1), np.diff(grey, axis=1)
    yield float((np.abs(across) <= 1).mean())
    yield _log_kurtosis(across)
    yield _correlation(half[:, 1:], half[:, :-1])
    yield float(np.log((np.abs(across).mean() + 0.1) / (np.abs(before).mean() + 0.1)))


def _border(grey: Floats) -> Iterator[float]:
    edge = np.concatenate((grey[:3].ravel(), grey[-3:].ravel(), grey[:, :3].ravel(), grey[:, -3:].ravel()))
    yield float(np.log1p(edge.std()))
    yield float(np.log((edge.std() + 1) / (grey.std() + 1)))
    counts = np.bincount((edge / 8).astype(np.int64), minlength=32)
    yield float(counts.max()) / edge.size


def _textures(grey: Floats) -> Iterator[float]:
    """How lively the brightest and the darkest fifth of the blocks are: paper and dark themes are not."""
    blocks = _blocks(grey)
    means, deviations = blocks.mean(axis=1), np.log1p(blocks.std(axis=1))
    yield float(np.median(deviations[means >= np.quantile(means, 0.8)]))
    yield float(np.median(deviations[means <= np.quantile(means, 0.2)]))


def _blocks(grey: Floats) -> Floats:
    """The picture as squares of 8 x 8, float32 (N, 64); all of it as one where it is smaller."""
    rows, columns = grey.shape[0] // _BLOCK, grey.shape[1] // _BLOCK
    if not rows or not columns:
        return grey.reshape(1, -1)
    cut = grey[: rows * _BLOCK, : columns * _BLOCK].reshape(rows, _BLOCK, columns, _BLOCK)
    return cut.swapaxes(1, 2).reshape(rows * columns, _BLOCK * _BLOCK)


def _share_in_runs(even: NDArray[np.bool_], least: int) -> float:
    """The share of the steps along rows, bool (h, w - 1), that are in runs of at least `least` even steps."""
    ends = np.pad(even, ((0, 0), (1, 1))).ravel()
    changes = np.flatnonzero(ends[1:] != ends[:-1])
    lengths = changes[1::2] - changes[::2]
    return float(lengths[lengths >= min(least, even.shape[1])].sum()) / even.size


def _largest(counts: NDArray[np.int64], number: int) -> NDArray[np.int64]:
    if len(counts) > number:
        counts = np.partition(counts, len(counts) - number)[-number:]
    return np.sort(counts)[::-1]


def _entropy(counts: NDArray[np.int64]) -> float:
    """In bits."""
    shares = counts[counts > 0] / max(1, int(counts.sum()))
    return float(-(shares * np.log2(shares)).sum())


def _log_kurtosis(values: Floats) -> float:
    squares = np.square(values - values.mean())
    variance = float(squares.mean())
    return float(np.log(np.square(squares).mean() / variance**2)) if variance > _SMALL else 0.0


def _correlation(first: Floats, second: Floats) -> float:
    first, second = first - first.mean(), second - second.mean()
    norm = float(np.sqrt(np.square(first).mean() * np.square(second).mean()))
    return float((first * second).mean()) / norm if norm > _SMALL else 1.0
