"""Scans and photographs of text: pages, forms, receipts, letters, with skew, shading, grain and dirt."""

from __future__ import annotations

import math
from functools import wraps
from typing import TYPE_CHECKING

import numpy as np
from PIL import Image, ImageFilter

if TYPE_CHECKING:
    from collections.abc import Callable

    from captioner.training.drawings.pen import Pen


def _scanned(page: Callable[[Pen], None]) -> Callable[[Pen], None]:
    """Draw a page in dark ink on pale paper, then send it through a scanner, a copier or a camera."""

    @wraps(page)
    def drawing(pen: Pen) -> None:
        pen.scale = 1  # letters have smooth edges of their own
        if pen.chance(0.7):
            pen.width, pen.height = sorted((pen.width, pen.height))
        pen.paper = pen.pick(((255, 255, 255), (250, 248, 240), (243, 233, 205), (235, 235, 238), (225, 205, 165)))
        pen.ink = pen.pick(((0, 0, 0), (30, 30, 35), (60, 50, 45), (25, 30, 90)))
        pen.clear(pen.paper)
        page(pen)
        way = pen.pick((_clean, _scanner, _scanner, _copier, _camera, _camera))
        way(pen)

    return drawing


@_scanned
def page(pen: Pen) -> None:
    """A page in one column."""
    pen.text((pen.width / 2, pen.height * 0.07), pen.words(3), 3.4 * pen.unit, anchor="mm")
    margin = pen.width * pen.number(0.06, 0.15)
    box = (margin, pen.height * 0.12, pen.width - margin, pen.height * pen.number(0.5, 0.95))
    pen.paragraph(box, pen.number(1.2, 2.6) * pen.unit, None, 0.05)


@_scanned
def two_columns(pen: Pen) -> None:
    """An article in two columns with a figure."""
    size = pen.number(1, 1.6) * pen.unit
    pen.text((pen.width / 2, pen.height * 0.06), pen.words(5), 2.8 * pen.unit, anchor="mm")
    pen.paragraph((pen.width * 0.07, pen.height * 0.12, pen.width * 0.48, pen.height * 0.95), size, None, 0.05)
    pen.draw.rectangle((pen.width * 0.53, pen.height * 0.12, pen.width * 0.94, pen.height * 0.3), pen.mix(0.2), pen.ink)
    pen.paragraph((pen.width * 0.53, pen.height * 0.34, pen.width * 0.94, pen.height * 0.95), size, None, 0.05)


@_scanned
def letter(pen: Pen) -> None:
    """A letter with an address, a date and a signature."""
    size, left = pen.number(1.4, 2) * pen.unit, pen.width * 0.12
    for line in range(4):
        pen.text((left, pen.height * 0.08 + size * 1.4 * line), pen.words(2), size)
    pen.text((pen.width * 0.88, pen.height * 0.2), "12. 4. 1987", size, anchor="ra")
    pen.paragraph((left, pen.height * 0.28, pen.width * 0.88, pen.height * 0.75), size)
    _scrawl(pen, left, pen.height * 0.85, pen.width * 0.3, 3 * pen.unit)


@_scanned
def form(pen: Pen) -> None:
    """A form with boxes, filled in by hand."""
    rows = pen.whole(6, 16)
    high = pen.height * 0.85 / rows
    pen.text((pen.width * 0.06, pen.height * 0.03), pen.words(4).upper(), 2.4 * pen.unit)
    for row in range(rows):
        y, x = pen.height * 0.1 + high * row, pen.width * 0.05
        while x < pen.width * 0.9:
            right = min(pen.width * 0.95, x + pen.width * pen.number(0.2, 0.7))
            pen.draw.rectangle((x, y, right, y + high), None, pen.ink, pen.scale)
            pen.text((x + pen.unit * 0.5, y + pen.unit * 0.4), pen.word(), 1.1 * pen.unit)
            if pen.chance(0.5):
                _scrawl(pen, x + pen.unit, y + high * 0.65, (right - x) * 0.6, high * 0.2)
            x = right


