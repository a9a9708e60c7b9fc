"""Charts of the usual sorts, with axes, grids, titles and legends, most of them drawn by hand."""

from __future__ import annotations

import io
import math
from typing import TYPE_CHECKING, Any

import numpy as np
from PIL import Image

if TYPE_CHECKING:
    from captioner.training.drawings.pen import Box, Pen


def bars(pen: Pen) -> None:
    """Bars, one for each word."""
    left, top, right, bottom = _axes(pen)
    number = pen.whole(3, 16)
    step, colour = (right - left) / number, pen.colour() if pen.chance(0.5) else None
    for place, height in enumerate(pen.rng.uniform(0.05, 0.98, number).tolist()):
        x, width = left + step * (place + 0.1), step * pen.number(0.79, 0.8)
        pen.draw.rectangle((x, bottom - height * (bottom - top), x + width, bottom), colour or pen.colour())
        if number < 9:
            pen.text((x + width / 2, bottom + pen.unit), pen.word(), 2.2 * pen.unit, anchor="ma")


def grouped_bars(pen: Pen) -> None:
    """Groups of bars beside each other."""
    left, top, right, bottom = _axes(pen)
    groups, each = pen.whole(3, 8), pen.whole(2, 5)
    width = (right - left) / groups / (each + 1)
    for group in range(groups):
        for place in range(each):
            x = left + width * (group * (each + 1) + place + 0.5)
            y = bottom - pen.number(0.05, 0.95) * (bottom - top)
            pen.draw.rectangle((x, y, x + width * 0.9, bottom), pen.colours[place % len(pen.colours)])
    _legend(pen, (left, top, right, bottom), each)


def stacked_bars(pen: Pen) -> None:
    """Bars on top of each other."""
    left, top, right, bottom = _axes(pen)
    number, parts = pen.whole(4, 14), pen.whole(2, 5)
    step = (right - left) / number
    for place in range(number):
        y = bottom
        for part in range(parts):
            higher = y - pen.number(0.02, 0.95 / parts) * (bottom - top)
            box = (left + step * (place + 0.15), higher, left + step * (place + 0.85), y)
            pen.draw.rectangle(box, pen.colours[part % len(pen.colours)])
            y = higher
    _legend(pen, (left, top, right, bottom), parts)


def lying_bars(pen: Pen) -> None:
    """Bars from left to right with names before them."""
    left, top, right, bottom = _frame(pen, 0.28)
    number = pen.whole(4, 14)
    step = (bottom - top) / number
    for place in range(number):
        y, end = top + step * place, left + pen.number(0.05, 0.9) * (right - left)
        pen.draw.rectangle((left, y + step * 0.15, end, y + step * 0.8), pen.accent)
        pen.text((left - pen.unit, y + step / 2), pen.word(), min(step * 0.5, 3 * pen.unit), anchor="rm")
        pen.text((end + pen.unit, y + step / 2), pen.figure(), min(step * 0.45, 2.5 * pen.unit), anchor="lm")


def lines(pen: Pen) -> None:
    """One or more lines over time."""
    box = _axes(pen)
    number, width = pen.whole(1, 6), pen.line_width()
    for place in range(number):
        points = _series(pen, box, pen.whole(6, 120))
        pen.draw.line(points, pen.colours[place % len(pen.colours)], width, joint="curve")
        if len(points) < 25 and pen.chance(0.6):
            for point in points:
                pen.disc(point, pen.unit * 0.6, pen.colours[place % len(pen.colours)])
    _legend(pen, box, number)


def areas(pen: Pen) -> None:
    """Filled areas below lines."""
    left, top, right, bottom = _axes(pen)
    for place in range(pen.whole(1, 5)):
        points = _series(pen, (left, top + place * (bottom - top) / 6, right, bottom), pen.whole(10, 100))
        pale = pen.mix(pen.number(0.3, 0.9), pen.paper, pen.colours[place % len(pen.colours)])
        pen.draw.polygon([(left, bottom), *points, (right, bottom)], pale)
        pen.draw.line(points, pen.colours[place % len(pen.colours)], pen.line_width())


