"""ACT rule e88epe: an image that is seen and not told is purely decorative.

What it shows can only be seen. Without eyes it is known that the only content of a nameless link has a function, and
that an image of two pixels says nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from webapp.scan.act.outcome import Outcome, Rule, Target
from webapp.scan.act.shared import (
    elements,
    is_all_of_a_nameless_link,
    is_broken,
    is_in_named,
    is_included,
    is_tiny,
    is_visible,
)
from webapp.scan.aria import explicit_role, semantic_role

if TYPE_CHECKING:
    from collections.abc import Iterator

    from turbohtml import Element

    from webapp.scan.collect import Reader


def targets(reader: Reader) -> Iterator[Target]:
    """Visible img, svg and canvas elements that are left out of the accessibility tree, or have no name and no role."""
    for element, attributes in elements(reader, "img, svg, canvas"):
        if not is_visible(reader, element, attributes) or is_in_named(reader, element):
            continue
        if element.tag == "img" and is_broken(reader, attributes):
            continue
        if _is_untold(reader, element, attributes):
            yield Target(element, _outcome(reader, element, attributes))


def _is_untold(reader: Reader, element: Element, attributes: dict[str, str]) -> bool:
    if not is_included(reader, element, attributes):
        return True
    if reader.names.of(element, attributes):
        return False
    if element.tag == "svg":
        return semantic_role(element, attributes) == "graphics-document"
    return element.tag == "canvas" and not explicit_role(attributes.get("role", ""))


def _outcome(reader: Reader, element: Element, attributes: dict[str, str]) -> Outcome:
    if is_all_of_a_nameless_link(reader, element):
        return "failed"
    return "passed" if is_tiny(attributes) else "cantTell"


RULE = Rule("e88epe", "Image not in the accessibility tree is decorative", "1.1.1", targets)
