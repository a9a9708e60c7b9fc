"""Clues that an image is there to look nice, to take up room, or to count: nothing that a reader would miss."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from turbohtml import Element

from webapp.scan.said import (
    SEEN,
    classes_of,
    head_of_name,
    heads_of_classes,
    holders_of,
    is_photograph,
    name_words_of,
)
from webapp.scan.urls import file_name, stem

if TYPE_CHECKING:
    from webapp.scan.images import Use

# Words that say it by themselves, at the end of a name: "wave-divider".
_SPACERS: Final = frozenset(("spacer", "divider", "separator", "shim", "cleardot", "clearpixel"))
# Words that say it only if there is no other: "clear_pixel", but not "clear-lake".
_WEAK_SPACERS: Final = frozenset(("pixel", "blank", "transparent", "trans", "clear", "hr", "dot", "empty", "px", "1x1"))
_FILLING: Final = frozenset(("gif", "img", "image", "x"))
_TILE: Final = re.compile(r"/\d{1,2}/\d{1,8}/\d{1,8}(?:@2x)?\.(?:png|jpe?g|webp)(?:\?|$)", re.IGNORECASE)
_TILE_CLASSES: Final = frozenset(("tile", "leaflet"))
# What only decorates: said by a class, or by the name of a file that is no photograph.
_BACKDROPS: Final = frozenset(("bg", "background", "backdrop", "pattern", "texture"))
_ORNAMENTS: Final = frozenset((
    "ornament", "flourish", "swoosh", "swirl", "squiggle", "bullet", "corner", "spinner", "loader", "preloader",
    "divider", "separator", "blob", "decor", "shape",
))  # fmt: skip
_ORNAMENT_CLASSES: Final = _BACKDROPS | _ORNAMENTS - {"corner", "shape", "blob"}
_DIVIDERS: Final = frozenset(("divider",))  # boxes of which a drawing is all
_BEHIND: Final = re.compile(r"(?:^|[;\s])z-index\s*:\s*-", re.IGNORECASE)
_BEHIND_CLASSES: Final = re.compile(r"(?:^|\s)(?:-z-\d+|z-n\d)(?:\s|$)")  # of Tailwind CSS and Bootstrap
# Addresses that count who comes by: the services that most pages use, and what counters are called.
_COUNTER: Final = re.compile(
    r"/(?:matomo|piwik)\.php|[/.]vgwort\.de/|//(?:www\.)?facebook\.com/tr[/?]|//pixel\.|//px\.|//bat\.bing\.com/"
    r"|google-analytics\.com/|//stats\.wp\.com/|//sb\.scorecardresearch\.com/|/(?:beacon|tracking|counter)\.(?:gif|php|cgi)",
    re.IGNORECASE,
)
_PIXEL: Final = 2
_THIN: Final = 10  # pixels; a line of text needs more
_NARROW: Final = 20  # pixels; upright, nothing can be written in it
_STRIP: Final = 4  # times as long as wide


def is_pixel(use: Use) -> bool:
    """Declared at most two pixels wide and high, or one of both: a counter or a spacer."""
    sides = [side for side in (use.width, use.height) if side is not None]
    return bool(sides) and min(sides) <= _PIXEL and (len(sides) == 2 or sides[0] <= 1)


def is_spacer(use: Use) -> bool:
    """The file is called a spacer and nothing else, or it is declared too thin for anything to be seen in it."""
    if is_photograph(use):
        return False
    words = name_words_of(use)
    if head_of_name(use) in _SPACERS or (words & _WEAK_SPACERS and words <= _WEAK_SPACERS | _FILLING):
        return True
    if use.width is None or use.height is None:
        return False
    is_rule = use.height <= _THIN and use.width >= _STRIP * use.height
    is_gutter = use.width <= _NARROW and use.height >= _STRIP * use.width
    is_single = len(stem(file_name(use.address))) == 1  # "x.gif", as newsletters call what fills a row
    return is_rule or is_gutter or (is_single and max(use.width, use.height) >= 10 * min(use.width, use.height))


def is_counter(use: Use) -> bool:
    """Its address is one that counts who comes by."""
    return _COUNTER.search(use.address[:SEEN]) is not None


def is_tile(use: Use) -> bool:
    """One of the squares that a map is made of."""
    return bool(classes_of(use) & _TILE_CLASSES) and _TILE.search(use.address[:SEEN]) is not None


def is_ornament(use: Use) -> bool:
    """A class or the file's name says that it only decorates, or the page puts it behind; no caption says otherwise.

    Of a name the word counts that says what it is: a bullet train is no bullet. "bg-gray" says nothing of the image.
    """
    if use.context.figcaption:
        return False
    if is_behind(use):
        return True
    drawn = not is_photograph(use)
    if heads_of_classes(use) & (_ORNAMENT_CLASSES if drawn else _BACKDROPS):
        return True
    if "bg" in name_words_of(use) or head_of_name(use) in (_BACKDROPS | _ORNAMENTS if drawn else _BACKDROPS):
        return True
    return drawn and bool(holders_of(use) & _DIVIDERS)


def is_drawn_ornament(use: Use) -> bool:
    """A drawing that the page puts behind what stands there, or into a box that divides."""
    return is_behind(use) or bool(holders_of(use) & _DIVIDERS)


def is_behind(use: Use) -> bool:
    """The page's own code puts it behind what stands there: by a z-index, or by the classes that stand for one."""
    element: object = use.element
    for _ in range(2):
        if not isinstance(element, Element):
            break
        style, classes = element.attr("style"), element.attr("class")
        if (style and _BEHIND.search(style)) or (classes and _BEHIND_CLASSES.search(classes)):
            return True
        element = element.parent
    return False
