"""Pages that scripts build: to whoever reads only their source, next to nothing is on them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from turbohtml import Element, Text

if TYPE_CHECKING:
    from turbohtml import Document

    from webapp.scan.images import Collection

FEW_WORDS: Final = 25  # a heading, "Loading …" and a line of a footer; a page that says something has more
NOTE: Final = "Without JavaScript this page looks empty: its scripts build what it shows, and that was not seen."
_UNSEEN: Final = "script, style, noscript, template"
_FILLED: Final = frozenset(("div", "main", "section", "article"))  # and elements that scripts define: with a hyphen


def is_built_by_scripts(document: Document, collection: Collection) -> bool:
    """Whether the page has a script, an empty element for it to fill, few words, and no image but for those without
    JavaScript."""
    body = document.select_one("body")
    if body is None or not all(use.noscript for use in collection.uses) or document.select_one("script") is None:
        return False
    words, waiting = 0, False
    for node in body.descendants:
        if isinstance(node, Text):
            parent = node.parent
            if isinstance(parent, Element) and parent.closest(_UNSEEN) is None:
                words += len(node.text.split())
        elif isinstance(node, Element):
            waiting = waiting or _waits(node)
        if words > FEW_WORDS:
            return False
    return waiting


def _waits(element: Element) -> bool:
    """Whether it is a container without anything in it."""
    tag = element.tag
    if tag not in _FILLED and "-" not in tag:
        return False
    return not any(isinstance(child, Element) for child in element.children) and not element.text.strip()
