"""ACT rule 23a2a8: an image has a name, or is marked as decorative."""

from __future__ import annotations

from typing import TYPE_CHECKING

from webapp.scan.act.outcome import Rule, Target
from webapp.scan.act.shared import elements, is_html, is_programmatically_hidden
from webapp.scan.aria import PRESENTATIONAL, semantic_role

if TYPE_CHECKING:
    from collections.abc import Iterator

    from webapp.scan.collect import Reader


def targets(reader: Reader) -> Iterator[Target]:
    """img elements, and elements of HTML that are said to be images; not what is hidden."""
    for element, attributes in elements(reader, "img, [role]"):
        role = semantic_role(element, attributes)
        applies = is_html(element) and (element.tag == "img" or role == "img")
        if applies and not is_programmatically_hidden(reader, element):
            named = role in PRESENTATIONAL or bool(reader.names.of(element, attributes))
            yield Target(element, "passed" if named else "failed")


RULE = Rule("23a2a8", "Image has non-empty accessible name", "1.1.1", targets)
