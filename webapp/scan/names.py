"""Accessible names of images and of the links and buttons around them (Accessible Name and Description Computation
1.2, HTML-AAM 4.1, SVG-AAM 8.1), as far as a page's own source tells them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from turbohtml import Element, Namespace, Text

from webapp.scan.elements import attributes_of, one_line

if TYPE_CHECKING:
    from turbohtml import Document

    from webapp.scan.surroundings import Around

_SILENT: Final = frozenset(("script", "style", "template", "noscript", "head", "title", "desc", "metadata", "defs"))
_INLINE: Final = frozenset((
    "a", "abbr", "b", "bdi", "bdo", "cite", "code", "em", "font", "i", "kbd", "mark", "q", "s", "small", "span",
    "strong", "sub", "sup", "u", "var", "time", "data", "label",
))  # fmt: skip
_MOST_NODES = 400  # of content that gives a name
_MOST_IDS = 10  # of one aria-labelledby


@dataclass(frozen=True, slots=True)
class Name:
    """An accessible name. source: the attribute or element that gives it; "" for none."""

    text: str = ""
    source: str = ""

    def __bool__(self) -> bool:
        return bool(self.text)


NONE: Final = Name()


class Names:
    """The names of one page's elements."""

    def __init__(self, document: Document, around: Around) -> None:
        self._document = document
        self._around = around
        self._ids: dict[str, Element] | None = None
        self._texts: dict[Element, str] = {}
        self._labels: dict[str, Element] | None = None

    def by_id(self, name: str) -> Element | None:
        """The first element with this id."""
        if self._ids is None:
            self._ids = {}
            for element in self._document.select("[id]"):
                self._ids.setdefault(element.attr("id") or "", element)
        return self._ids.get(name)

    def of(self, element: Element, attributes: dict[str, str]) -> Name:
        """The element's own name. Whether it is told to anyone is another question (hidden, presentational)."""
        if ("aria-label" in attributes or "aria-labelledby" in attributes) and (named := self.by_author(attributes)):
            return named
        tag = element.tag
        if tag == "img" or tag == "area":
            if "alt" in attributes:
                return _named(attributes["alt"], "alt")
        elif tag == "input":
            if label := self._label(element, attributes):
                return label
            if alt := _named(attributes.get("alt", ""), "alt"):
                return alt
        elif tag == "svg" or element.namespace is Namespace.SVG:
            title = next((one for one in element if isinstance(one, Element) and one.tag == "title"), None)
            if title is not None and (named := _named(title.text, "title element")):
                return named
        return _named(attributes.get("title", ""), "title")

    def by_author(self, attributes: dict[str, str]) -> Name:
        """The name that aria-labelledby or aria-label gives."""
        if ids := attributes.get("aria-labelledby", ""):
            texts = (self.text_of(one) for one in map(self.by_id, ids.split()[:_MOST_IDS]) if one is not None)
            if named := _named(" ".join(texts), "aria-labelledby"):
                return named
        return _named(attributes.get("aria-label", ""), "aria-label")

    def text_of(self, element: Element) -> str:
        """What the element's content says: its text, and its images' names. Worked out once for each element."""
        if element not in self._texts:
            own = attributes_of(element)
            if element.tag in ("img", "svg", "input", "area"):
                said = self.of(element, {name: own[name] for name in own if name != "aria-labelledby"}).text
            else:
                said = own.get("aria-label", "").strip() or self._content(element)
            self._texts[element] = one_line(said)
        return self._texts[element]

    def _content(self, element: Element) -> str:
        outside = self._around.of(element)
        whole_is_hidden = bool(outside.hidden or outside.aria_hidden)  # then a reference to it means all of it
        parts: list[str] = []
        for seen, node in enumerate(element.descendants):
            if seen > _MOST_NODES:
                break
            if isinstance(node, Text):
                parent = node.parent
                if isinstance(parent, Element) and parent.tag not in _SILENT and self._is_told(parent, whole_is_hidden):
                    parts.append(node.data)
            elif isinstance(node, Element):
                if node.tag in ("img", "svg") and self._is_told(node, whole_is_hidden):
                    own = attributes_of(node)
                    own.pop("aria-labelledby", None)
                    parts.append(f" {self.of(node, own).text} ")
                elif node.tag not in _INLINE:
                    parts.append(" ")
        return "".join(parts)

    def _is_told(self, element: Element, whole_is_hidden: bool) -> bool:
        if whole_is_hidden:
            return True
        around = self._around.of(element)
        return not (around.hidden or around.aria_hidden or around.noscript)

    def _label(self, element: Element, attributes: dict[str, str]) -> Name:
        around = self._around.of(element)
        if around.label is not None and (named := _named(self.text_of(around.label), "label")):
            return named
        if name := attributes.get("id"):
            if self._labels is None:
                self._labels = {one.attr("for") or "": one for one in reversed(self._document.select("label[for]"))}
            if name in self._labels:
                return _named(self.text_of(self._labels[name]), "label")
        return NONE


def _named(text: str, source: str) -> Name:
    if not text:
        return NONE
    line = one_line(text)
    return Name(line, source) if line else NONE