@_scanned
def receipt(pen: Pen) -> None:
    """A till receipt."""
    pen.face = "DejaVuSansMono.ttf"
    pen.text((pen.width / 2, 4 * pen.unit), pen.word().upper(), 4 * pen.unit, anchor="mm")
    size = min(pen.number(1.8, 3) * pen.unit, pen.width / 22)
    y = 9 * pen.unit
    while y < pen.height * 0.8:
        pen.text((pen.width * 0.08, y), pen.words(2)[:12], size)
        pen.text((pen.width * 0.92, y), f"{pen.number(0, 40):.2f}", size, anchor="ra")
        y += size * 1.5
    pen.text((pen.width * 0.08, y + size), f"TOTAL {pen.number(10, 200):.2f}", size * 1.4)
    for x in np.arange(pen.width * 0.15, pen.width * 0.85, pen.unit * 0.7).tolist():
        pen.draw.rectangle((x, pen.height * 0.92, x + pen.unit * pen.number(0.1, 0.6), pen.height * 0.98), pen.ink)


@_scanned
def invoice(pen: Pen) -> None:
    """An invoice with a table and sums."""
    pen.text((pen.width * 0.07, pen.height * 0.05), pen.word().upper(), 4 * pen.unit, pen.accent)
    top, rows, size = pen.height * 0.25, pen.whole(5, 18), 1.5 * pen.unit
    pen.draw.rectangle((pen.width * 0.06, top, pen.width * 0.94, top + 3 * pen.unit), pen.mix(0.25))
    for row in range(rows):
        y = top + pen.unit * (0.8 + 3 * row)
        for share in (0.08, 0.5, 0.65, 0.8):
            pen.text((pen.width * share, y), pen.words(2) if share < 0.1 else pen.figure(), size)
        pen.draw.line((pen.width * 0.06, y + 2.2 * pen.unit, pen.width * 0.94, y + 2.2 * pen.unit), pen.mix(0.3))


@_scanned
def open_book(pen: Pen) -> None:
    """Two pages with the fold between them."""
    size = pen.number(1, 1.8) * pen.unit
    for start in (0.05, 0.55):
        box = (pen.width * start, pen.height * 0.08, pen.width * (start + 0.4), pen.height * 0.92)
        pen.paragraph(box, size, None, 0.04)
    across = np.abs(np.linspace(-1, 1, pen.width))
    fold = 1 - pen.number(0.2, 0.7) * np.exp(-((across / pen.number(0.05, 0.25)) ** 2))
    pen.show_array(np.asarray(pen.image, np.float32) * fold[None, :, None])


@_scanned
def newspaper(pen: Pen) -> None:
    """Headlines and narrow columns."""
    pen.text((pen.width / 2, 4 * pen.unit), pen.words(2).upper(), 6 * pen.unit, anchor="mm")
    pen.draw.line((0, 8 * pen.unit, pen.width, 8 * pen.unit), pen.ink, pen.line_width())
    columns = pen.whole(3, 7)
    wide = pen.width / columns
    for column in range(columns):
        y = 10 * pen.unit
        while y < pen.height:
            pen.text((wide * (column + 0.06), y), pen.words(2), wide * 0.12)
            end = y + pen.number(15, 50) * pen.unit
            pen.paragraph(
                (wide * (column + 0.06), y + wide * 0.2, wide * (column + 0.95), end), 1.1 * pen.unit, None, 0.02
            )
            y = end + pen.unit


@_scanned
def typewriter(pen: Pen) -> None:
    """Typed letters, each a little off its line."""
    pen.face = "DejaVuSansMono.ttf"
    size = pen.number(1.6, 2.6) * pen.unit
    for y in np.arange(pen.height * 0.08, pen.height * 0.9, size * 1.8).tolist():
        text = pen.words(30)[: int(pen.width * pen.number(0.5, 0.8) / (0.62 * size))]
        for place, sign in enumerate(text):
            at = (pen.width * 0.1 + place * 0.62 * size, y + pen.number(-0.06, 0.06) * size)
            pen.text(at, sign, size, pen.mix(pen.number(0.6, 1)))


