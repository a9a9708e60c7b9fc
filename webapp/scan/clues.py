"""Clues that a page gives of what an image is: words in file names, classes and captions. Never more than words."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from turbohtml import Element

from webapp.scan.beside import is_at_edge_of_text
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
_TEXT_CLASSES: Final = frozenset(("math", "tex", "mathjax", "katex", "mwe"))
# Signs of payment, which are writing: their files are called after them, as their owners' rules ask.
_MARKS: Final = frozenset((
    "visa", "mastercard", "maestro", "paypal", "amex", "klarna", "giropay", "sepa", "unionpay", "applepay", "googlepay",
))  # fmt: skip
_ROWS_OF_MARKS: Final = frozenset(("logos", "sponsors", "partners", "clients", "customers", "payments", "payment"))
_FORMULA: Final = re.compile(r"//latex\.codecogs\.com/|/math/render/|/math(?:ma)?tex\.cgi|/mimetex", re.IGNORECASE)
_BADGE: Final = re.compile(r"//img\.shields\.io/|//badge\.fury\.io/|//badgen\.net/|/badges?[/.]", re.IGNORECASE)
# Boxes that scripts and generators of diagrams make.
_DRAWN: Final = frozenset((
    "mermaid", "graphviz", "plantuml", "inheritance", "highcharts", "apexcharts", "echarts", "chartjs", "flowchart",
))  # fmt: skip
_MAP: Final = re.compile(r"[/.]static-?maps?[./?]|//api\.mapbox\.com/styles/", re.IGNORECASE)
_TILE: Final = re.compile(r"/\d{1,2}/\d{1,8}/\d{1,8}(?:@2x)?\.(?:png|jpe?g|webp)(?:\?|$)", re.IGNORECASE)
_TILE_CLASSES: Final = frozenset(("tile", "leaflet"))
# What only decorates: said by a class, or by the name of a file that is no photograph.
_BACKDROPS: Final = frozenset(("bg", "background", "backdrop", "pattern", "texture"))
_ORNAMENTS: Final = frozenset((
    "ornament", "flourish", "swoosh", "bullet", "corner", "spinner", "loader", "preloader", "divider", "separator",
))  # fmt: skip
# Addresses that count who comes by: the services that most pages use, and what counters are called.
_COUNTER: Final = re.compile(
    r"/(?:matomo|piwik)\.php|[/.]vgwort\.de/|//(?:www\.)?facebook\.com/tr[/?]|//pixel\.|//px\.|//bat\.bing\.com/"
    r"|google-analytics\.com/|//stats\.wp\.com/|//sb\.scorecardresearch\.com/|/(?:beacon|tracking|counter)\.(?:gif|php|cgi)",
    re.IGNORECASE,
)
_PORTRAITS: Final = frozenset(("avatar", "gravatar", "byline", "headshot", "userpic", "profilepic"))
_ICONS: Final = frozenset(("icon", "icons", "ico"))
# Icons that say something by themselves, beside whatever words.
_TELLING: Final = frozenset((
    "warning", "alert", "danger", "error", "check", "checkmark", "tick", "cross", "yes", "no", "ok", "new", "star",
    "required", "locked", "sold", "online", "offline",
))  # fmt: skip
_CAPTION: Final = re.compile(
    r"(?:fig(?:ure|\.)?\s*[\d.]*\s*[:.]?\s*)?(?:an?|the)?\s*(?:[\w-]+\s+){0,2}"
    r"(chart|graph|diagram|infographic|flow ?chart|histogram|map|timeline|floor plan|plot|schematic)\b",
    re.IGNORECASE,
)
_SMALLEST_PICTURE: Final = 100  # pixels, of either side
_LARGEST_ICON: Final = 32
_LARGEST_NAMED_ICON: Final = 128
_LARGEST_PORTRAIT: Final = 100  # beside a name; larger ones are pictures of somebody
_HOLDERS: Final = 3  # elements around an image whose classes are looked at
_PIXEL: Final = 2
_SEEN: Final = 500  # characters of an address
_PHOTOGRAPHS: Final = (".jpg", ".jpeg", ".jpe", ".jfif", ".heic", ".heif", ".avif")


def words_of(use: Use) -> frozenset[str]:
    """The words of the file's name and of the element's classes and id."""
    if use.words is None:
        attributes = use.attributes
        said = f"{stem(file_name(use.address))} {attributes.get('class', '')} {attributes.get('id', '')}"
        use.words = tokens(said)
    return use.words


def _classes_of(use: Use) -> frozenset[str]:
    return tokens(f"{use.attributes.get('class', '')} {use.attributes.get('id', '')}")


def _holders_of(use: Use) -> frozenset[str]:
    """The words of the classes of the few elements around it."""
    if use.holders is None:
        found: list[str] = []
        holder = use.element.parent
        for _ in range(_HOLDERS):
            if not isinstance(holder, Element):
                break
            found.append(holder.attr("class") or "")
            holder = holder.parent
        use.holders = tokens(" ".join(found))
    return use.holders


def _folder_of(use: Use) -> frozenset[str]:
    """The words of the folder that its file lies in."""
    if use.address[:5].lower() == "data:":
        return frozenset()
    parts = use.address[:_SEEN].partition("?")[0].rsplit("/", 2)
    return tokens(parts[1]) if len(parts) == 3 else frozenset()


def _longest_side(use: Use) -> float | None:
    return max((side for side in (use.width, use.height) if side is not None), default=None)


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
    if _MAP.search(use.address[:_SEEN]) or (not is_icon(use) and (words | _holders_of(use)) & _DRAWN):
        return True
    return bool(use.context.figcaption) and _CAPTION.match(use.context.figcaption) is not None


def is_text(use: Use) -> bool:
    """A logo, a badge, a formula, a signature, by a word of its file or its class, or in a row of such marks."""
    address = use.address[:_SEEN]
    if words_of(use) & (_TEXT | _MARKS) or _classes_of(use) & _TEXT_CLASSES:
        return True
    if _BADGE.search(address) or _FORMULA.search(address):
        return True
    return not is_photograph(use) and bool((_holders_of(use) | _folder_of(use)) & _ROWS_OF_MARKS)


def is_captcha(use: Use) -> bool:
    """A puzzle for people, by its file, its class or its address."""
    return "captcha" in words_of(use) or "/captcha/" in use.address[:_SEEN]


def is_counter(use: Use) -> bool:
    """Its address is one that counts who comes by."""
    return _COUNTER.search(use.address[:_SEEN]) is not None


def is_tile(use: Use) -> bool:
    """One of the squares that a map is made of."""
    return bool(_classes_of(use) & _TILE_CLASSES) and _TILE.search(use.address[:_SEEN]) is not None


def is_ornament(use: Use) -> bool:
    """A class or the file's name says that it only decorates, and no caption says otherwise."""
    if use.context.figcaption:
        return False
    classes = _classes_of(use)
    if classes & (_BACKDROPS | _ORNAMENTS):
        return True
    return bool(words_of(use) & (_BACKDROPS if is_photograph(use) else _BACKDROPS | _ORNAMENTS))


