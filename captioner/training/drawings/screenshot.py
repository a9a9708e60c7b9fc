"""Screens of computers and telephones: windows, lists, editors, pages, chats."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from PIL import Image, ImageFilter

if TYPE_CHECKING:
    from captioner.training.drawings.pen import Box, Colour, Pen


def desktop(pen: Pen) -> None:
    """Windows over a wallpaper, with a bar of tasks."""
    _wallpaper(pen)
    for _ in range(pen.whole(1, 4)):
        wide, high = pen.width * pen.number(0.3, 0.7), pen.height * pen.number(0.3, 0.7)
        x, y = pen.number(0, pen.width - wide), pen.number(0, (pen.height - high) * 0.9)
        inside = _window(pen, (x, y, x + wide, y + high))
        pen.paragraph(inside, pen.number(1.3, 2.2) * pen.unit)
    _task_bar(pen)


def code_editor(pen: Pen) -> None:
    """Coloured code with line numbers and a list of files."""
    pen.set_theme(pen.chance(0.7))
    pen.face = pen.pick(("DejaVuSansMono.ttf", None))
    top = _bar(pen)
    side = pen.width * pen.pick((0.0, 0.2))
    pen.draw.rectangle((0, top, side, pen.height), pen.mix(0.06))
    _list(pen, (pen.unit, top + pen.unit, side, pen.height), 1.5 * pen.unit)
    size = pen.number(1.1, 2.4) * pen.unit
    y, indent = top + size, 0
    for number in range(1, 200):
        if y > pen.height:
            break
        pen.text((side + size * 2, y), str(number), size, pen.mix(0.35), "ra")
        x = side + size * (3 + 2 * indent)
        for _ in range(pen.whole(0, 8)):
            word = pen.pick((pen.word(), pen.word() + "()", "=", "if", "return", f'"{pen.word()}"', "{", ":"))
            pen.text((x, y), word, size, pen.pick((pen.ink, pen.ink, pen.colour())))
            x += size * 0.62 * (len(word) + 1)
        indent = min(5, max(0, indent + pen.whole(-1, 2)))
        y += size * 1.4


def terminal(pen: Pen) -> None:
    """A terminal, light letters on a dark ground."""
    pen.face = "DejaVuSansMono.ttf"
    ground = pen.pick(((0, 0, 0), (30, 30, 30), (48, 10, 36), (0, 43, 54), (255, 255, 255)))
    pen.clear(ground)
    letters: Colour = (30, 30, 30) if sum(ground) > 400 else pen.pick(((220, 220, 220), (0, 230, 60), (255, 176, 0)))
    size = pen.number(1.2, 2.6) * pen.unit
    y = size
    while y < pen.height * pen.number(0.4, 1.6):
        pen.text((size, y), "$ " + pen.words(pen.whole(1, 4)).lower(), size, pen.colour())
        for _ in range(pen.whole(0, 6)):
            y += size * 1.3
            pen.text((size, y), pen.words(pen.whole(1, 16)), size, letters)
        y += size * 1.3


def table(pen: Pen) -> None:
    """Rows and columns of figures with a header."""
    top = _bar(pen)
    rows, columns = pen.whole(6, 30), pen.whole(3, 12)
    high, wide = (pen.height - top) / rows, pen.width / columns
    striped, grid = pen.chance(0.5), pen.chance(0.6)
    for row in range(rows):
        y = top + high * row
        if row == 0 or (striped and row % 2):
            pen.draw.rectangle((0, y, pen.width, y + high), pen.mix(0.2 if row == 0 else 0.05))
        for column in range(columns):
            if grid:
                pen.draw.rectangle((wide * column, y, wide * (column + 1), y + high), None, pen.mix(0.25))
            text = pen.word() if row == 0 or column == 0 else pen.figure()
            pen.text((wide * column + pen.unit, y + high / 2), text, min(high * 0.5, 2 * pen.unit), anchor="lm")


def web_page(pen: Pen) -> None:
    """A page with a header, a column of text and picture places."""
    top = _browser(pen)
    pen.draw.rectangle((0, top, pen.width, top + 6 * pen.unit), pen.accent)
    pen.text((3 * pen.unit, top + 3 * pen.unit), pen.word().capitalize(), 3 * pen.unit, pen.paper, "lm")
    y = top + 9 * pen.unit
    pen.text((5 * pen.unit, y), pen.words(4), pen.number(3, 5) * pen.unit)
    y += 8 * pen.unit
    if pen.chance(0.6):
        box = (5 * pen.unit, y, pen.width * 0.6, y + 16 * pen.unit)
        _picture(pen, box)
        y = box[3] + 2 * pen.unit
    pen.paragraph((5 * pen.unit, y, pen.width * 0.65, pen.height), pen.number(1.4, 2) * pen.unit)
    pen.draw.rectangle((pen.width * 0.72, top + 9 * pen.unit, pen.width * 0.96, pen.height * 0.8), pen.mix(0.06))
    _list(pen, (pen.width * 0.74, top + 11 * pen.unit, pen.width * 0.95, pen.height * 0.78), 1.6 * pen.unit)


def form(pen: Pen) -> None:
    """A form with fields and a button on a card."""
    pen.clear(pen.mix(pen.number(0.03, 0.1)))
    wide, high = min(pen.width * 0.8, 45 * pen.unit), pen.height * 0.8
    x, y = (pen.width - wide) / 2, pen.height * 0.1
    _shadowed_box(pen, (x, y, x + wide, y + high))
    pen.text((pen.width / 2, y + 3 * pen.unit), pen.words(2), 3 * pen.unit, anchor="ma")
    fields = pen.whole(2, 6)
    step = high * 0.65 / fields
    for field in range(fields):
        top = y + 8 * pen.unit + step * field
        pen.text((x + 3 * pen.unit, top), pen.word(), 1.6 * pen.unit, pen.mix(0.7))
        pen.round_box((x + 3 * pen.unit, top + 2.4 * pen.unit, x + wide - 3 * pen.unit, top + 5.4 * pen.unit), 4,
                      pen.paper, pen.mix(0.3))  # fmt: skip
    box = (x + 3 * pen.unit, y + high - 6 * pen.unit, x + wide - 3 * pen.unit, y + high - 2 * pen.unit)
    pen.round_box(box, pen.unit, pen.accent)
    pen.text((pen.width / 2, y + high - 4 * pen.unit), pen.word(), 2 * pen.unit, pen.paper, "mm")


def settings(pen: Pen) -> None:
    """A telephone's list of settings with switches."""
    _tall(pen)
    y = _status_bar(pen)
    while y < pen.height - 6 * pen.unit:
        pen.round_box((2 * pen.unit, y + pen.unit, 5 * pen.unit, y + 4 * pen.unit), pen.unit, pen.colour())
        pen.text((7 * pen.unit, y + 2.5 * pen.unit), pen.words(2), 2 * pen.unit, anchor="lm")
        right = pen.width - 2 * pen.unit
        if pen.chance(0.6):
            on = pen.chance(0.5)
            pen.round_box((right - 5 * pen.unit, y + pen.unit, right, y + 4 * pen.unit), 1.5 * pen.unit,
                          pen.accent if on else pen.mix(0.3))  # fmt: skip
            pen.disc((right - (1.5 if on else 3.5) * pen.unit, y + 2.5 * pen.unit), 1.3 * pen.unit, pen.paper)
        else:
            pen.text((right, y + 2.5 * pen.unit), ">", 2 * pen.unit, pen.mix(0.4), "rm")
        pen.draw.line((7 * pen.unit, y + 5 * pen.unit, pen.width, y + 5 * pen.unit), pen.mix(0.15), pen.scale)
        y += 5 * pen.unit + pen.pick((0, 0, 0, 3 * pen.unit))


