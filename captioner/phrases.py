"""Finding known words and pairs of words in a sentence."""

from __future__ import annotations

from typing import TYPE_CHECKING, Generic, TypeVar

from captioner.vocabulary import tokenise

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

T = TypeVar("T")


class Phrases(Generic[T]):
    """What words, and pairs of words with an underscore between them, stand for; all in the singular."""

    def __init__(self, meanings: Mapping[str, T]) -> None:
        self._meanings = {tuple(phrase.split("_")): meaning for phrase, meaning in meanings.items()}
        self._uninflected = frozenset(word for phrase in self._meanings for word in phrase)

    def find(self, sentence: str) -> list[T]:
        """What the sentence's words stand for, in its order; of two readings the longer one: a hot dog is no dog."""
        return [meaning for _, meaning in self.places(tokenise(sentence))]

    def places(self, words: Sequence[str]) -> list[tuple[range, T]]:
        """What words stand for, with their places."""
        singular = [self._singular(word) for word in words]
        found = []
        place = 0
        while place < len(words):
            for length in (2, 1):
                phrase = tuple(singular[place : place + length])
                if len(phrase) == length and phrase in self._meanings:
                    found.append((range(place, place + length), self._meanings[phrase]))
                    break
            place += length
        return found

    def of_word(self, word: str) -> T | None:
        """What a word stands for by itself."""
        return self._meanings.get((self._singular(word),))

    def _singular(self, word: str) -> str:
        if word in self._uninflected:
            return word
        for ending, instead in (("ves", "f"), ("ies", "y"), ("es", ""), ("s", "")):
            if word.endswith(ending) and word.removesuffix(ending) + instead in self._uninflected:
                return word.removesuffix(ending) + instead
        return word
