"""Collects the images of a page: each image once, each use with its context."""

from __future__ import annotations

from bisect import bisect_left
from typing import TYPE_CHECKING, Final, cast
from zlib import crc32

from turbohtml import Element, Namespace

from webapp.scan import backgrounds, candidates, lazy, scripted
from webapp.scan.aria import GRAPHICS, PRESENTATIONAL, explicit_role, semantic_role
from webapp.scan.context import Contexts
from webapp.scan.elements import attributes_of, one_line
from webapp.scan.errors import TooManyImages
from webapp.scan.groups import mark_groups
from webapp.scan.images import Collection, Image, Kind, Use
from webapp.scan.names import Names
from webapp.scan.noscript import join_twins
from webapp.scan.srcset import Candidate
from webapp.scan.styles import Styles
from webapp.scan.surroundings import HEADINGS, Around
from webapp.scan.urls import normalised, resolved

if TYPE_CHECKING:
    from turbohtml import Document

    from webapp.scan.page import Page
    from webapp.scan.surroundings import Surroundings

MOST_IMAGES: Final = 20_000  # of one page
_LONGEST_BASE: Final = 2000  # characters
_TAGS: Final = ("img", "input", "area", "svg", "object", "embed", "video")
_HEADINGS: Final = ", ".join(sorted(HEADINGS))
_NOWHERE: Final = (1, 0)
_NOTE_SHEETS = "Style sheets outside the page are not read: what they hide, size or draw is not known."
_NOTE_MISFIT = (
    "Some of its characters do not fit the charset that it is said to have ({charset}), and cannot be read. "
    "Have its server or its source name the real one."
)
_NOTE_GUESSED = (
    "It does not say its charset, so it was read as {charset}, as browsers do. If words look garbled, have it name the "
    "real one."
)
_NOTE_RULES = "The page's style elements have more rules than are read: some of what they hide is not known."


class Reader:
    """What is worked out once for a page, for collecting and for the rules of the standards."""

    def __init__(self, page: Page) -> None:
        document = page.document
        self.page = page
        self.styles = Styles(document, len(page.text))
        self.around = Around(self.styles)
        self.names = Names(document, self.around)
        self.base = _base(page)


def collect(page: Page, reader: Reader | None = None) -> Collection:
    """Every image of the page.

    Raises:
        TooManyImages: more than MOST_IMAGES.
    """
    reader = reader or Reader(page)
    document = page.document
    title = document.select_one("title")
    root = document.root
    contexts = Contexts(reader.around, reader.names, reader.base)
    collection = Collection(
        title=one_line(title.text) if title is not None else "",
        lang=(root.attr("lang") or "").strip() if root is not None else "",
        base=reader.base,
        images=[],
        uses=[],
        site_name=_site_name(page),
    )
    headings = _Headings(document)
    numbers: dict[str, int] = {}
    for element, kind, attributes in _elements(document):
        page.check_budget()
        around = reader.around.of(element)
        if around.template or (kind != "svg" and around.svg is not None):
            continue
        number = numbers[kind] = numbers.get(kind, 0) + 1
        use = _use(reader, contexts, element, attributes, kind, around, headings.above(element), number)
        use.order = len(collection.uses)
        collection.uses.append(use)
    _same_places(reader, collection)
    backgrounds.add(reader, contexts, collection, MOST_IMAGES)
    join_twins(collection)
    mark_groups(collection)
    collection.images = _joined(collection.uses)
    collection.needs_scripts = scripted.is_built_by_scripts(document, collection)
    if collection.needs_scripts:
        collection.notes.append(scripted.NOTE)
    collection.notes += _of_charset(page)
    if reader.styles.other_sheets:
        collection.notes.append(_NOTE_SHEETS)
    if not reader.styles.complete:
        collection.notes.append(_NOTE_RULES)
    return collection


def _base(page: Page) -> str:
    found = page.document.select_one("base[href]")
    base = resolved(found.attr("href") or "", page.address) if found is not None else page.address
    return base if len(base) <= _LONGEST_BASE else page.address  # it stands in every address of the page


def _site_name(page: Page) -> str:
    found = page.document.select_one('meta[property="og:site_name"], meta[name="application-name"]')
    return one_line(found.attr("content") or "", 100) if found is not None else ""


def _of_charset(page: Page) -> list[str]:
    """What is to be said where a page's bytes and its charset do not fit together, or nobody names one."""
    decoded = page.source.decoded
    if not page.source.is_bytes or decoded.text.isascii():
        return []
    if decoded.text is not decoded.raw and "\N{REPLACEMENT CHARACTER}" in decoded.text:
        return [_NOTE_MISFIT.format(charset=decoded.charset)]
    return [] if decoded.certain else [_NOTE_GUESSED.format(charset=decoded.charset)]


class _Headings:
    """The headings of a page, by their place in the source."""

    def __init__(self, document: Document) -> None:
        self._elements = document.select(_HEADINGS)
        self._places = [_place(one) for one in self._elements]
        if self._places != sorted(self._places):  # broken markup: the tree has another order than the source
            self._elements.sort(key=_place)
            self._places.sort()

    def above(self, element: Element) -> Element | None:
        """The nearest one that begins before the element."""
        at = bisect_left(self._places, _place(element))
        return self._elements[at - 1] if at else None