def is_portrait_beside_name(use: Use) -> bool:
    """A small portrait of whoever the words beside it name."""
    longest = _longest_side(use)
    is_small = longest is not None and longest <= _LARGEST_PORTRAIT
    return is_small and bool((words_of(use) | _holders_of(use)) & _PORTRAITS) and is_at_edge_of_text(use.element)


def is_icon_beside_text(use: Use) -> bool:
    """A small image that opens or closes a short text, or stands over a heading of its own; none that tells more."""
    words = words_of(use)
    longest = _longest_side(use)
    is_named = bool(words & _ICONS) and (longest is None or longest <= _LARGEST_NAMED_ICON)
    if not (is_named or is_icon(use)) or words & _TELLING:
        return False
    return is_at_edge_of_text(use.element) or (is_named and bool(use.context.own_heading))


def is_picture(use: Use) -> bool:
    """The page treats it as content: a caption, a real size, a choice of files, or a place in the article itself."""
    if use.context.figcaption or len(use.candidates) > 1:
        return True
    sides = [side for side in (use.width, use.height) if side is not None]
    if sides:
        return min(sides) >= _SMALLEST_PICTURE or max(sides) >= 2 * _SMALLEST_PICTURE
    if use.context.in_main:
        return True
    # Pages without a main element: what stands under a heading and beside text, outside of the page's frame.
    return not use.context.in_edge and bool(use.context.heading) and bool(use.context.after or use.context.before)


def is_photograph(use: Use) -> bool:
    """A file that is called as photographs are. It need not be one, but who draws a divider keeps it otherwise."""
    beginning = use.address[:12].lower()
    return file_name(use.address).lower().endswith(_PHOTOGRAPHS) or beginning.startswith("data:image/j")


def is_icon(use: Use) -> bool:
    """Declared small."""
    sides = [side for side in (use.width, use.height) if side is not None]
    return bool(sides) and max(sides) <= _LARGEST_ICON
