"""From a caption to a text that may be offered as alt text: every rule in its order, and a record of what each did."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from captioner.alttext.clean import ARTICLES, DANGLING, OPENERS, PLAIN, REPEATS
from captioner.alttext.evidence import EVIDENCE
from captioner.alttext.guard import NO_GUESSES, PERSONS, PRAISE
from captioner.alttext.polish import LENGTH, SENTENCE
from captioner.alttext.rule import AppliedRule, Rule
from captioner.alttext.style import Style
from captioner.alttext.words import Word, Words, joined

if TYPE_CHECKING:
    from captioner.types import Candidate, Caption

# Persons are counted before repeats go, so that "a man and a man" are two people and "a bed and a bed" is one bed.
# Articles come last of the words: what stands behind them may have changed.
RULES: Final[tuple[Rule, ...]] = (
    PLAIN,
    OPENERS,
    NO_GUESSES,
    PERSONS,
    PRAISE,
    EVIDENCE,
    REPEATS,
    DANGLING,
    ARTICLES,
    LENGTH,
    SENTENCE,
)


@dataclass(frozen=True, slots=True)
class AltText:
    """A text that may be offered as alt text. It is empty where the rules left nothing of the sentence."""

    text: str
    applied_rules: tuple[AppliedRule, ...]


def write_alt_text(caption: Candidate | Caption | str, style: Style | None = None) -> AltText:
    """Apply the rules that the style leaves on to a caption of a model, or to a text without probabilities."""
    style = style or Style()
    words = _words(caption)
    applied = []
    for rule in RULES:
        if rule.id in style.switched_off:
            continue
        changed = rule.change(words, style)
        if changed != words:
            applied.append(AppliedRule(rule.id, joined(words), joined(changed)))
        words = changed
    return AltText(joined(words), tuple(applied))


def _words(caption: Candidate | Caption | str) -> Words:
    if isinstance(caption, str):
        return tuple(Word(text) for text in caption.split())
    likelihoods = caption.token_log_probabilities
    return tuple(
        Word(token, math.exp(likelihood)) for token, likelihood in zip(caption.tokens, likelihoods, strict=False)
    )