def chat(pen: Pen) -> None:
    """Two people's messages in bubbles."""
    _tall(pen)
    y = _status_bar(pen)
    size = pen.number(1.5, 2.4) * pen.unit
    while y < pen.height - 10 * pen.unit:
        mine, lines = pen.chance(0.5), pen.whole(1, 5)
        wide, high = pen.width * pen.number(0.3, 0.7), size * (1.5 * lines + 1.4)
        x = pen.width - wide - 2 * pen.unit if mine else 2 * pen.unit
        pen.round_box((x, y, x + wide, y + high), 2 * pen.unit, pen.accent if mine else pen.mix(0.12))
        colour = pen.paper if mine else pen.ink
        pen.paragraph((x + size, y + size * 0.6, x + wide - size, y + high), size, colour, 0.4)
        y += high + pen.unit * pen.number(0.6, 2.5)
    pen.round_box((2 * pen.unit, pen.height - 6 * pen.unit, pen.width - 2 * pen.unit, pen.height - pen.unit),
                  3 * pen.unit, pen.paper, pen.mix(0.3))  # fmt: skip


def telephone_home(pen: Pen) -> None:
    """A telephone's apps over a wallpaper."""
    _tall(pen)
    _wallpaper(pen)
    _status_bar(pen, bare=True)
    columns = pen.whole(3, 6)
    side = pen.width / columns
    rows = max(4, int(pen.height / side) + 1)
    for row in range(pen.whole(3, rows)):
        for column in range(columns):
            x, y = side * (column + 0.2), 8 * pen.unit + side * (row + 0.1)
            pen.round_box((x, y, x + side * 0.6, y + side * 0.6), side * 0.14, pen.any_colour())
            pen.text((x + side * 0.3, y + side * 0.3), pen.word()[0].upper(), side * 0.35, (255, 255, 255), "mm")
            pen.text((x + side * 0.3, y + side * 0.68), pen.word(), side * 0.13, (255, 255, 255), "ma")


