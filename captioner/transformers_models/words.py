"""Sub-word tokens grouped to words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from captioner.vocabulary import without_last_marks

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence


def group_words(
    ids: Sequence[int], log_probabilities: Sequence[float], decode: Callable[[Sequence[int]], str]
) -> tuple[tuple[str, ...], tuple[float, ...]]:
    """The words of a sentence, and the log-probability of each and then of the end.

    ids: the T tokens, without start and end. log_probabilities: theirs and then the end token's, T + 1. decode: tells
    the text of tokens, whatever marks the model joins them with. A word's log-probability is the sum of its tokens',
    the marks behind it among them; that of tokens without a word, such as blanks, counts to a word beside them.
    """
    *pieces, end = log_probabilities
    counts = [len(decode(ids[: number + 1]).split()) for number in range(len(ids))]  # of words, after each token
    words = without_last_marks(decode(ids)).split()
    sums = [*(0.0 for _ in words), end]
    begun = len(words)
    # From the end, since words can still grow together: "dog '" becomes "dog's".
    for count, piece in zip(reversed(counts), reversed(pieces), strict=True):
        begun = min(begun, count)
        sums[max(begun, 1) - 1] += piece
    return tuple(words), tuple(sums)
