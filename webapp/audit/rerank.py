"""Which of the captioner's sentences fits the place: the one that names what the words around the image name too.

Nothing is added to a sentence, no name least of all: only the choice among those that the model wrote is another one.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from captioner.alttext.words import word_set

# How far below the best a sentence may be (``score``: its log-probability, normalised by length, in nats).
_NEAR = 0.15
_WORD = re.compile(r"[a-z]{3,}")
# What says nothing of the picture: words of grammar, and those that nearly every caption has.
_EMPTY = word_set(
    """the and with for from that this these those are was were has have its his her their them they you your our all
    any can will not but out off into onto over under near next front behind beside between while who which what where
    when how very more most some one two three four many several person people child children man woman group standing
    sitting holding wearing looking top side picture photo image view"""
)
# Where the words stand, as people call it, the most telling first.
_PLACES = (
    ("figcaption", "the caption"),
    ("own_heading", "its heading"),
    ("heading", "the heading above"),
    ("before", "the text before it"),
    ("after", "the text after it"),
)


@dataclass(frozen=True, slots=True)
class Choice:
    """The chosen draft, and why it comes before the model's first; empty where it is the first."""

    draft: Mapping[str, Any]
    reason: str = ""


def choose(drafts: Sequence[Mapping[str, Any]], context: Mapping[str, Any]) -> Choice:
    """The draft that fits the context best.

    Args:
        drafts: ``Suggestion.candidates``, best first, one at least.
        context: what stands around the use, as in the facts of a scan.

    Another than the first is chosen only where the model thought nearly as well of it, and it names something that
    the page names as well and the first does not.
    """
    first = drafts[0]
    if first["source"] != "model":
        return Choice(first)
    places = [(words_of(str(context.get(field) or "")), where) for field, where in _PLACES]
    around = frozenset().union(*(words for words, _ in places))
    near = [one for one in drafts if one["source"] == "model" and first["score"] - one["score"] <= _NEAR]
    best = max(near, key=lambda one: len(words_of(one["text"]) & around))  # of several as good the model's first
    gained = (words_of(best["text"]) - words_of(first["text"])) & around
    if not gained or len(words_of(best["text"]) & around) <= len(words_of(first["text"]) & around):
        return Choice(first)
    word = min(gained)
    where = next(where for words, where in places if word in words)
    return Choice(best, f"The model's other sentence comes first here, since “{word}” stands in {where} too.")


def words_of(text: str) -> frozenset[str]:
    """The words that name something, in the singular as far as an "s" at the end tells."""
    return frozenset(_singular(word) for word in _WORD.findall(text.lower()) if word not in _EMPTY)


def _singular(word: str) -> str:
    return word[:-1] if word.endswith("s") and not word.endswith("ss") and len(word) > 3 else word
