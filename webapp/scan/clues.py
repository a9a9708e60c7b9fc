"""Clues that a page gives of what an image is: words in file names, classes and captions. Never more than words."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from webapp.scan.beside import has_words, is_all_of_a_cell, is_in_sentence, line_of
from webapp.scan.elements import one_line
from webapp.scan.said import (
    SEEN,
    classes_of,
    folders_of,
    head_of_name,
    holders_of,
    is_photograph,
    name_words_of,
    words_of,
)

if TYPE_CHECKING:
    from webapp.scan.images import Use

_TEXT: Final = frozenset(("logo", "logos", "wordmark", "logotype"))
_WRITING: Final = frozenset(("latex", "equation", "formula", "signature"))  # photographs have these names too
_TEXT_CLASSES: Final = frozenset(("math", "tex", "mathjax", "katex", "mwe"))
# Signs of payment, which are writing: their files are called after them, as their owners' rules ask.
_MARKS: Final = frozenset((
    "visa", "mastercard", "maestro", "paypal", "amex", "klarna", "giropay", "sepa", "unionpay", "applepay", "googlepay",
))  # fmt: skip
_ROWS_OF_MARKS: Final = frozenset((
    "logos", "sponsors", "partners", "clients", "customers", "payments", "payment", "brands", "supporters",
    "accreditations", "certifications", "memberships", "press",
))  # fmt: skip
_HEADING_OF_MARKS: Final = re.compile(
    r"\b(?:sponsors?|partners|clients|customers|supporters|members of|trusted by|supported by|support from|funded by"
    r"|as seen (?:in|on)|featured (?:in|on)|accredited|accreditations|certifications|brands|payment methods|we accept"
    r"|in the press|in the media"
    r"|sponsoren|gefördert|förderer|partner|partenaires|patrocinadores|партн[её]ры|спонсоры)\b",
    re.IGNORECASE,
)
_LARGEST_MARK: Final = 200  # pixels, of the shorter side
_FORMULA: Final = re.compile(r"//latex\.codecogs\.com/|/math/render/|/math(?:ma)?tex\.cgi|/mimetex|/latex\.php", re.I)
_TEX: Final = re.compile(r"\s*\$.*\$\s*|.*\\(?:[a-z]{3,}\s*[{_^\\(\s]|[a-z]{3,}$).*", re.DOTALL)  # as an alt text
# An alt text that calls it a logo: "Mill Museum logo", "Logo of the Mill Museum"; not "A van with our logo".
_CALLED_LOGO: Final = re.compile(
    r"(?:the )?(?:logo(?:type)?\b.{0,80}"
    r"|(?!.*\b(?:a|in|on|with|wearing|holding)\b)(?:[^\s,;:]+ ){1,5}logo(?:type)?)\W?",
    re.IGNORECASE,
)
_BADGE: Final = re.compile(
    r"//img\.shields\.io/|//badge\.fury\.io/|//badgen\.net/|/badge[/.]|/badges/[^?]*\.svg", re.IGNORECASE
)
_PORTRAITS: Final = frozenset(("avatar", "gravatar", "byline", "headshot", "userpic", "profilepic"))
_PORTRAIT_CLASSES: Final = re.compile(
    r"(?:^|\s)(?:rounded-full|rounded-circle|img-circle|u-photo)(?:\s|$)"
)  # round ones
_PORTRAIT_PLACES: Final = re.compile(r"//(?:[a-z]+\.)?gravatar\.com/|/avatars?/", re.IGNORECASE)
_ICONS: Final = frozenset(("icon", "icons", "ico"))
# Icons that say something by themselves, beside whatever words.
_TELLING: Final = frozenset((
    "warning", "alert", "danger", "error", "check", "checkmark", "tick", "cross", "yes", "no", "ok", "new", "star",
    "required", "locked", "sold", "online", "offline", "pdf", "doc", "docx", "xls", "xlsx", "ppt", "pptx", "zip",
))  # fmt: skip
_SMALLEST_PICTURE: Final = 100  # pixels, of either side
_LARGEST_ICON: Final = 32
_LARGEST_DRAWN_ICON: Final = 100  # of a file that is no photograph
_LARGEST_NAMED_ICON: Final = 128
_LARGEST_PORTRAIT: Final = 100  # beside a name; larger ones are pictures of somebody
_SIZE_CLASSES: Final = re.compile(r"(?:^|(?<=\s))(?:h|w|size)-(\d{1,2}(?:\.5)?)(?=\s|$)")
_MOST_SHAPES: Final = 12  # of an icon that is drawn in the page itself
_SHAPES: Final = "path, rect, circle, ellipse, line, polygon, polyline, use"
_DRAWS_MORE: Final = "text, foreignObject, image"


def _sides(use: Use) -> list[float]:
    """The sides that the page declares, or else those that classes of Tailwind CSS stand for: "h-12" is 48 pixels."""
    sides = [side for side in (use.width, use.height) if side is not None]
    if not sides and (said := use.attributes.get("class")) and "-" in said:
        return [4 * float(side) for side in _SIZE_CLASSES.findall(said[:SEEN])]
    return sides


def is_text(use: Use) -> bool:
    """A logo, a badge, a formula, a signature, by a word of its file or its class, or in a row of such marks."""
    address = use.address[:SEEN]
    if words_of(use) & (_TEXT | _MARKS) or classes_of(use) & (_TEXT_CLASSES | _WRITING):
        return True
    if name_words_of(use) & _WRITING and (not is_photograph(use) or head_of_name(use) in _WRITING):
        return True
    if _BADGE.search(address) or _FORMULA.search(address) or (use.alt and _is_called_writing(use.alt[:SEEN])):
        return True
    if not is_photograph(use) and (holders_of(use) | folders_of(use)) & _ROWS_OF_MARKS:
        return True
    sides = _sides(use)
    is_small = bool(sides) and min(sides) <= _LARGEST_MARK
    return is_small and _HEADING_OF_MARKS.search(use.context.heading) is not None and _is_without_words(use)


def _is_called_writing(alt: str) -> bool:
    if "logo" in alt.lower() and _CALLED_LOGO.fullmatch(one_line(alt, SEEN)):
        return True
    return ("$" in alt or "\\" in alt) and _TEX.fullmatch(alt) is not None


def _is_without_words(use: Use) -> bool:
    """Nothing but other images and its heading stands on its line: there it is a mark, and not an icon of a text."""
    return not use.context.figcaption and line_of(use.element).edge in ("", use.context.heading)


def is_captcha(use: Use) -> bool:
    """A puzzle for people, by its file, its class or its address."""
    return "captcha" in words_of(use) or "/captcha/" in use.address[:SEEN]


def is_portrait_beside_name(use: Use) -> bool:
    """A small portrait of whoever the words beside it name."""
    longest = max(_sides(use), default=None)
    if longest is None or longest > _LARGEST_PORTRAIT:
        return False
    is_portrait = (
        (words_of(use) | holders_of(use)) & _PORTRAITS
        or _PORTRAIT_PLACES.search(use.address[:SEEN])
        or _PORTRAIT_CLASSES.search(use.attributes.get("class", ""))
    )
    return bool(is_portrait) and has_words(line_of(use.element).edge)


def is_icon_beside_text(use: Use) -> bool:
    """A small image that opens or closes a short text, or stands over a heading of its own; none that tells more."""
    if not _is_icon_by_look(use) or words_of(use) & _TELLING:
        return False
    if has_words(line_of(use.element).edge):
        return True
    return not is_icon(use) and bool(use.context.own_heading) and not line_of(use.element).is_shared


def is_telling_icon(use: Use) -> bool:
    """A small image that opens or closes a short text and is called something that this text does not say."""
    telling = words_of(use) & _TELLING
    if not telling or not _is_icon_by_look(use):
        return False
    edge = line_of(use.element).edge.lower()
    return bool(edge) and not any(word in edge for word in telling)


def is_icon_before_figures(use: Use) -> bool:
    """A small image beside a number or the like, which it says the meaning of."""
    edge = line_of(use.element).edge if _is_icon_by_look(use) else ""
    return bool(edge) and not has_words(edge)


def is_icon_in_sentence(use: Use) -> bool:
    """A small image in the middle of a sentence, which has a gap without it."""
    return _is_icon_by_look(use) and is_in_sentence(use.element)


def is_all_of_its_cell(use: Use) -> bool:
    """A small image that is all of an item or a cell, where it stands for a word, as a tick does."""
    sides = _sides(use)
    is_small = max(sides) <= 2 * _LARGEST_ICON if sides else use.kind == "svg" and _is_simple(use)
    return is_small and is_all_of_a_cell(use.element)


def is_drawn_icon(use: Use) -> bool:
    """A drawing of a few shapes beside a short text, as icons are that stand in the page itself."""
    sides = _sides(use)
    if (sides and max(sides) > _LARGEST_NAMED_ICON) or words_of(use) & _TELLING:
        return False
    return _is_simple(use) and has_words(line_of(use.element).edge)


def _is_simple(use: Use) -> bool:
    """A drawing of a few shapes without words."""
    return len(use.element.select(_SHAPES)) <= _MOST_SHAPES and use.element.select_one(_DRAWS_MORE) is None


def _is_icon_by_look(use: Use) -> bool:
    """Declared small, or called an icon, or drawn and not large."""
    if is_icon(use):
        return True
    longest = max(_sides(use), default=None)
    if words_of(use) & _ICONS:
        return longest is None or longest <= _LARGEST_NAMED_ICON
    return longest is not None and longest <= _LARGEST_DRAWN_ICON and not is_photograph(use)


def is_picture(use: Use) -> bool:
    """The page treats it as content: a caption, a real size, a choice of files, or a place in the article itself."""
    if use.context.figcaption or len(use.candidates) > 1:
        return True
    sides = _sides(use)
    if sides:
        return min(sides) >= _SMALLEST_PICTURE or max(sides) >= 2 * _SMALLEST_PICTURE
    if use.context.in_main:
        return True
    # Pages without a main element: what stands under a heading and beside text, outside of the page's frame.
    return not use.context.in_edge and bool(use.context.heading) and bool(use.context.after or use.context.before)


def is_icon(use: Use) -> bool:
    """Declared small."""
    sides = _sides(use)
    return bool(sides) and max(sides) <= _LARGEST_ICON
