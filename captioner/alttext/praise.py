"""Praise: an opinion is not seen in a picture."""

from __future__ import annotations

from typing import TYPE_CHECKING

from captioner.alttext.rule import Rule
from captioner.alttext.words import Words, bare, without, word_set

if TYPE_CHECKING:
    from captioner.alttext.style import Style

_PRAISE = word_set(
    "cute adorable beautiful stunning amazing gorgeous lovely perfect wonderful best awesome incredible breathtaking"
    " spectacular magnificent superb fantastic delicious tasty yummy exclusive luxury luxurious premium affordable"
    " cheap charming elegant exquisite fabulous fancy nice pretty"
)


def _without_praise(words: Words, style: Style) -> Words:
    """ "A beautiful beach" is "a beach": an opinion is not seen in a picture, and sells something."""
    gone: set[int] = set()
    for place, word in enumerate(words[:-1]):
        if bare(word) not in _PRAISE or bare(words[place + 1]) in ("and", "for", "to", "of", "in"):
            continue
        gone.add(place)
        if bare(words[place + 1]) == "looking":
            gone.add(place + 1)
        if place and bare(words[place - 1]) in ("very", "really", "so", "quite", "most"):
            gone.add(place - 1)
    return without(words, gone)


PRAISE = Rule("guard-praise", "Leaves out opinions and advertising", "", _without_praise)