def feed(pen: Pen) -> None:
    """A feed of cards with faces, text and picture places."""
    _tall(pen)
    pen.clear(pen.mix(0.06))
    y = _status_bar(pen)
    while y < pen.height:
        high = pen.number(14, 40) * pen.unit
        pen.draw.rectangle((0, y, pen.width, y + high), pen.paper)
        pen.disc((4 * pen.unit, y + 4 * pen.unit), 2.4 * pen.unit, pen.colour())
        pen.text((8 * pen.unit, y + 2 * pen.unit), pen.words(2), 2 * pen.unit)
        pen.paragraph((2 * pen.unit, y + 8 * pen.unit, pen.width - 2 * pen.unit, y + 14 * pen.unit), 1.7 * pen.unit)
        if high > 24 * pen.unit:
            _picture(pen, (0, y + 15 * pen.unit, pen.width, y + high - 3 * pen.unit))
        y += high + 1.5 * pen.unit


def files(pen: Pen) -> None:
    """Folders and files as icons or a list in a window."""
    left, top, right, bottom = _window(pen, (0, 0, pen.width, pen.height))
    side = pen.width * 0.22
    pen.draw.rectangle((left, top, side, bottom), pen.mix(0.06))
    _list(pen, (left + pen.unit, top + pen.unit, side, bottom), 1.7 * pen.unit)
    step = pen.number(9, 15) * pen.unit
    for y in np.arange(top + pen.unit, bottom - step * 0.8, step).tolist():
        for x in np.arange(side + 2 * pen.unit, right - step * 0.8, step).tolist():
            fill = pen.pick(((255, 200, 80), pen.accent, pen.mix(0.1)))
            pen.round_box(
                (x + step * 0.15, y + step * 0.1, x + step * 0.75, y + step * 0.6), step * 0.05, fill, pen.mix(0.4)
            )
            pen.text((x + step * 0.45, y + step * 0.66), pen.word(), step * 0.14, anchor="ma")


