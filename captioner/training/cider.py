"""CIDEr-D (Vedantam, Zitnick and Parikh, CVPR 2015) of numbered words: the reward of self-critical training.

The published figures are pycocoevalcap's (see `metrics`); of the same tokens this gives the same, and quickly
enough for every step.
"""

from __future__ import annotations

import math
from collections import Counter
from itertools import chain
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence

_Tokens = tuple[int, ...]
_ORDERS = 4
_SIGMA = 6.0  # of the penalty for another length


class _Vector(NamedTuple):
    """A sentence as n-grams, each weighted by how often it occurs here and how seldom elsewhere."""

    weights: dict[_Tokens, float]
    norms: tuple[float, ...]  # one an order
    length: int


class Cider:
    """Scores sentences against the references of known pictures; all of these tell which n-grams are common."""

    def __init__(self, references: Sequence[Sequence[Sequence[int]]]) -> None:
        """references: for each picture its sentences, each the ids of its words."""
        self._references = references
        self._pictures_with: Counter[_Tokens] = Counter()
        for sentences in references:
            self._pictures_with.update(set(chain.from_iterable(map(_ngrams, sentences))))
        self._log_pictures = math.log(max(len(references), 1))

    def scores(self, picture: int, sentences: Sequence[Sequence[int]]) -> list[float]:
        """The CIDEr-D, 0 to 10, of sentences about the picture at that place in the list of references."""
        references = [self._vector(sentence) for sentence in self._references[picture]]
        return [
            10 * sum(_likeness(vector, reference) for reference in references) / (len(references) * _ORDERS)
            for vector in map(self._vector, sentences)
        ]

    def _vector(self, sentence: Sequence[int]) -> _Vector:
        counts = Counter(_ngrams(sentence))
        weights = {
            ngram: count * (self._log_pictures - math.log(max(1, self._pictures_with.get(ngram, 0))))
            for ngram, count in counts.items()
        }
        squares = [0.0] * _ORDERS
        for ngram, weight in weights.items():
            squares[len(ngram) - 1] += weight * weight
        return _Vector(weights, tuple(map(math.sqrt, squares)), len(sentence))


def _ngrams(sentence: Sequence[int]) -> list[_Tokens]:
    return [
        tuple(sentence[first : first + order])
        for order in range(1, _ORDERS + 1)
        for first in range(len(sentence) - order + 1)
    ]


def _likeness(said: _Vector, reference: _Vector) -> float:
    """The cosine, with clipped counts, summed over the orders, times the penalty for another length."""
    products = [0.0] * _ORDERS
    for ngram, weight in said.weights.items():
        other = reference.weights.get(ngram)
        if other is not None:
            products[len(ngram) - 1] += min(weight, other) * other
    cosines = (
        product / (one * other) if one and other else 0.0
        for product, one, other in zip(products, said.norms, reference.norms, strict=True)
    )
    return sum(cosines) * math.exp(-((said.length - reference.length) ** 2) / (2 * _SIGMA**2))
