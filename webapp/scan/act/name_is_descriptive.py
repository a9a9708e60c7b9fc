"""ACT rule qt1vmo: an image's name serves the same purpose as the image. That can only be seen; it is never decided."""

from __future__ import annotations

from typing import TYPE_CHECKING

from webapp.scan.act.outcome import Rule, Target
from webapp.scan.act.shared import elements, is_broken, is_in_named, is_included, is_visible

if TYPE_CHECKING:
    from collections.abc import Iterator

    from webapp.scan.collect import Reader


def targets(reader: Reader) -> Iterator[Target]:
    """Visible img, svg and canvas elements with a name that is told; none in an element that its author named."""
    for element, attributes in elements(reader, "img, svg, canvas"):
        if not is_visible(reader, element, attributes) or is_in_named(reader, element):
            continue
        if element.tag == "img" and is_broken(reader, attributes):
            continue
        if is_included(reader, element, attributes) and reader.names.of(element, attributes):
            yield Target(element, "cantTell")


RULE = Rule("qt1vmo", "Image accessible name is descriptive", "1.1.1", targets)
