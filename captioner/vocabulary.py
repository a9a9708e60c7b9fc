"""Words and their numbers."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

_WORD = re.compile(r"[a-z0-9]+(?:['-][a-z0-9]+)*")
_LAST_MARKS = ".,;:!? "
_SPECIAL = ("<pad>", "<start>", "<end>", "<unk>")


def tokenise(sentence: str) -> list[str]:
    """Split a sentence into lower-case words; marks go, but `t-shirt` and `man's` stay whole."""
    return _WORD.findall(sentence.lower().replace("\N{RIGHT SINGLE QUOTATION MARK}", "'"))


def without_last_marks(text: str) -> str:
    """The text without the marks that end a sentence, and without blanks around it."""
    return text.strip().rstrip(_LAST_MARKS)


def as_sentence(text: str) -> str:
    """The text with a capital at its beginning and one full stop at its end; nothing if it is nothing but marks."""
    text = without_last_marks(text)
    return f"{text[0].upper()}{text[1:]}." if text else ""


class Vocabulary:
    """The words that a decoder knows. Ids 0 to 3 are padding, start, end and the unknown word.

    styles: the ways of writing that a decoder was taught, for example those of two data sets, the usual one first. Each
    has a start token of its own, the last ids of all; a decoder without styles begins with the one start token.
    repeatable: the words that a sentence may hold more than once; None if all may.
    """

    PAD: Final = 0
    START: Final = 1
    END: Final = 2
    UNKNOWN: Final = 3

    def __init__(
        self, words: Iterable[str], styles: Iterable[str] = (), repeatable: Iterable[str] | None = None
    ) -> None:
        """words: distinct, in the order of their ids, without the four special ones."""
        self.words = tuple(words)
        self.styles = tuple(styles)
        self._all = (*_SPECIAL, *self.words, *(f"<{style}>" for style in self.styles))
        self._ids = {word: number for number, word in enumerate(self._all)}
        if len(self._ids) != len(self._all):
            raise ValueError("a vocabulary's words and styles must be distinct")
        first_style = len(_SPECIAL) + len(self.words)
        self._written = range(len(_SPECIAL), first_style)
        # What a decoder must never write: a gap is of no use to a reader.
        self.unwritable = (self.PAD, self.START, self.UNKNOWN, *range(first_style, len(self._all)))
        self.repeatable = None if repeatable is None else tuple(repeatable)
        may_repeat = self._written if self.repeatable is None else self.ids(self.repeatable)
        self.once = tuple(sorted(set(self._written).difference(may_repeat)))

    @classmethod
    def from_sentences(
        cls, sentences: Iterable[str], min_count: int, styles: Iterable[str] = (), repeated: float = 0.0
    ) -> Vocabulary:
        """Know the words that occur at least `min_count` times, the most frequent first.

        repeated: a word is repeatable if this part or more of the sentences that hold it hold it again.
        """
        counts: Counter[str] = Counter()
        holding: Counter[str] = Counter()
        holding_again: Counter[str] = Counter()
        for sentence in sentences:
            found = Counter(tokenise(sentence))
            counts.update(found)
            holding.update(found.keys())
            holding_again.update(word for word, number in found.items() if number > 1)
        kept = sorted((word for word in counts if counts[word] >= min_count), key=lambda word: (-counts[word], word))
        repeatable = [word for word in kept if holding_again[word] >= repeated * holding[word]] if repeated else None
        return cls(kept, styles, repeatable)

    def __len__(self) -> int:
        return len(self._all)

    def start_id(self, style: str = "") -> int:
        """The start token of a style, or of the usual one if there is no such style."""
        if not self.styles:
            return self.START
        return self._ids[f"<{style if style in self.styles else self.styles[0]}>"]

    def encode(self, sentence: str) -> list[int]:
        """The ids of a sentence's words, without start and end."""
        return [self._ids.get(word, self.UNKNOWN) for word in tokenise(sentence)]

    def ids(self, tokens: Iterable[str]) -> list[int]:
        """The ids of words that the vocabulary knows; raises KeyError for others."""
        return [self._ids[token] for token in tokens]

    def tokens(self, ids: Sequence[int]) -> tuple[str, ...]:
        """The words of the ids."""
        return tuple(self._all[number] for number in ids)

    def decode(self, ids: Sequence[int]) -> str:
        """A sentence: special tokens left out, a capital at its beginning and a full stop at its end."""
        return as_sentence(" ".join(self._all[number] for number in ids if number in self._written))
