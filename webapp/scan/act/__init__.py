"""The W3C's ACT rules on images, each written from its applicability and its expectations.

Published at https://www.w3.org/WAI/standards-guidelines/act/rules/.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from webapp.scan.act import (
    file_name_is_name,
    image_button_has_name,
    image_has_name,
    image_holds_no_text,
    name_is_descriptive,
    svg_has_name,
    untold_is_decorative,
)
from webapp.scan.act.outcome import Outcome, Rule, RuleOutcome, Target, of_page

if TYPE_CHECKING:
    from webapp.scan.collect import Reader

__all__ = ["RULES", "Outcome", "Rule", "RuleOutcome", "Target", "outcomes"]

RULES: Final[tuple[Rule, ...]] = (
    image_has_name.RULE,
    image_button_has_name.RULE,
    svg_has_name.RULE,
    file_name_is_name.RULE,
    untold_is_decorative.RULE,
    name_is_descriptive.RULE,
    image_holds_no_text.RULE,
)


def outcomes(reader: Reader) -> list[RuleOutcome]:
    """What each rule says of a page."""
    return [of_page(rule, reader) for rule in RULES]
