"""From a caption to a text that may be offered as alt text: every rule in its order, and a record of what each did."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from captioner.alttext.clean import ARTICLES, DANGLING, DOUBT, OPENERS, PLAIN, REPEATS, SHOUTING
from captioner.alttext.evidence import EVIDENCE
from captioner.alttext.guesses import NO_GUESSES
from captioner.alttext.names import NAMES
from captioner.alttext.persons import PERSONS
from captioner.alttext.polish import HEDGE, LENGTH, SENTENCE, hedged
from captioner.alttext.praise import PRAISE
from captioner.alttext.rule import AppliedRule, Rule
from captioner.alttext.style import Style
from captioner.alttext.talk import TALK
from captioner.alttext.words import Word, Words, joined
from captioner.bands import Withheld

if TYPE_CHECKING:
    from captioner.types import Candidate, Caption

# Persons are counted before repeats go, so that "a man and a man" are two people and "a bed and a bed" is one bed.
# Articles come last of the words: what stands behind them may have changed.
RULES: Final[tuple[Rule, ...]] = (
    PLAIN,
    SHOUTING,
    TALK,
    DOUBT,
    OPENERS,
    NAMES,
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
    """A text that may be offered as alt text. It is empty where the rules left nothing of the sentence.

    applied_rules: those that changed the sentence, in their order; none if it stayed as it was.
    """

    text: str
    applied_rules: tuple[AppliedRule, ...]


def write_alt_text(caption: Candidate | Caption | str, style: Style | None = None) -> AltText:
    """Apply the rules that the style leaves on to a caption of a model, or to a text without probabilities."""
    style = style or Style()
    words, unchanged = _words(caption)
    applied = []
    for rule in RULES:
        if rule.id in style.switched_off:
            continue
        changed = rule.change(words, style)
        if changed != words:
            applied.append(AppliedRule(rule.id, joined(words), joined(changed)))
        words = changed
    text = joined(words)
    return AltText(text, () if text == unchanged else tuple(applied))


def withheld_of(caption: Caption) -> Withheld | None:
    """Why nothing of a caption may be shown: what it tells itself, or that the rules leave nothing of its sentences."""
    sentences: tuple[Candidate | Caption, ...] = (caption, *caption.alternatives)
    if caption.withheld or any(write_alt_text(said).text for said in sentences):
        return caption.withheld
    return Withheld.NO_DESCRIPTION


def with_doubt(written: AltText) -> AltText:
    """The text with a hedge behind it, and the record of that."""
    text = hedged(written.text)
    return AltText(text, (*written.applied_rules, AppliedRule(HEDGE, written.text, text))) if written.text else written


def _words(caption: Candidate | Caption | str) -> tuple[Words, str]:
    """The words without the marks of a sentence, for rules to look at, and the sentence as it stands."""
    if isinstance(caption, str):
        return tuple(Word(text) for text in caption.rstrip(" .").split()), caption
    likelihoods = caption.token_log_probabilities[: len(caption.tokens)]
    words = (Word(token, math.exp(one)) for token, one in zip(caption.tokens, likelihoods, strict=True))
    return tuple(words), caption.text
