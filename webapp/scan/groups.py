"""Groups: the same image several times side by side, as the stars of a rating, full and empty ones."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, TypeGuard

from turbohtml import Comment, Element, Node, Text

from webapp.scan.said import is_photograph, words_of

if TYPE_CHECKING:
    from webapp.scan.images import Collection, Use

_SIGNS: Final = frozenset(("star", "stars", "rating", "heart", "hearts"))  # files that mean something together
_STATE = re.compile(r"\d+(?=[^/]*$)|(?:on|off|full|half|empty|filled|active|inactive)(?=[^/a-z]*\.[a-z]+$)")
_DEPTH = 3


def mark_groups(collection: Collection) -> None:
    """Give each use that stands beside an image like it its place in the group: (1, 5) is the first of five."""
    run: list[Use] = []
    for use in collection.uses:
        if run and (_go_together(run[-1], use) or (len(run) > 1 and _is_other_state(run[-1], use))):
            run.append(use)
            continue
        _mark(run)
        run = [use]
    _mark(run)


def _go_together(one: Use, other: Use) -> bool:
    is_same = one.address == other.address or bool(words_of(one) & words_of(other) & _SIGNS)
    return is_same and _stand_alike(one, other)


def _is_other_state(one: Use, other: Use) -> bool:
    """Whether the next one is the same sign in another state: after "s1.png" and "s1.png" comes "s0.png"."""
    alike = [_STATE.sub("", use.address.lower()) for use in (one, other)]
    said = [(use.attributes.get("class"), use.width, use.height) for use in (one, other)]
    return alike[0] == alike[1] and said[0] == said[1] and not is_photograph(other) and _stand_alike(one, other)


def _stand_alike(one: Use, other: Use) -> bool:
    return (
        one.kind == other.kind == "img"
        and bool(one.address)
        and one.alt == other.alt
        and one.name == other.name
        and not one.context.target
        and not other.context.target
        and _before(_slot(other.element)) == _slot(one.element)
    )


def _before(element: Element) -> Node | None:
    """What stands just before an element, apart from space and comments."""
    node = element.previous_sibling
    while _is_nothing(node):
        node = node.previous_sibling
    return node


def _after(element: Element) -> Node | None:
    node = element.next_sibling
    while _is_nothing(node):
        node = node.next_sibling
    return node


def _is_nothing(node: Node | None) -> TypeGuard[Node]:
    return isinstance(node, Comment) or (isinstance(node, Text) and node.data.isspace())


def _slot(element: Element) -> Element:
    """The largest element, of a few, that holds nothing but this one: each star may have a box of its own."""
    for _ in range(_DEPTH):
        holder = element.parent
        if not isinstance(holder, Element) or _before(element) is not None or _after(element) is not None:
            break
        element = holder
    return element


def _mark(run: list[Use]) -> None:
    if len(run) > 1:
        for place, use in enumerate(run, 1):
            use.group = (place, len(run))
