"""The images of a page that want a text: where their start tags stand, and what addresses they name."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import accumulate, count
from operator import add

import turbohtml
from turbohtml import Document, Element

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
# Until a script puts them into src and srcset.
_LATE = ("data-src", "data-original", "data-lazy-src", "data-lazy")
_LATE_SETS = ("data-srcset", "data-lazy-srcset")
_ALL_LATE = frozenset((*_LATE, *_LATE_SETS))
_FIRST = re.compile(r"[\s,]*(\S+)")


@dataclass(slots=True)
class Gap:
    """An img element without an alt attribute.

    place: in the page's text, just behind the tag's name. addresses: as written, the likeliest first. lang: of the
    words around it. has_lang: the element says its language itself.
    """

    place: int
    addresses: tuple[str, ...]
    lang: str
    has_lang: bool


@dataclass(slots=True)
class Gaps:
    """All of a page. base: the href of its base element."""

    gaps: list[Gap]
    base: str = ""


def find(text: str) -> Gaps:
    """The gaps of a page that are to be filled: never where there is an alt attribute, empty or not.

    Left out is what assistive technology is told to pass over, what the author marked with ``data-alttext-ignore``, and
    what is all that a link or button holds. text: lone surrogates in it stand for bytes that are no text.
    """
    mark = len(text) - len(text.removeprefix("\ufeff"))  # 1 for a byte order mark, which is no part of the page
    clean = text if text.isascii() else _STRAY.sub("\N{REPLACEMENT CHARACTER}", text[mark:])
    document = turbohtml.parse(clean)
    wanted = _wanted(document)
    if not wanted:
        return Gaps([])
    begins = _line_begins(text)
    gaps = []
    for element, addresses in wanted:
        line, column = element.position or (1, 0)
        tag = _TAG.match(text, begins[line - 1] + column + (mark if line == 1 else 0))
        if tag is not None:  # always, unless parser and page disagree where that is: then the image stays as it is
            speaking = element.closest("[lang]")
            lang = (speaking.attr("lang") or "") if speaking is not None else ""
            gaps.append(Gap(tag.end(), addresses, lang, speaking == element))
    base = document.select_one("base[href]")
    return Gaps(gaps, (base.attr("href") or "") if base is not None else "")


def _wanted(document: Document) -> list[tuple[Element, tuple[str, ...]]]:
    texts: dict[Element, bool] = {}
    wanted = []
    for element in document.select("img:not([alt])"):
        said = element.attrs.copy()
        if "role" in said and _said(said, "role").lower().split()[:1] in (["none"], ["presentation"]):
            continue
        if element.closest(_SILENT) is not None:
            continue
        holder = element.closest(_NAMED)
        if holder is not None:
            if holder not in texts:
                texts[holder] = bool(holder.text.strip()) and holder.select_one(_UNREAD) is None
            if not texts[holder]:
                continue
        if addresses := _addresses(said):
            wanted.append((element, addresses))
    return wanted


def _addresses(said: Attributes) -> tuple[str, ...]:
    source = said.get("src")
    if "srcset" not in said and _ALL_LATE.isdisjoint(said):  # nearly always
        return (source,) if isinstance(source, str) and source and source[:5].lower() != "data:" else ()
    found: list[str] = []
    if not _ALL_LATE.isdisjoint(said):
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
        ends = accumulate(map(len, text.split("\n")), initial=0)
        return list(map(add, ends, count()))  # each line has one more character, which ends it
    return [0, *(match.end() for match in _BREAK.finditer(text))]