def scatter(pen: Pen) -> None:
    """Points in groups."""
    left, top, right, bottom = _axes(pen)
    groups, radius = pen.whole(1, 5), pen.number(0.3, 1)
    for group in range(groups):
        x, y, spread = pen.number(0.2, 0.8), pen.number(0.2, 0.8), pen.number(0.03, 0.2)
        for across, down in pen.rng.normal((x, y), spread, (pen.whole(15, 160), 2)).clip(0.01, 0.99).tolist():
            at = (left + across * (right - left), top + down * (bottom - top))
            pen.disc(at, radius * pen.unit, pen.colours[group % len(pen.colours)])
    _legend(pen, (left, top, right, bottom), groups)


def bubbles(pen: Pen) -> None:
    """Discs of different sizes with names in them."""
    left, top, right, bottom = _axes(pen)
    for _ in range(pen.whole(5, 22)):
        at = (pen.number(left, right), pen.number(top, bottom))
        pen.disc(at, pen.number(1, 6) * pen.unit, pen.mix(0.7, pen.paper, pen.colour()), pen.ink)
        pen.text(at, pen.word(), 1.8 * pen.unit, anchor="mm")


def pie(pen: Pen) -> None:
    """A pie or a ring of slices with a legend."""
    _title(pen)
    radius, (x, y) = pen.shorter * pen.number(0.28, 0.38), pen.middle
    x -= (pen.width / 2 - radius) * pen.number(0, 0.7)
    shares = pen.rng.dirichlet(np.ones(pen.whole(2, 9)) * 2)
    start = pen.number(0, 360)
    for place, share in enumerate(shares.tolist()):
        box = (x - radius, y - radius, x + radius, y + radius)
        end = start + 360 * share
        pen.draw.pieslice(box, start, end, pen.colours[place % len(pen.colours)], pen.paper, pen.line_width(0.4))
        angle = math.radians((start + end) / 2)
        at = (x + 0.7 * radius * math.cos(angle), y + 0.7 * radius * math.sin(angle))
        pen.text(at, f"{100 * share:.0f}%", 2.4 * pen.unit, pen.paper, "mm")
        start = end
    if pen.chance(0.45):
        pen.disc((x, y), radius * pen.number(0.4, 0.7), pen.paper)
        pen.text((x, y), pen.figure(), 4 * pen.unit, anchor="mm")
    _legend(pen, (x, y - radius, pen.width, y + radius), len(shares))


def heat_map(pen: Pen) -> None:
    """Cells coloured by value, perhaps with figures."""
    left, top, right, bottom = _frame(pen, 0.15)
    rows, columns = pen.whole(3, 18), pen.whole(3, 22)
    high, wide = (bottom - top) / rows, (right - left) / columns
    first, last, figures = pen.any_colour(), pen.any_colour(), pen.chance(0.4) and columns < 12
    for row in range(rows):
        pen.text(
            (left - pen.unit, top + high * (row + 0.5)), pen.word()[:5], min(high * 0.5, 2.4 * pen.unit), None, "rm"
        )
        for column in range(columns):
            box = (left + wide * column, top + high * row, left + wide * (column + 1), top + high * (row + 1))
            pen.draw.rectangle(box, pen.mix(pen.number(0, 1), first, last))
            if figures:
                pen.text(
                    ((box[0] + box[2]) / 2, (box[1] + box[3]) / 2), f"{pen.number(0, 1):.1f}", wide * 0.3, None, "mm"
                )


def boxes(pen: Pen) -> None:
    """Boxes and whiskers."""
    left, top, right, bottom = _axes(pen)
    number = pen.whole(3, 10)
    step = (right - left) / number
    for place in range(number):
        ys = [top + share * (bottom - top) for share in sorted(pen.rng.uniform(0.05, 0.95, 5).tolist())]
        x = left + step * (place + 0.5)
        pen.draw.line((x, ys[0], x, ys[4]), pen.ink, pen.line_width(0.3))
        pen.draw.rectangle((x - step * 0.3, ys[1], x + step * 0.3, ys[3]), pen.colour(), pen.ink, pen.scale)
        for y in (ys[0], ys[2], ys[4]):
            pen.draw.line((x - step * 0.2, y, x + step * 0.2, y), pen.ink, pen.line_width(0.3))


