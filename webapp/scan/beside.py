"""Words right beside an image: whether it opens or closes a short text, stands in a sentence, or is all of a cell."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING, Final

from turbohtml import Comment, Element, Text

if TYPE_CHECKING:
    from turbohtml import Node

_HIGHEST: Final = 3  # boxes around the image
_MOST_SIBLINGS: Final = 20
_LONGEST: Final = 200  # characters of a text that an icon belongs to
_WHOLE: Final = frozenset(("body", "main", "article", "html", "td", "th", "li", "dd", "dt"))  # not beyond
_ENDS_LINE: Final = frozenset(("br", "hr"))
_IMAGES: Final = frozenset(("img", "svg", "picture", "object", "video"))
_HOLDING_IMAGES: Final = "img, svg, object, video"
_IN_LINE: Final = frozenset((
    "a", "abbr", "b", "bdi", "cite", "code", "em", "i", "kbd", "mark", "q", "s", "small", "span", "strong", "sub",
    "sup", "u", "var", "tt", "font",
))  # fmt: skip
_SILENT: Final = frozenset(("script", "style", "template", "noscript"))
_MOST_NODES: Final = 200  # of an element beside the image
_CELLS: Final = frozenset(("td", "th", "li", "dd"))
_WORD: Final = re.compile(r"[^\W\d_]{2,}")


@dataclass(frozen=True, slots=True)
class Line:
    """What stands on an image's own line, in the nearest box with words. is_shared: another image stands next to it,
    without words between."""

    before: str
    after: str
    is_shared: bool

    @property
    def edge(self) -> str:
        """The short text that the image alone opens or closes; "" where it stands in a text, or by a long one."""
        text = self.before or self.after
        is_one = bool(self.before) != bool(self.after) and not self.is_shared and len(text) <= _LONGEST
        return text if is_one else ""


def line_of(element: Element) -> Line:
    """The line of an image."""
    before = after = ""
    shared = False
    node = element
    for _ in range(_HIGHEST):
        before, next_to_before = _words(node, before=True)
        after, next_to_after = _words(node, before=False)
        shared = shared or next_to_before or next_to_after
        holder = node.parent
        if before or after or not isinstance(holder, Element) or holder.tag in _WHOLE:
            break
        node = holder
    return Line(before, after, shared)


def has_words(text: str) -> bool:
    """Whether a text has a word of two letters at least, in any script: "2", "14 °" and "030 1234" have none."""
    return _WORD.search(text) is not None


def is_in_sentence(element: Element) -> bool:
    """Whether words stand before it and after it in the same line of text."""
    return _is_text(_sibling(element, before=True)) and _is_text(_sibling(element, before=False))


def is_all_of_a_cell(element: Element) -> bool:
    """Whether it is all that an item of a list holds, or a cell of a table with headings."""
    node = element
    for _ in range(_HIGHEST):
        if _sibling(node, before=True) is not None or _sibling(node, before=False) is not None:
            return False
        holder = node.parent
        if not isinstance(holder, Element):
            return False
        if holder.tag in _CELLS:
            if holder.tag == "li":
                return True
            table = holder.closest("table")
            return table is not None and table.select_one("th") is not None
        node = holder
    return False


def _sibling(element: Element, *, before: bool) -> Node | None:
    node = element.previous_sibling if before else element.next_sibling
    while isinstance(node, Comment) or (isinstance(node, Text) and node.data.isspace()):
        node = node.previous_sibling if before else node.next_sibling
    return node


def _is_text(node: Node | None) -> bool:
    if isinstance(node, Text):
        return has_words(node.data)
    return isinstance(node, Element) and node.tag in _IN_LINE and has_words(node.text)


def _words(element: Element, *, before: bool) -> tuple[str, bool]:
    """The text of the line on one side of an element, in the element that holds both; and whether an image is next."""
    found: list[str] = []
    siblings = element.previous_siblings if before else element.next_siblings
    shared = False
    for node in islice(siblings, _MOST_SIBLINGS):
        if isinstance(node, Element):
            if node.tag in _ENDS_LINE:
                break
            if node.tag in _SILENT:
                continue
            text = _text(node)
            if not found and not text.strip():
                shared = shared or node.tag in _IMAGES or node.select_one(_HOLDING_IMAGES) is not None
        elif isinstance(node, Text):
            text = node.data
        else:
            continue
        if text.strip():
            found.append(text)
        if sum(map(len, found)) > 2 * _LONGEST:
            break
    return " ".join(" ".join(found).split()), shared


def _text(element: Element) -> str:
    """The beginning of an element's text, as far as it matters whether that is long."""
    found: list[str] = []
    length = 0
    for seen, node in enumerate(element.descendants):
        if seen > _MOST_NODES or length > 2 * _LONGEST:
            break
        if isinstance(node, Text):
            parent = node.parent
            if not (isinstance(parent, Element) and parent.tag in _SILENT):
                found.append(node.data)
                length += len(node.data)
    return "".join(found)