def dashboard(pen: Pen) -> None:
    """Cards with figures and small charts."""
    pen.clear(pen.mix(0.05))
    top = _bar(pen)
    rows, columns = pen.whole(2, 4), pen.whole(2, 5)
    wide, high = pen.width / columns, (pen.height - top) / rows
    for row in range(rows):
        for column in range(columns):
            x, y = wide * column + pen.unit, top + high * row + pen.unit
            right, bottom = x + wide - 2 * pen.unit, y + high - 2 * pen.unit
            pen.round_box((x, y, right, bottom), pen.unit, pen.paper, pen.mix(0.12))
            pen.text((x + pen.unit, y + pen.unit), pen.word(), 1.7 * pen.unit, pen.mix(0.6))
            if pen.chance(0.4):
                pen.text((x + pen.unit, y + 4 * pen.unit), pen.figure(), high * 0.25)
                continue
            heights = pen.walk(14, y + high * 0.3, bottom - pen.unit)
            places = np.linspace(x + pen.unit, right - pen.unit, 14).tolist()
            if pen.chance(0.5):
                pen.draw.line(list(zip(places, heights, strict=True)), pen.colour(), pen.line_width())
            else:
                for place, height in zip(places, heights, strict=True):
                    pen.draw.rectangle((place, height, place + wide / 25, bottom - pen.unit), pen.accent)