@_scanned
def handwriting(pen: Pen) -> None:
    """Lines written by hand, perhaps on ruled paper."""
    step = pen.number(3, 6) * pen.unit
    ruled = pen.chance(0.5)
    for y in np.arange(step * 1.5, pen.height - step, step).tolist():
        if ruled:
            pen.draw.line((0, y + step * 0.2, pen.width, y + step * 0.2), pen.mix(0.3, None, (60, 90, 200)), pen.scale)
        x = pen.width * 0.08
        while x < pen.width * pen.number(0.7, 0.95):
            wide = pen.number(1, 4) * step
            _scrawl(pen, x, y, min(wide, pen.width * 0.95 - x), step * 0.3)
            x += wide + step * 0.5


@_scanned
def table(pen: Pen) -> None:
    """A table of figures between rules."""
    rows, columns = pen.whole(8, 40), pen.whole(3, 9)
    high, wide = pen.height * 0.85 / rows, pen.width * 0.9 / columns
    for row in range(rows + 1):
        y = pen.height * 0.08 + high * row
        if row in (0, 1, rows) or pen.chance(0.3):
            pen.draw.line((pen.width * 0.05, y, pen.width * 0.95, y), pen.ink, pen.scale)
        for column in range(columns if row < rows else 0):
            text = pen.word() if row == 0 or column == 0 else pen.figure()
            pen.text((pen.width * 0.06 + wide * column, y + high * 0.2), text, min(high * 0.55, 2 * pen.unit))


@_scanned
def index_card(pen: Pen) -> None:
    """A card with a heading and a few lines."""
    pen.text((pen.width * 0.06, pen.height * 0.06), pen.words(2), 4 * pen.unit)
    pen.draw.line((0, pen.height * 0.2, pen.width, pen.height * 0.2), (200, 60, 60), pen.line_width(0.4))
    pen.paragraph((pen.width * 0.06, pen.height * 0.24, pen.width * 0.9, pen.height * 0.7), 2.6 * pen.unit)


@_scanned
def stamped(pen: Pen) -> None:
    """A contract with a stamp and signatures."""
    pen.paragraph((pen.width * 0.08, pen.height * 0.1, pen.width * 0.92, pen.height * 0.7), 1.6 * pen.unit)
    at, red = (pen.width * pen.number(0.3, 0.7), pen.height * 0.8), pen.pick(((190, 40, 50), (40, 60, 160)))
    for share in (1.0, 0.75):
        r = 9 * pen.unit * share
        pen.draw.ellipse((at[0] - r, at[1] - r, at[0] + r, at[1] + r), None, red, pen.line_width())
    pen.text(at, pen.word().upper(), 3 * pen.unit, red, "mm")
    _scrawl(pen, pen.width * 0.1, pen.height * 0.88, pen.width * 0.3, 3 * pen.unit)


@_scanned
def large_print(pen: Pen) -> None:
    """A notice of a few large words."""
    words = [pen.word().upper() for _ in range(pen.whole(2, 6))]
    for place, word in enumerate(words):
        size = min(pen.height / (len(words) + 1), pen.width / (0.75 * len(word) + 1))
        pen.text((pen.width / 2, pen.height * (place + 0.7) / (len(words) + 0.4)), word, size, anchor="mm")


@_scanned
def formulas(pen: Pen) -> None:
    """Lines of mathematics between lines of text."""
    size, y = pen.number(1.6, 2.4) * pen.unit, pen.height * 0.06
    while y < pen.height * 0.93:
        if pen.chance(0.5):
            pen.paragraph((pen.width * 0.08, y, pen.width * 0.92, y + size * 4.5), size)
        else:
            signs = " ".join(pen.pick(("x²", "+", "=", "f(x)", "a", "b", "c", "1/2", "<", "n")) for _ in range(9))
            pen.text((pen.width / 2, y + size * 2), signs, size * 1.3, anchor="mm")
        y += size * 5


@_scanned
def close_up(pen: Pen) -> None:
    """A few lines so near that the letters are large."""
    pen.paragraph((-5 * pen.unit, pen.unit, pen.width * 1.3, pen.height * 1.1), pen.number(5, 10) * pen.unit, None, 0)


def _scrawl(pen: Pen, left: float, y: float, wide: float, high: float) -> None:
    """A word by hand: loops along a line."""
    steps = max(12, int(4 * wide / max(high, 1)) * 6)
    turns = np.linspace(0, 2 * math.pi * steps / 12, steps)
    xs = left + wide * np.linspace(0, 1, steps) + high * 0.4 * np.cos(turns)
    ys = y + high * np.sin(turns) * np.interp(
        np.arange(steps), np.arange(0, steps, 6), pen.rng.uniform(0.1, 1.2, len(range(0, steps, 6)))
    )
    pen.draw.line(
        list(zip(xs.tolist(), ys.tolist(), strict=True)),
        pen.mix(0.9, None, (20, 30, 110)),
        pen.line_width(0.3),
        "curve",
    )


