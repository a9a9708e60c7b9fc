"""A canvas with a theme of colours, a typeface and chance at hand: what all the drawings share."""

from __future__ import annotations

import colorsys
import math
from functools import lru_cache
from typing import TYPE_CHECKING, TypeVar

import numpy as np
from PIL import Image, ImageDraw, ImageFont

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

T = TypeVar("T")
Colour = tuple[int, int, int]
Point = tuple[float, float]
Box = tuple[float, float, float, float]
Font = ImageFont.FreeTypeFont | ImageFont.ImageFont

_FACES = (None, None, "DejaVuSans.ttf", "DejaVuSans-Bold.ttf", "DejaVuSerif.ttf", "DejaVuSansMono.ttf")
_RATIOS = (1.0, 1.0, 1.0, 4 / 3, 4 / 3, 3 / 2, 16 / 9, 16 / 9, 3 / 4, 2 / 3, 9 / 16, 2.2)
_SYLLABLES = [
    "ba",
    "ce",
    "di",
    "fo",
    "gu",
    "han",
    "jel",
    "kim",
    "lo",
    "mur",
    "nas",
    "pe",
    "qui",
    "ros",
    "sta",
    "ten",
    "ul",
    "ver",
    "wo",
    "xi",
    "yan",
    "za",
    "in",
    "er",
    "on",
    "the",
    "re",
    "al",
]
_MOST_SUPERSAMPLED = 500  # pixels along a side: larger canvases are drawn once, for time