def calendar(pen: Pen) -> None:
    """A month with appointments."""
    top = _bar(pen)
    pen.text((2 * pen.unit, top + pen.unit), pen.words(2), 3.4 * pen.unit)
    top += 7 * pen.unit
    wide, high = pen.width / 7, (pen.height - top) / 5
    for day in range(35):
        x, y = wide * (day % 7), top + high * (day // 7)
        pen.draw.rectangle((x, y, x + wide, y + high), None, pen.mix(0.2), pen.scale)
        pen.text((x + pen.unit * 0.6, y + pen.unit * 0.5), str(day % 30 + 1), 1.6 * pen.unit)
        for place in range(pen.pick((0, 0, 1, 2))):
            box = (x + pen.unit * 0.4, y + high * (0.35 + 0.3 * place), x + wide * 0.95, y + high * (0.6 + 0.3 * place))
            pen.round_box(box, pen.unit * 0.5, pen.colour())
            pen.text((box[0] + pen.unit * 0.4, (box[1] + box[3]) / 2), pen.word(), high * 0.14, pen.paper, "lm")


def mail(pen: Pen) -> None:
    """A list of letters beside an open one."""
    top = _bar(pen)
    side = pen.width * pen.number(0.3, 0.45)
    y, chosen = top, pen.whole(0, 6)
    for place in range(30):
        if place == chosen:
            pen.draw.rectangle((0, y, side, y + 7 * pen.unit), pen.mix(0.2, pen.paper, pen.accent))
        pen.text((pen.unit, y + 0.6 * pen.unit), pen.words(2), 1.8 * pen.unit)
        pen.text((pen.unit, y + 3 * pen.unit), pen.words(4)[: int(side / pen.unit)], 1.5 * pen.unit, pen.mix(0.6))
        y += 7 * pen.unit
        pen.draw.line((0, y, side, y), pen.mix(0.15), pen.scale)
    pen.draw.rectangle((side, top, pen.width, pen.height), pen.paper, pen.mix(0.2))
    pen.text((side + 2 * pen.unit, top + 2 * pen.unit), pen.words(3), 2.8 * pen.unit)
    pen.paragraph((side + 2 * pen.unit, top + 8 * pen.unit, pen.width - pen.unit, pen.height), 1.7 * pen.unit)


def dialogue(pen: Pen) -> None:
    """A message with buttons over something dimmed."""
    pen.paragraph((pen.unit, pen.unit, pen.width, pen.height), 2 * pen.unit, pen.mix(0.5))
    pen.show(pen.image.point([round(level * 0.5) for level in range(256)] * 3))
    wide, high = pen.width * 0.6, pen.height * 0.4
    x, y = (pen.width - wide) / 2, (pen.height - high) / 2
    inside = _window(pen, (x, y, x + wide, y + high))
    pen.paragraph((inside[0], inside[1], inside[2], inside[1] + high * 0.4), 2.2 * pen.unit)
    for place in range(pen.whole(1, 4)):
        box = (x + wide - (place + 1) * 14 * pen.unit, y + high - 6 * pen.unit,
               x + wide - (place + 1) * 14 * pen.unit + 12 * pen.unit, y + high - 2 * pen.unit)  # fmt: skip
        pen.round_box(box, pen.unit * 0.6, pen.accent if place == 0 else pen.mix(0.12), pen.mix(0.3))
        pen.text(((box[0] + box[2]) / 2, (box[1] + box[3]) / 2), pen.word()[:6], 1.9 * pen.unit, None, "mm")


def error_page(pen: Pen) -> None:
    """An error in large letters on an empty page."""
    if pen.chance(0.3):
        pen.clear((0, 90, 180))
        pen.ink = (255, 255, 255)
    else:
        _browser(pen)
    pen.text(
        (pen.width * 0.5, pen.height * 0.4),
        pen.pick(("404", "500", ":(", "403")),
        pen.number(8, 20) * pen.unit,
        None,
        "mm",
    )
    pen.text((pen.width * 0.5, pen.height * 0.6), pen.words(5), 2.4 * pen.unit, None, "mm")


def player(pen: Pen) -> None:
    """A player of music with a cover and buttons."""
    _wallpaper(pen)
    side = pen.shorter * pen.number(0.4, 0.6)
    x, y = pen.width / 2, pen.height * 0.4
    _picture(pen, (x - side / 2, y - side / 2, x + side / 2, y + side / 2))
    pen.text((x, pen.height * 0.75), pen.words(3), 3 * pen.unit, (255, 255, 255), "mm")
    line = pen.height * 0.83
    pen.draw.line((pen.width * 0.1, line, pen.width * 0.9, line), (200, 200, 200), pen.line_width())
    pen.disc((pen.width * pen.number(0.1, 0.9), line), pen.unit, (255, 255, 255))
    for place in (-1, 0, 1):
        pen.disc((x + 10 * pen.unit * place, pen.height * 0.91), (3 - abs(place)) * pen.unit, (240, 240, 240))


def board(pen: Pen) -> None:
    """Columns of cards."""
    pen.clear(pen.mix(0.6, pen.paper, pen.accent))
    top, columns = _bar(pen), pen.whole(3, 6)
    wide = pen.width / columns
    for column in range(columns):
        x, y = wide * column + pen.unit, top + 6 * pen.unit
        pen.round_box(
            (x, top + pen.unit, x + wide - 2 * pen.unit, pen.height * pen.number(0.5, 0.98)), pen.unit, pen.mix(0.1)
        )
        pen.text((x + pen.unit, top + 2 * pen.unit), pen.words(2), 2 * pen.unit)
        for _ in range(pen.whole(1, 6)):
            high = pen.number(6, 12) * pen.unit
            pen.round_box((x + pen.unit, y, x + wide - 3 * pen.unit, y + high), pen.unit * 0.6, pen.paper, pen.mix(0.2))
            pen.draw.rectangle((x + 2 * pen.unit, y + pen.unit, x + wide / 3, y + 2 * pen.unit), pen.colour())
            pen.paragraph((x + 2 * pen.unit, y + 2.6 * pen.unit, x + wide - 4 * pen.unit, y + high), 1.5 * pen.unit)
            y += high + pen.unit


def results(pen: Pen) -> None:
    """A field of search and what was found."""
    y = _browser(pen) + 2 * pen.unit
    pen.round_box((8 * pen.unit, y, pen.width * 0.7, y + 4 * pen.unit), 2 * pen.unit, pen.paper, pen.mix(0.3))
    pen.text((10 * pen.unit, y + 2 * pen.unit), pen.words(2), 1.9 * pen.unit, anchor="lm")
    y += 8 * pen.unit
    while y < pen.height:
        pen.text((8 * pen.unit, y), pen.words(3), 2.2 * pen.unit, (26, 13, 171) if not pen.dark else (138, 180, 248))
        pen.paragraph(
            (8 * pen.unit, y + 3.2 * pen.unit, pen.width * 0.75, y + 8.4 * pen.unit), 1.6 * pen.unit, pen.mix(0.7)
        )
        y += 10 * pen.unit


def gallery(pen: Pen) -> None:
    """A grid of wares or pictures with names."""
    top = _bar(pen)
    columns = pen.whole(2, 6)
    side = pen.width / columns
    for row in range(int((pen.height - top) / side) + 1):
        for column in range(columns):
            x, y = side * column, top + side * row
            _picture(pen, (x + side * 0.05, y + side * 0.05, x + side * 0.95, y + side * 0.7))
            pen.text((x + side * 0.06, y + side * 0.74), pen.words(2), side * 0.09)
            pen.text((x + side * 0.06, y + side * 0.86), pen.figure(), side * 0.08, pen.accent)


def game(pen: Pen) -> None:
    """A board of coloured tiles with a score."""
    cells = pen.whole(4, 16)
    side = pen.shorter / cells
    some = [pen.any_colour() for _ in range(pen.whole(2, 7))]
    for row in range(int(pen.height / side) + 1):
        for column in range(int(pen.width / side) + 1):
            if pen.chance(0.75):
                box = (side * column, side * row, side * (column + 0.93), side * (row + 0.93))
                pen.round_box(box, side * 0.1, pen.pick(some))
    pen.draw.rectangle((0, 0, pen.width, 6 * pen.unit), pen.ink)
    pen.text((pen.unit, pen.unit), f"{pen.word()}: {pen.figure()}", 3 * pen.unit, pen.paper)


def _tall(pen: Pen) -> None:
    """Make the canvas upright, as telephones are held."""
    if pen.chance(0.8):
        pen.width, pen.height = sorted((pen.width, pen.height))
        pen.width = min(pen.width, round(pen.height * 0.6))
        pen.clear(pen.paper)


def _wallpaper(pen: Pen) -> None:
    corners = np.array([pen.any_colour() for _ in range(4)], np.uint8).reshape(2, 2, 3)
    pen.show(Image.fromarray(corners).resize((pen.width, pen.height), Image.Resampling.BILINEAR))
    if pen.chance(0.5):
        for _ in range(pen.whole(1, 5)):
            at = (pen.number(0, pen.width), pen.number(0, pen.height))
            pen.draw.polygon(pen.blob(at, pen.shorter * pen.number(0.2, 0.6)), pen.colour())


def _window(pen: Pen, box: Box) -> Box:
    """A window with a title and buttons; the box inside."""
    left, top, right, bottom = box
    bar = 3.4 * pen.unit
    _shadowed_box(pen, box)
    pen.draw.rectangle((left, top, right, top + bar), pen.mix(pen.number(0.05, 0.25)))
    for place, colour in enumerate(((255, 95, 87), (254, 188, 46), (40, 200, 64))):
        pen.disc((left + (2 + 2 * place) * pen.unit, top + bar / 2), 0.6 * pen.unit, colour)
    pen.text(((left + right) / 2, top + bar / 2), pen.words(2), 1.6 * pen.unit, anchor="mm")
    y = top + bar
    if pen.chance(0.5):
        for place, word in enumerate(("File", "Edit", "View", "Help")):
            pen.text((left + (1 + 6 * place) * pen.unit, y + 0.6 * pen.unit), word, 1.6 * pen.unit)
        y += 3 * pen.unit
    return left + pen.unit, y + pen.unit, right - pen.unit, bottom - pen.unit


def _shadowed_box(pen: Pen, box: Box) -> None:
    if pen.chance(0.5):
        shade = Image.new("L", pen.image.size)
        left, top, right, bottom = (round(edge + pen.unit * 0.6) for edge in box)
        shade.paste(90, (left, top, right, bottom))
        dark = Image.new("RGB", pen.image.size)
        pen.show(Image.composite(dark, pen.image, shade.filter(ImageFilter.BoxBlur(pen.unit))))
    pen.round_box(box, pen.unit * pen.number(0, 1), pen.paper, pen.mix(0.3))


def _task_bar(pen: Pen) -> None:
    top = pen.height - 4.5 * pen.unit
    pen.draw.rectangle((0, top, pen.width, pen.height), pen.mix(pen.pick((0.1, 0.8))))
    for place in range(pen.whole(3, 12)):
        x = (1 + 4.5 * place) * pen.unit
        pen.round_box((x, top + pen.unit, x + 2.6 * pen.unit, top + 3.6 * pen.unit), pen.unit * 0.5, pen.any_colour())
    pen.text((pen.width - pen.unit, top + 2.2 * pen.unit), "12:45", 1.7 * pen.unit, pen.mix(0.5), "rm")


def _bar(pen: Pen) -> float:
    """A bar across the top; where it ends."""
    high = pen.number(3, 6) * pen.unit
    pen.draw.rectangle((0, 0, pen.width, high), pen.pick((pen.accent, pen.mix(0.1), pen.mix(0.85))))
    for place in range(pen.whole(2, 7)):
        pen.text(((2 + 9 * place) * pen.unit, high / 2), pen.word(), high * 0.4, pen.mix(0.5), "lm")
    return high


def _browser(pen: Pen) -> float:
    """Tabs and an address; where they end."""
    pen.draw.rectangle((0, 0, pen.width, 8 * pen.unit), pen.mix(0.12))
    for place in range(pen.whole(1, 5)):
        x = (1 + 17 * place) * pen.unit
        pen.round_box(
            (x, pen.unit, x + 16 * pen.unit, 4 * pen.unit), pen.unit, pen.paper if place == 0 else pen.mix(0.2)
        )
        pen.text((x + pen.unit, 2.4 * pen.unit), pen.word(), 1.5 * pen.unit, anchor="lm")
    pen.round_box((8 * pen.unit, 4.6 * pen.unit, pen.width - 4 * pen.unit, 7.4 * pen.unit), 1.4 * pen.unit, pen.paper)
    pen.text((10 * pen.unit, 6 * pen.unit), f"https://{pen.word()}.example", 1.5 * pen.unit, anchor="lm")
    return 8 * pen.unit


def _status_bar(pen: Pen, bare: bool = False) -> float:
    """A telephone's clock and battery, and a title; where they end."""
    pen.text((2 * pen.unit, pen.unit), "9:41", 1.8 * pen.unit)
    pen.draw.rectangle((pen.width - 6 * pen.unit, pen.unit, pen.width - 2 * pen.unit, 2.6 * pen.unit), pen.ink)
    if not bare:
        pen.text((2 * pen.unit, 5 * pen.unit), pen.words(1), 3.5 * pen.unit)
    return 10 * pen.unit


def _list(pen: Pen, box: Box, size: float) -> None:
    for y in np.arange(box[1], box[3] - size, size * 1.8).tolist():
        pen.text((box[0] + size * pen.pick((0.5, 1.5)), y), pen.words(2)[:14], size, pen.mix(0.8))


def _picture(pen: Pen, box: Box) -> None:
    """The place of a picture: a plain one, a slope of colours, or hills and a sun."""
    left, top, right, bottom = (round(edge) for edge in box)
    if right <= left or bottom <= top:
        return
    if pen.chance(0.4):
        ends = np.array([pen.any_colour(), pen.any_colour()], np.uint8).reshape(2, 1, 3)
        pen.image.paste(
            Image.fromarray(ends).resize((right - left, bottom - top), Image.Resampling.BILINEAR), (left, top)
        )
        return
    pen.draw.rectangle(box, pen.mix(pen.number(0.1, 0.5), None, pen.colour()))
    if pen.chance(0.6):
        wide, high = right - left, bottom - top
        pen.disc((left + wide * 0.25, top + high * 0.3), min(wide, high) * 0.1, pen.paper)
        hills = [(left, bottom), (left + wide * 0.4, top + high * 0.5), (left + wide * 0.6, top + high * 0.75),
                 (left + wide * 0.75, top + high * 0.6), (right, bottom)]  # fmt: skip
        pen.draw.polygon(hills, pen.paper)


DRAWINGS = (
    desktop,
    code_editor,
    terminal,
    table,
    web_page,
    form,
    settings,
    chat,
    telephone_home,
    feed,
    files,
    dashboard,
    calendar,
    mail,
    dialogue,
    error_page,
    player,
    board,
    results,
    gallery,
    game,
)
