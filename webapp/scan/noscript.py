"""Twins: an image that scripts load later, and the same image again in a noscript element beside it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from turbohtml import Element

from webapp.scan.lazy import is_placeholder
from webapp.scan.urls import normalised

if TYPE_CHECKING:
    from webapp.scan.images import Collection, Use


def join_twins(collection: Collection) -> None:
    """Make one use of an image and its twin; an image that stands in a noscript element alone stays a use of its own.

    They are twins if they name the same file and stand in the same parent, or if they stand side by side and the first
    has no file of its own yet.
    """
    inside = [use for use in collection.uses if use.noscript and use.kind == "img"]
    if not inside:
        return
    by_file: dict[tuple[Element, str], Use] = {}
    by_element: dict[Element, Use] = {}
    for use in collection.uses:
        parent = use.element.parent
        if use.kind == "img" and not use.noscript and isinstance(parent, Element):
            by_element[use.element] = use
            for one in use.candidates:
                by_file.setdefault((parent, normalised(one.address)), use)
    gone = set()
    for twin in inside:
        noscript = twin.element.closest("noscript")
        parent = noscript.parent if noscript is not None else None
        if noscript is None or not isinstance(parent, Element):
            continue
        files = (by_file.get((parent, normalised(one.address))) for one in twin.candidates)
        mate = next(filter(None, files), None) or _beside(noscript, by_element)
        if mate is not None:
            mate.twins.append(twin.element)
            if is_placeholder(mate.address):
                mate.address = twin.address
            mate.candidates += tuple(one for one in twin.candidates if one not in mate.candidates)
            gone.add(twin.key)
    collection.uses[:] = [use for use in collection.uses if use.key not in gone]
    for order, use in enumerate(collection.uses):
        use.order = order


def _beside(noscript: Element, by_element: dict[Element, Use]) -> Use | None:
    """The image before or after the noscript element, if it waits for its file."""
    for before in (True, False):
        element = _element_beside(noscript, before)
        use = by_element.get(element) if element is not None else None
        if use is not None and (use.lazy or is_placeholder(use.address)):
            return use
    return None


def _element_beside(element: Element, before: bool) -> Element | None:
    node = element.previous_sibling if before else element.next_sibling
    while node is not None and not isinstance(node, Element):
        node = node.previous_sibling if before else node.next_sibling
    return node
