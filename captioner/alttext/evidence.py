"""Evidence: what the model is not sure of is said less exactly."""

from __future__ import annotations

from typing import TYPE_CHECKING

from captioner.alttext.kinds import KINDS
from captioner.alttext.people import NUMBERS
from captioner.alttext.rule import Rule
from captioner.alttext.words import Words, replaced, without

if TYPE_CHECKING:
    from captioner.alttext.kinds import Kind
    from captioner.alttext.style import Style

_ONE = ("a", "an", "one", "another", "each", "this", "that")
_COUNT = (*_ONE, *NUMBERS, "several", "many", "few")
_ADJECTIVES = 2  # that may stand between an article and its noun


_LEFT_OUT_BEHIND = ("with", "at")
_ON_IT = ("on it", "in it", "on them", "in them", "on top")
_VESSELS = ("plate", "bowl", "cup", "glass", "tray", "basket", "box")


def _less_exact(words: Words, style: Style) -> Words:
    """ "A labrador" is "a dog", "a zebra" is "an animal", "two pizzas" are "food", where too little speaks for them.

    What would say next to nothing goes: "a kitchen with a stove" is "a kitchen", "a plate of a bowl" is "a plate", and
    "a bottle of a drink" is "a drink".
    """
    end = len(words)
    while end:
        place = end = end - 1
        word = words[place]
        kind = KINDS.get(word.text.lower())
        if kind is None or word.probability >= style.least_evidence:
            continue
        back = range(place, max(-1, place - 2 - _ADJECTIVES), -1)
        first = next((at for at in back if words[at].text.lower() in _COUNT), place)
        gone = _said_in_vain(words, first, place, kind)
        if gone is not None:
            words, end = without(words, gone), gone[0]
        elif kind.counted:
            alone = place > 0 and words[place - 1].text.lower() in _ONE
            general = kind.one if kind.is_single(alone) else kind.many
            words = replaced(words, place, 1, *general.split())
        else:
            general = "a piece of furniture" if kind.one == "furniture" and not first else kind.one
            words, end = replaced(words, first, place - first + 1, *general.split()), first
    return words


def _said_in_vain(words: Words, first: int, place: int, kind: Kind) -> range | None:
    """The words around a thing that say nothing without its name; None where its kind is worth saying."""
    leads = words[first - 1].text.lower() if first else ""
    follows = [word.text.lower() for word in words[place + 1 : place + 3]]
    if kind.one == "container" and follows[:1] == ["of"] and len(follows) > 1:
        return range(first, place + 2)
    if not kind.is_vague or first < 2:
        return None
    in_it = leads == "in" and not kind.counted
    of_it = leads == "of" and words[first - 2].text.lower() in _VESSELS
    if not (leads in _LEFT_OUT_BEHIND or in_it or of_it):
        return None
    return range(first - 1, place + (3 if " ".join(follows) in _ON_IT else 1))


EVIDENCE = Rule(
    "guard-evidence", "Says less exactly what the model is not sure of: an animal, not a zebra", "", _less_exact
)
