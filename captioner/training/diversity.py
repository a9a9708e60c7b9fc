"""How varied a captioner's sentences are, and how many of them it was not given in training."""

from __future__ import annotations

from typing import TYPE_CHECKING

from captioner.vocabulary import tokenise

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from captioner.training.data import Split

Known = frozenset[tuple[str, ...]]


def known_sentences(splits: Iterable[Split]) -> Known:
    """All captions of the splits, as words."""
    return frozenset(
        tuple(tokenise(caption)) for split in splits for example in split.examples for caption in example.captions
    )


def diversity(sentences: Sequence[str], known: Known = frozenset()) -> dict[str, float]:
    """How many sentences differ, how many words they have, and if `known` is given, the percentage that is not in it.

    Sentences are the same if their words are; capitals and marks do not count (Vinyals et al. 2015, section 4.3.4).
    """
    words = [tuple(tokenise(sentence)) for sentence in sentences]
    figures: dict[str, float] = {
        "distinct": len(set(words)),
        "mean_length": round(sum(map(len, words)) / len(words), 2),
    }
    if known:
        figures["novel"] = round(100 * sum(own not in known for own in words) / len(words), 2)
    return figures