def _place(element: Element) -> tuple[int, int]:
    """Where the element begins in the source."""
    return element.position or _NOWHERE


def _elements(document: Document) -> list[tuple[Element, Kind, dict[str, str]]]:
    """Every element that shows an image, in the order of the source. One select a tag is faster than one for all."""
    found: list[tuple[Element, Kind, dict[str, str]]] = []
    known: set[Element] = set()
    for tag in _TAGS:
        for element in document.select(tag):
            attributes = attributes_of(element)
            kind = _kind(element, tag, attributes)
            if kind is not None:
                found.append((element, kind, attributes))
                known.add(element)
            if len(found) > MOST_IMAGES:
                raise TooManyImages(f"The page has more than {MOST_IMAGES:,} images. Scan its parts one by one.")
    for element in document.select("[role]"):
        role = explicit_role(element.attr("role") or "")
        if role in GRAPHICS and element not in known:
            if element.namespace is Namespace.SVG:  # a part of a drawing that is an image of its own
                found.append((element, "svg", attributes_of(element)))
            elif role in ("img", "image"):
                found.append((element, "role-img", attributes_of(element)))
    found.sort(key=lambda one: _place(one[0]))
    return found


def _kind(element: Element, tag: str, attributes: dict[str, str]) -> Kind | None:
    if tag == "img" or (tag == "area" and element.namespace is Namespace.HTML):
        return cast("Kind", tag)
    if tag == "input":
        return "input" if attributes.get("type", "").lower() == "image" else None
    if tag == "svg":  # a drawing inside a drawing belongs to the outer one
        parent = element.parent
        return None if isinstance(parent, Element) and parent.namespace is Namespace.SVG else "svg"
    if tag == "object":
        return "object" if attributes.get("data", "").strip() else None
    if tag == "embed":
        return "embed" if attributes.get("src", "").strip() else None
    return "poster" if attributes.get("poster", "").strip() else None


def _use(
    reader: Reader, contexts: Contexts, element: Element, attributes: dict[str, str], kind: Kind,
    around: Surroundings, heading: Element | None, number: int,
) -> Use:  # fmt: skip
    base = reader.base
    if kind in ("img", "input"):
        files = candidates.of_image(attributes, around.picture if kind == "img" else None, base)
        address = candidates.looked_at(files, attributes.get("sizes", ""))
    else:
        source = {"object": "data", "embed": "src", "poster": "poster"}.get(kind, "")
        address = resolved(attributes.get(source, ""), base) if source else ""
        files = (Candidate(address, source),) if address else ()
    role = semantic_role(element, attributes)
    line, column = _place(element)
    return Use(
        key=key_of(kind, number, attributes),
        kind=kind,
        element=element,
        attributes=attributes,
        address=address,
        candidates=files,
        context=contexts.of(element, around, heading),
        alt=attributes.get("alt"),
        title=attributes.get("title", "").strip(),
        name=reader.names.of(element, attributes),
        role=role,
        exposed=not (around.hidden or around.aria_hidden) and role not in PRESENTATIONAL,
        hidden=around.hidden,
        aria_hidden=around.aria_hidden,
        unseen=around.unseen,
        width=_length(reader, element, attributes, "width"),
        height=_length(reader, element, attributes, "height"),
        line=line,
        column=column + 1,
        lazy=lazy.is_lazy(attributes),
        noscript=around.noscript is not None,
    )


def key_of(kind: str, number: int, attributes: dict[str, str]) -> str:
    """The key of the n-th image of its kind. It changes with the image's address, so that it fits no changed page."""
    source = attributes.get("src") or attributes.get("data-src") or attributes.get("href") or attributes.get("data", "")
    return f"{kind}-{number}-{crc32(source.encode('utf-8', 'replace')):08x}"


def _length(reader: Reader, element: Element, attributes: dict[str, str], name: str) -> float | None:
    """Pixels that the page declares, by the style if it says so, else by the attribute."""
    style = attributes.get("style")
    said = reader.styles.get(element, style, name) if style or reader.styles.says_of(element) else ""
    if not said and name not in attributes:
        return None
    for text in (said.removesuffix("px"), attributes.get(name, "").strip().removesuffix("px")):
        if text and text.replace(".", "", 1).isdigit() and text.isascii() and len(text) < 12:
            return float(text)
    return None


def _same_places(reader: Reader, collection: Collection) -> None:
    """What other links that lead to the same place are called: a card's picture often stands beside its headline."""
    wanted: dict[str, list[Use]] = {}
    for use in collection.uses:
        link = reader.around.of(use.element).link if use.is_sole else None
        holder = link if link is not None else use.element if use.kind == "area" else None
        if holder is not None and (address := holder.attr("href")) and address != "#":
            wanted.setdefault(address, []).append(use)
    if not wanted:
        return
    for link in reader.page.document.select("a"):
        address = link.attr("href")
        if address in wanted and (text := one_line(link.text, 120)):
            for use in wanted.pop(address):
                use.context.same_place = text


def _joined(uses: list[Use]) -> list[Image]:
    images: dict[str, Image] = {}
    for use in uses:
        place = normalised(use.address) if use.address else use.key
        if place in images:
            images[place].uses.append(use)
        else:
            images[place] = Image(use.address, [use])
    return list(images.values())
