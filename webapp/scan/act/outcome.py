"""Outcomes as ACT rules have them (ACT Rules Format 1.1): of each target, and of the whole page."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from turbohtml import Element

    from webapp.scan.collect import Reader

Outcome = Literal["passed", "failed", "cantTell", "inapplicable"]


@dataclass(frozen=True, slots=True)
class Target:
    """An element to which a rule applies, with its outcome. cantTell: somebody has to look at the picture."""

    element: Element
    outcome: Outcome


@dataclass(frozen=True, slots=True)
class Rule:
    """An ACT rule. targets: all that it applies to. criterion: of WCAG 2.2. deprecated: superseded by another."""

    id: str
    name: str
    criterion: str
    targets: Callable[[Reader], Iterable[Target]]
    deprecated: bool = False

    @property
    def address(self) -> str:
        """Where the rule is published."""
        return f"https://www.w3.org/WAI/standards-guidelines/act/rules/{self.id}/"


@dataclass(frozen=True, slots=True)
class RuleOutcome:
    """What a rule says of a page."""

    rule: Rule
    outcome: Outcome
    targets: tuple[Target, ...]


def of_page(rule: Rule, reader: Reader) -> RuleOutcome:
    """One failed target fails the page; else one that nobody can tell leaves it open."""
    targets = tuple(rule.targets(reader))
    found = {target.outcome for target in targets}
    order: tuple[Outcome, ...] = ("failed", "cantTell", "passed")
    return RuleOutcome(rule, next((one for one in order if one in found), "inapplicable"), targets)