class Pen:
    """A canvas, `image` and `draw`, and what a drawing is made with.

    width, height: of the canvas in pixels; twice those of the picture where `scale` is 2, for smooth edges.
    paper, ink, accent, colours: the theme. face: the typeface's file, None for Pillow's own.
    """

    def __init__(self, rng: np.random.Generator) -> None:
        self.rng = rng
        longer = int(np.exp(rng.uniform(np.log(200), np.log(1600))))
        ratio = float(rng.choice(_RATIOS))
        self.scale = 2 if longer <= _MOST_SUPERSAMPLED and self.chance(0.6) else 1
        self.width = max(64, round(longer * min(1.0, ratio))) * self.scale
        self.height = max(64, round(longer * min(1.0, 1 / ratio))) * self.scale
        self.face = self.pick(_FACES)
        self.set_theme(self.chance(0.3))

    def set_theme(self, dark: bool) -> None:
        """Choose colours anew and clear the canvas."""
        self.dark = dark
        hue, spread = self.number(0, 1), self.number(0.05, 0.4)
        strength, value = self.number(0.2, 1), self.number(0.5, 1)
        self.colours = [
            _rgb(hue + spread * place, strength * self.number(0.7, 1), value * self.number(0.75, 1))
            for place in range(self.whole(4, 9))
        ]
        self.accent = self.colours[0]
        pale = self.number(0.9, 1) if self.chance(0.4) else 1.0
        self.paper = _rgb(hue, self.number(0, 0.12) if pale < 1 else 0, pale)
        self.ink = _rgb(hue, self.number(0, 0.5), self.number(0, 0.3))
        if dark:
            self.paper, self.ink = _rgb(hue, self.number(0, 0.6), self.number(0, 0.25)), self.paper
        self.clear(self.paper)

    def clear(self, colour: Colour) -> None:
        """Begin again on a canvas of one colour."""
        self.show(Image.new("RGB", (self.width, self.height), colour))

    def show(self, image: Image.Image) -> None:
        """Make a picture the canvas."""
        self.image = image.convert("RGB")
        self.width, self.height = self.image.size
        self.draw = ImageDraw.Draw(self.image)

    def show_array(self, values: NDArray[np.floating]) -> None:
        """Make an array the canvas: from 0 to 255, shape (h, w) or (h, w, 3), stretched to the canvas's size."""
        pixels = Image.fromarray(np.clip(np.rint(values), 0, 255).astype(np.uint8))
        if pixels.size != (self.width, self.height):
            pixels = pixels.resize((self.width, self.height), Image.Resampling.BICUBIC)
        self.show(pixels)

    @property
    def unit(self) -> float:
        """A hundredth of the canvas's longer side."""
        return max(self.width, self.height) / 100

    @property
    def shorter(self) -> int:
        """The canvas's shorter side."""
        return min(self.width, self.height)

    @property
    def middle(self) -> Point:
        """The canvas's middle."""
        return self.width / 2, self.height / 2

    def chance(self, share: float) -> bool:
        """Whether something happens that does so in this share of all cases."""
        return bool(self.rng.random() < share)

    def number(self, low: float, high: float) -> float:
        """Any number between two."""
        return float(self.rng.uniform(low, high))

    def whole(self, low: int, high: int) -> int:
        """A whole number from `low` up to but not including `high`."""
        return int(self.rng.integers(low, high))

    def pick(self, things: Sequence[T]) -> T:
        """One of several things."""
        return things[int(self.rng.integers(len(things)))]

    def colour(self) -> Colour:
        """One of the theme's colours."""
        return self.pick(self.colours)

    def any_colour(self) -> Colour:
        """Any colour at all."""
        red, green, blue = (self.whole(0, 256) for _ in range(3))
        return red, green, blue

    def mix(self, share: float, first: Colour | None = None, second: Colour | None = None) -> Colour:
        """A colour between two: the paper at 0 and the ink at 1 unless others are given."""
        first, second = first or self.paper, second or self.ink
        red, green, blue = (round(a + (b - a) * share) for a, b in zip(first, second, strict=True))
        return red, green, blue

    def line_width(self, most: float = 0.6) -> int:
        """A stroke's width in pixels, at most so many hundredths of the longer side."""
        return max(self.scale, round(self.number(0.15, most) * self.unit))

    def word(self) -> str:
        """A word of no language."""
        return "".join(self.pick(_SYLLABLES) for _ in range(self.whole(1, 4)))

    def words(self, number: int) -> str:
        """Some words, the first with a capital."""
        return " ".join(self.word() for _ in range(max(1, number))).capitalize()

    def figure(self) -> str:
        """A number as people write it."""
        return self.pick((f"{self.whole(0, 1000)}", f"{self.number(0, 100):.1f}", f"{self.whole(1, 90)} %", "12:30"))

    def font(self, size: float) -> Font:
        """The typeface at a size in pixels."""
        return _font(self.face, max(6, round(size)))

    def text(self, at: Point, text: str, size: float, colour: Colour | None = None, anchor: str = "la") -> None:
        """Write a line of text."""
        self.draw.text(at, text, fill=colour or self.ink, font=self.font(size), anchor=anchor)

    def paragraph(self, box: Box, size: float, colour: Colour | None = None, ragged: float = 0.15) -> None:
        """Fill a box with lines of text from its top."""
        left, top, right, bottom = box
        letters = (right - left) / (0.5 * size)
        y = top
        while y + size < bottom:
            text = self.words(round(letters / 4))[: max(1, round(letters * (1 - self.number(0, ragged))))]
            self.text((left, y), text, size, colour)
            y += size * 1.45

    def round_box(self, box: Box, radius: float, fill: Colour | None = None, outline: Colour | None = None) -> None:
        """A box with round corners; nothing where it would have no area."""
        left, top, right, bottom = box
        if right - left >= 2 and bottom - top >= 2:
            radius = min(radius, (right - left) / 2 - 1, (bottom - top) / 2 - 1)
            self.draw.rounded_rectangle(box, max(0, radius), fill, outline, max(1, self.scale))

    def disc(self, centre: Point, radius: float, fill: Colour | None = None, outline: Colour | None = None) -> None:
        """A disc or a ring."""
        x, y = centre
        radius = max(0.5, radius)
        self.draw.ellipse((x - radius, y - radius, x + radius, y + radius), fill, outline, max(1, self.line_width(0.4)))

    def polygon_points(self, centre: Point, radius: float, corners: int, inner: float = 1.0) -> list[Point]:
        """The corners of a regular polygon, or of a star where `inner`, the share that every second has, is below 1."""
        turn = self.number(0, 2 * math.pi)
        radii = [radius * (inner if inner < 1 and place % 2 else 1) for place in range(corners)]
        return [
            (
                centre[0] + r * math.cos(turn + 2 * math.pi * place / corners),
                centre[1] + r * math.sin(turn + 2 * math.pi * place / corners),
            )
            for place, r in enumerate(radii)
        ]

    def blob(self, centre: Point, radius: float, wild: float = 0.25, points: int = 90) -> list[Point]:
        """A closed, wavy outline around a point."""
        angles = np.linspace(0, 2 * np.pi, points, endpoint=False)
        radii = np.full(points, float(radius))
        for wave in range(2, 6):
            radii += radius * wild / wave * 2 * self.number(-1, 1) * np.cos(wave * angles + self.number(0, 6))
        xs, ys = centre[0] + radii * np.cos(angles), centre[1] + radii * np.sin(angles)
        return list(zip(xs.tolist(), ys.tolist(), strict=True))

    def walk(self, steps: int, low: float, high: float) -> list[float]:
        """A random walk, scaled to lie between two numbers."""
        places = np.cumsum(self.rng.normal(size=steps))
        places = (places - places.min()) / max(float(np.ptp(places)), 1e-6)
        return [float(place) for place in low + places * (high - low)]


def _rgb(hue: float, saturation: float, value: float) -> Colour:
    red, green, blue = (round(255 * part) for part in colorsys.hsv_to_rgb(hue % 1, saturation, value))
    return red, green, blue


@lru_cache(maxsize=512)
def _font(face: str | None, size: int) -> Font:
    if face:
        try:
            return ImageFont.truetype(face, size)
        except OSError:  # not every machine has it
            pass
    return ImageFont.load_default(size)