def radar(pen: Pen) -> None:
    """Values along spokes."""
    _title(pen)
    spokes, (x, y), radius = pen.whole(4, 10), pen.middle, pen.shorter * 0.36
    directions = [(math.cos(2 * math.pi * k / spokes), math.sin(2 * math.pi * k / spokes)) for k in range(spokes)]
    for ring in (0.25, 0.5, 0.75, 1.0):
        pen.draw.polygon([(x + radius * ring * a, y + radius * ring * b) for a, b in directions], None, pen.mix(0.3))
    for a, b in directions:
        pen.draw.line((x, y, x + radius * a, y + radius * b), pen.mix(0.3), pen.scale)
        pen.text((x + radius * 1.12 * a, y + radius * 1.12 * b), pen.word(), 2.2 * pen.unit, anchor="mm")
    for _ in range(pen.whole(1, 4)):
        points = [(x + radius * r * a, y + radius * r * b)
                  for (a, b), r in zip(directions, pen.rng.uniform(0.2, 1, spokes).tolist(), strict=True)]  # fmt: skip
        fill = pen.mix(0.4, pen.paper, pen.colour()) if pen.chance(0.4) else None
        pen.draw.polygon(points, fill, pen.colour(), pen.line_width())


def candles(pen: Pen) -> None:
    """Prices by the day."""
    left, top, right, bottom = _axes(pen)
    number = pen.whole(15, 90)
    step = (right - left) / number
    rise, fall = pen.pick((((38, 166, 91), (214, 48, 49)), ((255, 255, 255), (20, 20, 20)), (pen.accent, pen.ink)))
    prices = pen.walk(number + 1, top * 1.2, bottom * 0.95)
    for place in range(number):
        x, first, last = left + step * (place + 0.5), prices[place], prices[place + 1]
        low, high, reach = min(first, last), max(first, last), pen.number(0, 3) * pen.unit
        colour = rise if last < first else fall
        pen.draw.line((x, low - reach, x, high + reach), colour, pen.scale)
        pen.draw.rectangle((x - step * 0.35, low, x + step * 0.35, high + 1), colour)


def histogram(pen: Pen) -> None:
    """Counts of a sample with its density over it."""
    left, top, right, bottom = _axes(pen)
    counts = np.histogram(pen.rng.normal(size=pen.whole(200, 3000)), pen.whole(10, 60))[0] / 1.0
    heights = (counts / counts.max() * (bottom - top) * 0.95).tolist()
    step, outline = (right - left) / len(heights), pen.paper if pen.chance(0.5) else None
    for place, height in enumerate(heights):
        x = left + step * place
        pen.draw.rectangle((x, bottom - height, x + step, bottom), pen.accent, outline)
    if pen.chance(0.5):
        curve = [(left + (right - left) * t / 60, bottom - 0.9 * (bottom - top) * math.exp(-(((t - 30) / 13) ** 2)))
                 for t in range(61)]  # fmt: skip
        pen.draw.line(curve, pen.ink, pen.line_width())


def gauge(pen: Pen) -> None:
    """A dial with a needle."""
    _title(pen)
    (x, y), radius = pen.middle, pen.shorter * 0.4
    for place in range(5):
        box = (x - radius, y - radius, x + radius, y + radius)
        pen.draw.pieslice(box, 180 + 36 * place, 216 + 36 * place, pen.colours[place % len(pen.colours)])
    pen.disc((x, y), radius * pen.number(0.5, 0.75), pen.paper)
    angle = pen.number(math.pi, 2 * math.pi)
    pen.draw.line(
        (x, y, x + radius * 0.85 * math.cos(angle), y + radius * 0.85 * math.sin(angle)), pen.ink, pen.line_width(1)
    )
    pen.text((x, y + radius * 0.3), pen.figure(), 6 * pen.unit, anchor="mm")


def plan_bars(pen: Pen) -> None:
    """A plan of tasks over weeks."""
    left, top, right, bottom = _frame(pen, 0.25)
    for week in range(9):
        x = left + (right - left) * week / 8
        pen.draw.line((x, top, x, bottom), pen.mix(0.2), pen.scale)
    number = pen.whole(5, 16)
    step = (bottom - top) / number
    for task in range(number):
        y, start = top + step * task, pen.number(0, 0.7)
        end = min(1, start + pen.number(0.08, 0.4))
        pen.text((left - pen.unit, y + step / 2), pen.words(2), min(step * 0.5, 2.4 * pen.unit), anchor="rm")
        box = (left + start * (right - left), y + step * 0.2, left + end * (right - left), y + step * 0.8)
        pen.round_box(box, step * pen.pick((0, 0.3)), pen.colour())


