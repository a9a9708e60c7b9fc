"""Evidence: what the model is not sure of is said less exactly."""

from __future__ import annotations

from typing import TYPE_CHECKING

from captioner.alttext.kinds import KINDS
from captioner.alttext.people import NUMBERS
from captioner.alttext.rule import Rule
from captioner.alttext.words import Words, replaced

if TYPE_CHECKING:
    from captioner.alttext.style import Style

_ONE = ("a", "an", "one", "another", "each", "this", "that")
_COUNT = (*_ONE, *NUMBERS, "several", "many", "few")
_ADJECTIVES = 2  # that may stand between an article and its noun


def _less_exact(words: Words, style: Style) -> Words:
    """ "A labrador" is "a dog", "a zebra" is "an animal", "two pizzas" are "food", where too little speaks for them."""
    for place in reversed(range(len(words))):
        word = words[place]
        kind = KINDS.get(word.text.lower())
        if kind is None or word.probability >= style.least_evidence:
            continue
        if kind.counted:
            alone = place > 0 and words[place - 1].text.lower() in _ONE
            general = kind.one if kind.is_single(alone) else kind.many
            words = replaced(words, place, 1, *general.split())
        else:
            first = next(
                (at for at in range(place, max(-1, place - 2 - _ADJECTIVES), -1) if words[at].text.lower() in _COUNT),
                place,
            )
            words = replaced(words, first, place - first + 1, kind.one)
    return words


EVIDENCE = Rule(
    "guard-evidence", "Says less exactly what the model is not sure of: an animal, not a zebra", "", _less_exact
)
