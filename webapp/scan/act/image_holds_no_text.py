"""ACT rule 0va7u6: images hold no text, but for decoration, chance and where its looks are the point.

What is in a picture can only be seen. An image of two pixels holds no text that anybody could read.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from turbohtml import Namespace

from webapp.scan.act.outcome import Rule, Target
from webapp.scan.act.shared import elements, is_broken, is_tiny, is_visible
from webapp.scan.styles import addresses

if TYPE_CHECKING:
    from collections.abc import Iterator

    from turbohtml import Element

    from webapp.scan.collect import Reader


def targets(reader: Reader) -> Iterator[Target]:
    """Everything that draws a picture from a file: img, image buttons, objects, images in drawings, backgrounds."""
    for element, attributes in elements(reader, "img, input, object, image, video[poster]"):
        if _draws(reader, element, attributes) and _is_seen(reader, element, attributes):
            yield Target(element, "passed" if is_tiny(attributes) else "cantTell")
    styled = [element for element, _ in elements(reader, '[style*="url(" i]')] + reader.styles.backgrounds()
    for element in dict.fromkeys(styled):
        style = element.attr("style")
        value = "".join(reader.styles.get(element, style, name) for name in ("background", "background-image"))
        around = reader.around.of(element)
        if addresses(value) and not (around.hidden or around.unseen):
            yield Target(element, "cantTell")


def _draws(reader: Reader, element: Element, attributes: dict[str, str]) -> bool:
    match element.tag:
        case "img":
            return not is_broken(reader, attributes)
        case "input":
            return attributes.get("type", "").lower() == "image" and not is_broken(reader, attributes)
        case "object":
            return bool(attributes.get("data", "").strip())
        case "image":
            return element.namespace is Namespace.SVG and bool(attributes.get("href") or attributes.get("xlink:href"))
    return True


def _is_seen(reader: Reader, element: Element, attributes: dict[str, str]) -> bool:
    if element.tag == "image":
        around = reader.around.of(element)
        return not (around.hidden or around.unseen)
    return is_visible(reader, element, attributes)


RULE = Rule("0va7u6", "HTML images contain no text", "1.4.5, 1.4.9", targets)