def tree_map(pen: Pen) -> None:
    """Boxes in boxes by size."""
    _split(pen, (0, 0, pen.width, pen.height), pen.whole(3, 6))


def funnel(pen: Pen) -> None:
    """Stages that become narrower."""
    _title(pen)
    stages, x = pen.whole(3, 7), pen.width / 2
    high, wide = pen.height * 0.75 / stages, pen.width * 0.42
    for stage in range(stages):
        y, narrower = pen.height * 0.18 + high * stage, wide * pen.number(0.6, 0.9)
        points = [(x - wide, y), (x + wide, y), (x + narrower, y + high * 0.92), (x - narrower, y + high * 0.92)]
        pen.draw.polygon(points, pen.colours[stage % len(pen.colours)])
        pen.text((x, y + high / 2), pen.word(), high * 0.35, pen.paper, "mm")
        wide = narrower


def small_multiples(pen: Pen) -> None:
    """Many small panels."""
    rows, columns = pen.whole(2, 4), pen.whole(2, 5)
    for row in range(rows):
        for column in range(columns):
            wide, high = pen.width / columns, pen.height / rows
            box = (wide * (column + 0.15), high * (row + 0.15), wide * (column + 0.93), high * (row + 0.85))
            pen.draw.rectangle(box, None, pen.ink, pen.scale)
            pen.text((box[0], box[1] - pen.unit * 2.2), pen.word(), 1.8 * pen.unit)
            pen.draw.line(_series(pen, box, 30), pen.colour(), pen.line_width(0.4))


def library_surface(pen: Pen) -> None:
    """A smooth field in false colours with a bar, as plotting libraries show it."""
    from matplotlib.figure import Figure

    figure = _figure(pen, Figure)
    axes = figure.add_subplot()
    field = _field(pen)
    name = pen.pick(("viridis", "jet", "coolwarm", "magma", "terrain", "Greys", "Spectral"))
    drawn = axes.imshow(field, cmap=name) if pen.chance(0.5) else axes.contourf(field, pen.whole(5, 25), cmap=name)
    if pen.chance(0.7):
        figure.colorbar(drawn)
    axes.set_title(pen.words(3))
    _shown(pen, figure)


def library_relief(pen: Pen) -> None:
    """A surface in three dimensions."""
    from matplotlib.figure import Figure

    figure = _figure(pen, Figure)
    axes = figure.add_subplot(projection="3d")
    field = _field(pen)[:30, :30]
    down, across = np.mgrid[:30, :30]
    axes.plot_surface(across, down, field, cmap=pen.pick(("viridis", "jet", "plasma", "Blues")))
    _shown(pen, figure)


def library_lines(pen: Pen) -> None:
    """Lines with bands of error and a legend, in a library's own style."""
    from matplotlib.figure import Figure

    figure = _figure(pen, Figure)
    axes = figure.add_subplot()
    for _ in range(pen.whole(1, 6)):
        line = np.array(pen.walk(40, 0, pen.number(1, 9)))
        axes.plot(line, pen.pick(("-", "--", "o-", ":", "s")), label=pen.word())
        if pen.chance(0.4):
            axes.fill_between(range(40), line - 0.5, line + 0.5, alpha=0.3)
    axes.grid(pen.chance(0.5))
    axes.legend()
    axes.set(xlabel=pen.word(), ylabel=pen.word(), title=pen.words(3))
    _shown(pen, figure)


def _figure(pen: Pen, kind: Any) -> Any:
    return kind(figsize=(pen.width / 100, pen.height / 100), dpi=100, facecolor=tuple(c / 255 for c in pen.mix(0.0)))


def _shown(pen: Pen, figure: Any) -> None:
    file = io.BytesIO()
    figure.savefig(file, format="png")
    pen.show(Image.open(file))


