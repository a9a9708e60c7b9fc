"""The context of one use of an image: what a person would look at to know what the image is there for."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Final

from turbohtml import Element, Text

from webapp.scan.elements import attributes_of, one_line
from webapp.scan.images import Context, Target
from webapp.scan.urls import resolved

if TYPE_CHECKING:
    from webapp.scan.names import Names
    from webapp.scan.surroundings import Around, Surroundings

MOST: Final = 300  # characters of a text that stands around
_MOST_NODES = 60  # that are looked at on either side of an image
_SILENT: Final = frozenset(("script", "style", "template", "noscript", "title", "option", "textarea"))
_INLINE: Final = frozenset((
    "a", "abbr", "b", "bdi", "cite", "code", "em", "i", "mark", "q", "s", "small", "span", "strong", "sub", "sup", "u",
))  # fmt: skip
_HEADING: Final = "h1, h2, h3, h4, h5, h6"
_CARD_DEPTH = 4
_NAMING: Final = "img, svg, input, [aria-label], [aria-labelledby], [aria-hidden], [hidden], [style]"
_UNWRITTEN: Final = "script, style, noscript, svg, template, textarea, select"


class Contexts:
    """Makes the contexts of one page's images. What many images share is worked out once."""

    def __init__(self, around: Around, names: Names, base: str) -> None:
        self._around = around
        self._names = names
        self._base = base
        self._targets: dict[Element, Target] = {}
        self._lines: dict[Element, str] = {}
        self._firsts: dict[tuple[Element, str], Element | None] = {}

    def of(self, element: Element, around: Surroundings, heading: Element | None) -> Context:
        """The context of an image's element. heading: the nearest one above."""
        link = self._target(around.link) if around.link is not None else None
        button = self._target(around.button) if around.button is not None else None
        return Context(
            link=link,
            button=button,
            label=self._line(around.label) if around.label is not None else None,
            figcaption=self._caption(around.figure, element) if around.figure is not None else "",
            heading=self._line(heading) if heading is not None else "",
            block=self._line(around.block) if around.block is not None else "",
            lang=around.lang,
            in_main=around.in_main,
            in_edge=around.in_edge,
            beside=partial(self._beside, element, around),
            card=partial(self._heading_of_card, element),
        )

    def _line(self, element: Element) -> str:
        if element not in self._lines:
            self._lines[element] = one_line(_written(element), MOST)
        return self._lines[element]

    def _target(self, holder: Element) -> Target:
        if holder not in self._targets:
            own = attributes_of(holder)
            text = self._line(holder)
            label = self._names.by_author(own).text if "aria-label" in own or "aria-labelledby" in own else ""
            title = one_line(own["title"], MOST) if "title" in own else ""
            plain = text and holder.select_one(_NAMING) is None
            self._targets[holder] = Target(
                address=resolved(own.get("href", "") or own.get("formaction", ""), self._base),
                name=label or (text if plain else self._names.text_of(holder)) or title,
                text=text,
                title=title,
                label=label,
            )
        return self._targets[holder]

    def _caption(self, figure: Element, element: Element) -> str:
        """The caption of the figure around an image; a portrait within a caption is not what that speaks of."""
        caption = self._first(figure, "figcaption")
        if caption is None or element.closest("figcaption") is caption:
            return ""
        return self._line(caption)

    def _first(self, holder: Element, selector: str) -> Element | None:
        if (holder, selector) not in self._firsts:
            self._firsts[holder, selector] = holder.select_one(selector)
        return self._firsts[holder, selector]

    def _heading_of_card(self, element: Element) -> str:
        heading = self._card(element)
        return self._line(heading) if heading is not None else ""

    def _card(self, element: Element) -> Element | None:
        """The heading below an image that belongs to it: the first in the smallest element around both, as on cards."""
        holder = element.parent
        for _ in range(_CARD_DEPTH):
            if not isinstance(holder, Element) or holder.tag in ("body", "main"):
                break
            heading = self._first(holder, _HEADING)
            if heading is not None:
                return heading if (heading.position or (0, 0)) > (element.position or (0, 0)) else None
            holder = holder.parent
        return None

    def _beside(self, element: Element, own: Surroundings, before: bool) -> str:
        """The text just before or after, without what is hidden. It ends at a heading, but see `Context.after`."""
        parts: list[str] = []
        length = 0
        card = None if before else self._card(element)
        last: Element | None = None
        for seen, node in enumerate(element.preceding if before else element.following):
            if seen >= _MOST_NODES or length > MOST:
                break
            if not isinstance(node, Text):
                if isinstance(node, Element) and node.tag not in _INLINE:
                    parts.append(" ")
                continue
            parent = node.parent
            if not isinstance(parent, Element) or parent.tag in _SILENT:
                continue
            data = node.data
            if data.isspace():
                parts.append(" ")
                continue
            if self._around.may_be_silent(node):
                around = self._around.of(parent)
                is_others = around.in_heading and not own.in_heading
                if is_others and (before or node.closest(_HEADING) != card):
                    break
                if around.hidden or around.aria_hidden or around.svg is not None:
                    continue
            if last is not None and parent != last and parent.tag not in _INLINE and last.tag not in _INLINE:
                parts.append(" ")
            last = parent
            parts.append(data[-MOST * 2 :] if before else data[: MOST * 2])
            length += len(parts[-1])
        if before:
            line = " ".join("".join(reversed(parts)).split())
            return line if len(line) <= MOST else line[-MOST:].split(" ", 1)[-1]
        return one_line("".join(parts), MOST)


def _written(element: Element) -> str:
    """The element's text without that of scripts, styles and drawings."""
    text = element.text
    if text and element.select_one(_UNWRITTEN) is not None:
        parts = []
        for seen, node in enumerate(element.descendants):
            if seen > _MOST_NODES * 4:
                break
            if isinstance(node, Text) and node.closest(_UNWRITTEN) is None:
                parts.append(node.data)
        return " ".join(parts)
    return text
