"""The images of a page that want a text: where their start tags stand, and what addresses they name."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

import turbohtml
from turbohtml import Document, Element

from alttext.spelling import normalised

Attributes = Mapping[str, str | list[str] | None]

_TAG = re.compile(r"<im(?:g|age)(?=[\s/>])", re.IGNORECASE)
_STRAY = re.compile("[\ud800-\udfff]")
_BREAK = re.compile(r"\r\n?|\n")
_SILENT = '[aria-hidden="true" i], [data-alttext-ignore]'
# What a picture alone in it would have to name: where it leads or what it does, which no picture's text says.
_NAMED = (
    'a[href], button, summary, [role="link" i], [role="button" i], [role="tab" i], [role="option" i], '
    '[role^="menuitem" i], [role="checkbox" i], [role="switch" i], [role="radio" i]'
)
# Text of these is not read, or may not be: then the picture may be all that is.
_UNREAD = "[hidden], [aria-hidden], script, style, template, noscript, svg, textarea, select"
_NO_ROLE = (["none"], ["presentation"])
# Until a script puts them into src and srcset.
_LATE = ("data-src", "data-original", "data-lazy-src", "data-lazy")
_LATE_SETS = ("data-srcset", "data-lazy-srcset")
# Images that name more than one address.
_SEVERAL = ", ".join(f"img[{name}]" for name in ("srcset", *_LATE, *_LATE_SETS))
# What could be spelt in several ways, in addresses one below the other.
_ODD = re.compile(r"[^A-Za-z0-9_~/.?=&\n-]")
_FIRST = re.compile(r"[\s,]*(\S+)")


@dataclass(slots=True)
class Gap:
    """An img element without an alt attribute.

    place: in the page's text, just behind the tag's name. addresses: as written, the likeliest first. lang: of the
    words around it. has_lang: the element says its language itself. alone: it is all that a link or button holds.
    number: of all the images on the page, from 0.
    """

    place: int
    addresses: tuple[str, ...]
    lang: str
    has_lang: bool
    alone: bool
    number: int


@dataclass(slots=True)
class Gaps:
    """All of a page. base: the href of its base element. images: the likeliest address of each image, as written, with
    an alt attribute or without, and whether it is in a noscript element.
    """

    gaps: list[Gap]
    base: str = ""
    images: Sequence[tuple[str, bool]] = ()

    def positions(self, base: str) -> list[int]:
        """Of each image: which of those with its address it is, from 1, however the page spells it.

        Those in noscript elements count for themselves: they stand in for the same image beside them.
        """
        origin = normalised("/", base).removesuffix("/")
        lines = "\n".join([written for written, _ in self.images]) + "\n"
        are_plain = _ODD.search(lines) is None and "?\n" not in lines  # often, and spelling takes long
        counted: dict[str, int] = {}
        found = []
        for written, noscript in self.images:
            is_path = are_plain and written[:1] == "/" != written[1:2] and "/." not in written
            address = origin + written if is_path else _spelt(written, base)
            if noscript:
                address = f"noscript {address}"
            counted[address] = position = counted.get(address, 0) + 1
            found.append(position)
        return found


@lru_cache(maxsize=4096)
def _spelt(written: str, base: str) -> str:
    return normalised(written, base) or written


def find(text: str) -> Gaps:
    """The gaps of a page that are to be filled: never where there is an alt attribute, empty or not.

    Left out is what assistive technology is told to pass over, and what the author marked with ``data-alttext-ignore``.
    text: lone surrogates in it stand for bytes that are no text.
    """
    mark = len(text) - len(text.removeprefix("\ufeff"))  # 1 for a byte order mark, which is no part of the page
    clean = text if text.isascii() else _STRAY.sub("\N{REPLACEMENT CHARACTER}", text[mark:])
    document = turbohtml.parse(clean)
    wanted, images = _wanted(document)
    if not wanted:
        return Gaps([])
    begins = _line_begins(text)
    gaps = []
    for element, addresses, alone, number in wanted:
        line, column = element.position or (1, 0)
        tag = _TAG.match(text, begins[line - 1] + column + (mark if line == 1 else 0))
        if tag is not None:  # always, unless parser and page disagree where that is: then the image stays as it is
            speaking = element.closest("[lang]")
            lang = (speaking.attr("lang") or "") if speaking is not None else ""
            gaps.append(Gap(tag.end(), addresses, lang, speaking == element, alone, number))
    base = document.select_one("base[href]")
    return Gaps(gaps, (base.attr("href") or "") if base is not None else "", images)


def _wanted(document: Document) -> tuple[list[tuple[Element, tuple[str, ...], bool, int]], list[tuple[str, bool]]]:
    """([element, its addresses, whether it is all that a link or button holds, its number], all images)."""
    elements = document.select("img")
    is_plain = document.select_one(_SEVERAL) is None  # nearly always
    texts: dict[Element, bool] = {}
    wanted = []
    for number, element in enumerate(elements):
        said = element.attrs
        if "alt" in said or ("role" in said and _said(said, "role").lower().split()[:1] in _NO_ROLE):
            continue
        addresses = _of_source(element) if is_plain else _addresses(said)
        if not addresses or element.closest(_SILENT) is not None:
            continue
        holder = element.closest(_NAMED)
        if holder is not None and holder not in texts:
            texts[holder] = bool(holder.text.strip()) and holder.select_one(_UNREAD) is None
        wanted.append((element, addresses, holder is not None and not texts[holder], number))
    return wanted, _images(elements, document, is_plain=is_plain)


def _images(elements: Sequence[Element], document: Document, *, is_plain: bool) -> list[tuple[str, bool]]:
    if is_plain and document.select_one("noscript img") is None:
        return [(element.attr("src") or "", False) for element in elements]
    found = []
    for element in elements:
        addresses = _addresses(element.attrs)
        found.append((addresses[0] if addresses else "", element.closest("noscript") is not None))
    return found


def _of_source(element: Element) -> tuple[str, ...]:
    source = element.attr("src")
    return (source,) if source and source[:5].lower() != "data:" else ()


def _addresses(said: Attributes) -> tuple[str, ...]:
    found = [_said(said, name) for name in _LATE] + [_first(_said(said, name)) for name in _LATE_SETS]
    if not any(found):
        found = [_said(said, "src"), _first(_said(said, "srcset"))]
    return tuple(one for one in found if one and one[:5].lower() != "data:")


def _said(said: Attributes, name: str) -> str:
    value = said.get(name)
    return value if isinstance(value, str) else ""


def _first(candidates: str) -> str:
    match = _FIRST.match(candidates) if candidates else None
    return match[1].rstrip(",") if match else ""


def _line_begins(text: str) -> list[int]:
    """Where each line begins, as the parser counts them."""
    if "\r" not in text or text.count("\r") == text.count("\r\n"):
        begins, find = [0], text.find
        while (end := find("\n", begins[-1])) >= 0:
            begins.append(end + 1)
        return begins
    return [0, *(match.end() for match in _BREAK.finditer(text))]
