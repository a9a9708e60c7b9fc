"""What a rule is, and what is kept of its use."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from captioner.alttext.style import Style
    from captioner.alttext.words import Words


@dataclass(frozen=True, slots=True)
class Rule:
    """A change for the better of a sentence.

    id: stable; sites switch rules off by it. does: what it does, for people. source: who asks for it.
    change: returns the sentence as it was where the rule does not apply.
    """

    id: str
    does: str
    source: str
    change: Callable[[Words, Style], Words]


@dataclass(frozen=True, slots=True)
class AppliedRule:
    """A rule that changed a sentence, with the sentence before and after."""

    rule: str
    before: str
    after: str
