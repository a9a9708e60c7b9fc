"""Words right beside an image: whether it opens or closes a short text, as an icon does."""

from __future__ import annotations

from itertools import islice
from typing import Final

from turbohtml import Element, Text

_HIGHEST: Final = 3  # boxes around the image
_MOST_SIBLINGS: Final = 20
_LONGEST: Final = 200  # characters of a text that an icon belongs to
_TOO_LARGE: Final = frozenset(("body", "main", "article", "html"))


def is_at_edge_of_text(element: Element) -> bool:
    """Whether short words stand before it or after it, in the nearest box with words; not on both sides of it."""
    before = after = ""
    node = element
    for _ in range(_HIGHEST):
        before += _words(node, before=True)
        after += _words(node, before=False)
        holder = node.parent
        if before or after or not isinstance(holder, Element) or holder.tag in _TOO_LARGE:
            break
        node = holder
    return bool(before) != bool(after) and len(before or after) <= _LONGEST


def _words(element: Element, *, before: bool) -> str:
    """The text of what stands on one side of an element, within the element that holds both."""
    found: list[str] = []
    siblings = element.previous_siblings if before else element.next_siblings
    for node in islice(siblings, _MOST_SIBLINGS):
        if isinstance(node, (Element, Text)):
            found.append(node.text if isinstance(node, Element) else node.data)
            if sum(map(len, found)) > 2 * _LONGEST:
                break
    return " ".join(" ".join(found).split())
