"""ACT rule 59796f: an image button has a name, other than the one that browsers give to nameless ones."""

from __future__ import annotations

from typing import TYPE_CHECKING

from webapp.scan.act.outcome import Rule, Target
from webapp.scan.act.shared import elements, is_included

if TYPE_CHECKING:
    from collections.abc import Iterator

    from webapp.scan.collect import Reader


def targets(reader: Reader) -> Iterator[Target]:
    """input elements of type image that are told to assistive technology."""
    for element, attributes in elements(reader, "input"):
        if attributes.get("type", "").lower() == "image" and is_included(reader, element, attributes):
            named = bool(reader.names.of(element, attributes))
            yield Target(element, "passed" if named else "failed")


RULE = Rule("59796f", "Image button has non-empty accessible name", "1.1.1, 4.1.2", targets)
