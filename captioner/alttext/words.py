"""Sentences as rules see them: words, each with the probability that the model gave it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable


@dataclass(frozen=True, slots=True)
class Word:
    """One word. probability: of the model's choosing it here, 0 to 1; 1 for words that no model chose."""

    text: str
    probability: float = 1.0


Words = tuple[Word, ...]


def word_set(text: str) -> frozenset[str]:
    """The words of a list that is written as text."""
    return frozenset(text.split())


def texts(words: Words) -> tuple[str, ...]:
    """The words without their probabilities."""
    return tuple(word.text for word in words)


def joined(words: Words) -> str:
    """The words with spaces between them."""
    return " ".join(word.text for word in words)


def without(words: Words, places: Iterable[int]) -> Words:
    """The words that are not at these places."""
    gone = set(places)
    return tuple(word for place, word in enumerate(words) if place not in gone)


def bare(word: Word) -> str:
    """The word in small letters, without marks behind it and without a possessive's ending."""
    return word.text.lower().rstrip(".,;:!?").removesuffix("'s").removesuffix("'")


def replaced(words: Words, place: int, length: int, *new: str) -> Words:
    """The words with those from `place` on replaced by new ones, which are as probable as the least probable gone."""
    old = words[place : place + length]
    probability = min((word.probability for word in old), default=1.0)
    return words[:place] + tuple(Word(text, probability) for text in new) + words[place + length :]
