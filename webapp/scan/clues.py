"""Clues that a page gives of what an image is: words in file names, classes and captions. Never more than words."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from webapp.scan.urls import file_name, stem, tokens

if TYPE_CHECKING:
    from webapp.scan.images import Use

_SPACERS: Final = frozenset((
    "spacer", "pixel", "blank", "transparent", "clear", "clearpixel", "cleardot", "shim", "divider", "separator", "hr",
    "trans",
))  # fmt: skip
_COMPLEX: Final = frozenset((
    "chart", "charts", "graph", "diagram", "diagrams", "infographic", "flowchart", "histogram", "piechart", "barchart",
    "schematic", "floorplan", "organigram", "timeline", "heatmap", "scatterplot", "boxplot", "map", "sitemap",
))  # fmt: skip
_NOT_COMPLEX: Final = frozenset(("icon", "icons", "marker", "pin", "logo", "button", "btn", "thumb"))
_TEXT: Final = frozenset(("logo", "logos", "wordmark", "logotype", "latex", "equation", "formula", "signature"))
_CAPTION: Final = re.compile(
    r"(?:fig(?:ure|\.)?\s*[\d.]*\s*[:.]?\s*)?(?:an?|the)?\s*(?:[\w-]+\s+){0,2}"
    r"(chart|graph|diagram|infographic|flow ?chart|histogram|map|timeline|floor plan|plot|schematic)\b",
    re.IGNORECASE,
)
_SMALLEST_PICTURE: Final = 100  # pixels, of either side
_LARGEST_ICON: Final = 32
_PIXEL: Final = 2
_PHOTOGRAPHS: Final = (".jpg", ".jpeg", ".jpe", ".jfif", ".heic", ".heif", ".avif")


def words_of(use: Use) -> frozenset[str]:
    """The words of the file's name and of the element's classes and id."""
    if use.words is None:
        attributes = use.attributes
        said = f"{stem(file_name(use.address))} {attributes.get('class', '')} {attributes.get('id', '')}"
        use.words = tokens(said)
    return use.words


def is_pixel(use: Use) -> bool:
    """Declared at most two pixels wide and high, or one of both: a counter or a spacer."""
    sides = [side for side in (use.width, use.height) if side is not None]
    return bool(sides) and min(sides) <= _PIXEL and (len(sides) == 2 or sides[0] <= 1)


def is_spacer(use: Use) -> bool:
    """The file is called a spacer, and nothing else."""
    words = tokens(stem(file_name(use.address)))
    return (bool(words & _SPACERS) and len(words - {"gif", "img", "image", "x"}) <= 2) or words == {"1x1"}


def is_complex(use: Use) -> bool:
    """A chart, diagram or map, by a word of its file, its class or the beginning of its caption, or by a longdesc."""
    attributes = use.attributes
    if attributes.get("longdesc") or attributes.get("usemap"):
        return True
    words = words_of(use)
    if words & _COMPLEX and not words & _NOT_COMPLEX:
        return True
    return bool(use.context.figcaption) and _CAPTION.match(use.context.figcaption) is not None


def is_text(use: Use) -> bool:
    """A logo, a formula, a signature, by a word of its file or its class."""
    return bool(words_of(use) & _TEXT)


def is_picture(use: Use) -> bool:
    """The page treats it as content: a caption, a real size, a choice of files, or a place in the article itself."""
    if use.context.figcaption or len(use.candidates) > 1:
        return True
    sides = [side for side in (use.width, use.height) if side is not None]
    if sides:
        return min(sides) >= _SMALLEST_PICTURE or max(sides) >= 2 * _SMALLEST_PICTURE
    return use.context.in_main


def is_photograph(use: Use) -> bool:
    """A file that is called as photographs are. It need not be one, but who draws a divider keeps it otherwise."""
    beginning = use.address[:12].lower()
    return file_name(use.address).lower().endswith(_PHOTOGRAPHS) or beginning.startswith("data:image/j")


def is_icon(use: Use) -> bool:
    """Declared small."""
    sides = [side for side in (use.width, use.height) if side is not None]
    return bool(sides) and max(sides) <= _LARGEST_ICON
