"""Polish: a sentence that reads well aloud."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from captioner.alttext.clean import DANGLING
from captioner.alttext.rule import Rule
from captioner.alttext.words import Word, Words, joined, word_set

if TYPE_CHECKING:
    from captioner.alttext.style import Style

HEDGE: Final = "polish-hedge"
_HEDGE = " (automatic description, may be wrong)"
# However it was copied: other blanks, another case, a full stop behind it.
_HEDGED = re.compile(r"\s*\(\s*automatic\s+description,?\s+may\s+be\s+wrong\s*\)[\s.]*\Z", re.IGNORECASE)
_STOPS = (".", "!", "?")
_CLAUSES = word_set("while as with and who that which near beside behind next in on at by through")
_LEAST_LEFT = 5  # words that a shortened sentence keeps


def _not_too_long(words: Words, style: Style) -> Words:
    """A long sentence loses its last clauses; where none can go it stays as it is, and no word is cut."""
    shorter = words
    while len(joined(shorter)) > style.soft_length:
        ends = [at for at in range(_LEAST_LEFT, len(shorter)) if shorter[at].text.lower() in _CLAUSES]
        if not ends:
            return words if len(joined(shorter)) > style.soft_length and shorter is words else shorter
        shorter = DANGLING.change(shorter[: ends[-1]], style)
    return shorter


def _as_sentence(words: Words, style: Style) -> Words:
    """A capital at each beginning and, if the style wants it, one full stop at the end."""
    if not words:
        return words
    last = words[-1].text.rstrip(" .,;:") or words[-1].text
    stop = "." if style.final_stop and not last.endswith(_STOPS) else ""
    found = [*words[:-1], Word(last + stop, words[-1].probability)]
    for place, word in enumerate(found):
        # Only a word ends a sentence: behind "8 p.m." none need begin.
        begins = place == 0 or (found[place - 1].text.endswith(_STOPS) and found[place - 1].text[:-1].isalpha())
        if begins and "." not in word.text[:-1]:
            found[place] = Word(word.text[:1].upper() + word.text[1:], word.probability)
    return tuple(found)


def hedged(text: str, style: Style | None = None) -> str:
    """The text with a doubt behind it, for texts that no person decided on. Never before: the picture comes first."""
    return text if not text or (style and HEDGE in style.switched_off) else unhedged(text) + _HEDGE


def unhedged(text: str) -> str:
    """The text as a person decides on it: whoever takes a hedged draft over means the picture, not the doubt."""
    return _HEDGED.sub("", text).rstrip()


LENGTH = Rule(
    "polish-length",
    "Drops the last clauses of a long sentence; never cuts a word",
    "W3C WAI, Images Tutorial: a short phrase or sentence",
    _not_too_long,
)
SENTENCE = Rule(
    "polish-sentence",
    "Begins with a capital, ends with one full stop, at which screen readers pause",
    "W3C WAI, Images Tutorial, Tips and Tricks",
    _as_sentence,
)
