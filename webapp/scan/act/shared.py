"""Terms that several ACT rules share: what is told, what is seen, what is there at all."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from turbohtml import Element, Namespace

from webapp.scan import candidates
from webapp.scan.aria import PRESENTATIONAL, semantic_role
from webapp.scan.elements import attributes_of
from webapp.scan.urls import resolved

if TYPE_CHECKING:
    from collections.abc import Iterator

    from webapp.scan.collect import Reader
    from webapp.scan.srcset import Candidate

_DRAWN: Final = "circle, ellipse, image, line, path, polygon, polyline, rect, text, use, foreignObject"


def elements(reader: Reader, selector: str) -> Iterator[tuple[Element, dict[str, str]]]:
    """Elements of the page that are no part of a template, with their attributes."""
    for element in reader.page.document.select(selector):
        if not reader.around.of(element).template:
            yield element, attributes_of(element)


def is_html(element: Element) -> bool:
    """Whether it is an element of HTML, not of SVG or MathML."""
    return element.namespace is Namespace.HTML


def is_programmatically_hidden(reader: Reader, element: Element) -> bool:
    """Neither seen nor told, or told to nobody."""
    around = reader.around.of(element)
    return bool(around.hidden or around.aria_hidden)


def is_included(reader: Reader, element: Element, attributes: dict[str, str]) -> bool:
    """Whether it is included in the accessibility tree."""
    role = semantic_role(element, attributes)
    return not is_programmatically_hidden(reader, element) and role not in PRESENTATIONAL


def is_visible(reader: Reader, element: Element, attributes: dict[str, str]) -> bool:
    """Whether it has pixels that can be seen, as far as the page's own code tells. Of a canvas only scripts know."""
    around = reader.around.of(element)
    if around.hidden or around.unseen or reader.around.parent_of(element).svg is not None:
        return False
    for name in ("width", "height"):
        said = reader.styles.get(element, attributes.get("style"), name) or attributes.get(name, "")
        if said.strip().removesuffix("px") == "0":
            return False
    if element.tag == "canvas":
        return reader.page.document.select_one("script") is not None
    return element.tag != "svg" or element.select_one(_DRAWN) is not None


def is_in_named(reader: Reader, element: Element) -> bool:
    """Whether an element around it is named by its author, so that nothing inside of it is read."""
    return reader.around.parent_of(element).named_by_author is not None


def files_of(reader: Reader, element: Element, attributes: dict[str, str]) -> tuple[Candidate, ...]:
    """The image sources of an img or input. What scripts load later is none of them yet."""
    picture = reader.around.of(element).picture if element.tag == "img" else None
    found = candidates.of_image(attributes, picture, reader.base)
    return tuple(one for one in found if not one.via.startswith("data-"))


def is_broken(reader: Reader, attributes: dict[str, str]) -> bool:
    """Whether an img's file is known to be missing. What is not known counts as there."""
    source = attributes.get("src", "").strip()
    if not source:
        return "srcset" not in attributes
    exists = reader.page.exists
    return exists is not None and exists(resolved(source, reader.base)) is False


def is_tiny(attributes: dict[str, str]) -> bool:
    """Declared at most two pixels wide and high: nothing can be said with so few."""
    return all(attributes.get(name, "").strip() in ("0", "1", "2") for name in ("width", "height"))


def is_all_of_a_nameless_link(reader: Reader, element: Element) -> bool:
    """Whether a link or button that takes the focus has nothing but this image, and so no name: it has a function."""
    around = reader.around.parent_of(element)
    holder = around.link if around.link is not None else around.button
    if holder is None or is_programmatically_hidden(reader, holder):
        return False
    return not reader.names.text_of(holder) and not (holder.attr("title") or "").strip()
