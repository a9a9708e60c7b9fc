"""ACT rule 7d6734: an SVG element that is said to be an image has a name."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from turbohtml import Namespace

from webapp.scan.act.outcome import Rule, Target
from webapp.scan.act.shared import elements, is_included
from webapp.scan.aria import explicit_role

if TYPE_CHECKING:
    from collections.abc import Iterator

    from webapp.scan.collect import Reader

_ROLES: Final = ("img", "image", "graphics-document", "graphics-symbol")


def targets(reader: Reader) -> Iterator[Target]:
    """Elements of SVG with such a role that are told to assistive technology."""
    for element, attributes in elements(reader, "[role]"):
        is_image = element.namespace is Namespace.SVG and explicit_role(attributes["role"]) in _ROLES
        if is_image and is_included(reader, element, attributes):
            named = bool(reader.names.of(element, attributes))
            yield Target(element, "passed" if named else "failed")


RULE = Rule("7d6734", "SVG element with explicit role has non-empty accessible name", "1.1.1", targets)