def _field(pen: Pen) -> np.ndarray:
    down, across = np.mgrid[0:1:60j, 0:1:60j]
    total = np.zeros((60, 60))
    for _ in range(pen.whole(2, 7)):
        away = np.hypot(across - pen.number(0, 1), down - pen.number(0, 1)) / pen.number(0.1, 0.5)
        total += pen.number(-1, 1) * np.exp(-(away**2))
    return total + pen.rng.normal(0, pen.pick((0, 0, 0.1)), total.shape)


def _title(pen: Pen) -> None:
    if pen.chance(0.75):
        pen.text(
            (pen.width / 2, pen.height * 0.04), pen.words(pen.whole(2, 5)), pen.number(2.5, 4) * pen.unit, None, "ma"
        )


def _frame(pen: Pen, margin: float = 0.12) -> Box:
    """A title, and the box below it that is left for the data."""
    _title(pen)
    return pen.width * margin, pen.height * 0.15, pen.width * 0.95, pen.height * 0.86


def _axes(pen: Pen) -> Box:
    """A title, axes, figures beside them and perhaps a grid; the box that is left for the data."""
    left, top, right, bottom = box = _frame(pen)
    if pen.chance(0.25):
        pen.draw.rectangle(box, pen.mix(0.07))
    grid, ticks, size = pen.chance(0.6), pen.whole(3, 9), pen.number(1.5, 2.6) * pen.unit
    for tick in range(ticks + 1):
        x, y = left + (right - left) * tick / ticks, bottom - (bottom - top) * tick / ticks
        if grid:
            pen.draw.line((left, y, right, y), pen.mix(0.2), pen.scale)
            if pen.chance(0.5):
                pen.draw.line((x, top, x, bottom), pen.mix(0.2), pen.scale)
        pen.text((left - pen.unit * 0.8, y), f"{tick * 10}", size, anchor="rm")
        pen.text((x, bottom + pen.unit * 4), f"{2000 + tick}", size, anchor="mm")
    width = pen.line_width(0.4)
    pen.draw.line((left, bottom, right, bottom), pen.ink, width)
    if pen.chance(0.7):
        pen.draw.line((left, top, left, bottom), pen.ink, width)
    return box


def _legend(pen: Pen, box: Box, entries: int) -> None:
    if pen.chance(0.6):
        size = pen.number(1.6, 2.6) * pen.unit
        x, y = box[2] - 16 * pen.unit, box[1]
        for entry in range(entries):
            pen.draw.rectangle((x, y, x + size, y + size), pen.colours[entry % len(pen.colours)])
            pen.text((x + size * 1.5, y + size / 2), pen.word(), size, anchor="lm")
            y += size * 1.5


def _series(pen: Pen, box: Box, number: int) -> list[tuple[float, float]]:
    left, top, right, bottom = box
    xs = np.linspace(left, right, number).tolist()
    low, high = sorted((pen.number(top, bottom), pen.number(top, bottom)))
    return list(zip(xs, pen.walk(number, low, high), strict=True))


def _split(pen: Pen, box: Box, depth: int) -> None:
    left, top, right, bottom = box
    if depth == 0 or min(right - left, bottom - top) < 6 * pen.unit:
        pen.draw.rectangle(box, pen.mix(pen.number(0.5, 1), pen.paper, pen.colour()), pen.paper, pen.line_width())
        pen.text((left + pen.unit, top + pen.unit), pen.word(), min(3 * pen.unit, (right - left) / 6))
        return
    share = pen.number(0.3, 0.7)
    if right - left > bottom - top:
        cut = left + share * (right - left)
        parts = ((left, top, cut, bottom), (cut, top, right, bottom))
    else:
        cut = top + share * (bottom - top)
        parts = ((left, top, right, cut), (left, cut, right, bottom))
    for part in parts:
        _split(pen, part, depth - 1)


DRAWINGS = (
    bars,
    grouped_bars,
    stacked_bars,
    lying_bars,
    lines,
    areas,
    scatter,
    bubbles,
    pie,
    heat_map,
    boxes,
    radar,
    candles,
    histogram,
    gauge,
    plan_bars,
    tree_map,
    funnel,
    small_multiples,
    library_surface,
    library_relief,
    library_lines,
)