def _clean(pen: Pen) -> None:
    """As the printer had it."""


def _scanner(pen: Pen) -> None:
    """A little askew, uneven light, grain, perhaps in greys."""
    turned = pen.image.rotate(
        pen.number(-4, 4), Image.Resampling.BICUBIC, fillcolor=pen.pick((pen.paper, (0, 0, 0), (235, 235, 235)))
    )
    values = np.asarray(turned.filter(ImageFilter.GaussianBlur(pen.number(0, 1.2))), np.float32)
    _lit(pen, values, pen.number(0, 0.15), pen.number(0.5, 7))
    if pen.chance(0.5):
        pen.show(pen.image.convert("L"))


def _copier(pen: Pen) -> None:
    """Black and white only, with specks and dark edges."""
    grey = np.asarray(pen.image.convert("L").rotate(pen.number(-3, 3), fillcolor=255), np.float32)
    noisy = grey + pen.rng.normal(0, pen.number(5, 45), grey.shape)
    bilevel = np.where(noisy > pen.number(110, 190), 255.0, 0.0)
    if pen.chance(0.4):
        bilevel[:, : int(pen.unit * pen.number(0.5, 3))] = 0
    pen.show_array(bilevel)


def _camera(pen: Pen) -> None:
    """A sheet on a desk, seen from a little aside, with a shadow across it."""
    desk = np.array(
        pen.pick(((90, 60, 35), (40, 40, 45), (150, 120, 90), (200, 200, 195), pen.any_colour())), np.float32
    )
    grain = pen.rng.normal(0, pen.number(1, 10), (pen.height, pen.pick((1, pen.width)), 1))
    ground = Image.fromarray(np.clip(desk + grain + np.zeros((1, pen.width, 1)), 0, 255).astype(np.uint8))
    slant = [pen.number(0, 0.12) for _ in range(8)]
    wide, high = pen.width, pen.height
    quad = (-slant[0] * wide, -slant[1] * high, -slant[2] * wide, (1 + slant[3]) * high,
            (1 + slant[4]) * wide, (1 + slant[5]) * high, (1 + slant[6]) * wide, -slant[7] * high)  # fmt: skip
    size, way = (wide, high), Image.Transform.QUAD
    sheet = pen.image.transform(size, way, quad, Image.Resampling.BILINEAR)
    mask = Image.new("L", size, 255).transform(size, way, quad)
    ground.paste(sheet, mask=mask)
    values = np.asarray(ground.filter(ImageFilter.GaussianBlur(pen.number(0.3, 1.5))), np.float32)
    _lit(pen, values, pen.number(0.1, 0.5), pen.number(1, 6))


def _lit(pen: Pen, values: np.ndarray, fall: float, noise: float) -> None:
    """Light that falls off to one side, a soft shadow and grain, the light a little warm or cold."""
    across, down = np.meshgrid(
        np.linspace(0, 1, pen.width, dtype=np.float32), np.linspace(0, 1, pen.height, dtype=np.float32)
    )
    place = across * pen.number(-1, 1) + down * pen.number(-1, 1)
    light = 1 - fall * (place - place.min()) / max(float(np.ptp(place)), 1e-6)
    if pen.chance(0.4):
        light *= 1 - fall * 0.8 / (1 + np.exp(-(place - pen.number(-0.5, 0.5)) * pen.number(5, 60)))
    tint = np.array([1, pen.number(0.94, 1), pen.number(0.8, 1.05)], np.float32)
    grain = noise * pen.rng.standard_normal((*light.shape, 1), np.float32)
    pen.show_array(values * light[..., None] * tint + grain)


DRAWINGS = (
    page,
    two_columns,
    letter,
    form,
    receipt,
    invoice,
    open_book,
    newspaper,
    typewriter,
    handwriting,
    table,
    index_card,
    stamped,
    large_print,
    formulas,
    close_up,
)
