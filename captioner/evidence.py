"""Evidence of objects: which of the eighty kinds of MS-COCO a picture shows, and what follows for words.

A decoder that is at a loss names what usually stands beside what it saw. A head that looks at the picture alone, and
never at the sentence, holds against it: a word for a kind of object costs the more, the less of that kind is seen. It
is the other half of "constraining the beam" (Anderson et al., EMNLP 2017), with detectors in the manner of Fang et al.
(CVPR 2015) and Wu et al. (CVPR 2016).
"""

from __future__ import annotations

import math
from functools import lru_cache
from typing import TYPE_CHECKING

import torch
from torch import Tensor, nn

from captioner.objects import KINDS, kind_of

if TYPE_CHECKING:
    from captioner.vocabulary import Vocabulary

EVIDENT_KINDS = tuple(sorted(KINDS))
_NEVER_DOUBTED = "person"  # most pictures hold people, and the words for them are many


class ObjectEvidence(nn.Module):
    """Tells the kinds of object from the pooled features and from each place of the grid."""

    def __init__(self, *, feature_size: int, pooled_size: int, hidden_size: int, dropout: float = 0.5) -> None:
        super().__init__()
        count = len(EVIDENT_KINDS)
        self.whole = nn.Sequential(
            nn.Dropout(dropout),
            nn.Linear(pooled_size, hidden_size),
            nn.ReLU(),
            nn.Dropout(dropout),
            nn.Linear(hidden_size, count),
        )
        self.place = nn.Sequential(nn.LayerNorm(feature_size), nn.Dropout(dropout), nn.Linear(feature_size, count))

    def forward(self, grid: Tensor, pooled: Tensor) -> Tensor:
        """Logits of the kinds, (B, K), in the order of EVIDENT_KINDS.

        grid: (B, P, C). pooled: (B, D), standardised. A small object fills few places, so the places are joined by a
        soft maximum.
        """
        places = self.place(grid)  # (B, P, K)
        logits: Tensor = self.whole(pooled) + places.logsumexp(dim=1) - math.log(places.shape[1])
        return logits


def word_penalties(logits: Tensor, vocabulary: Vocabulary, *, weight: float, least: float) -> Tensor:
    """What is added to the log-probabilities of words, (B, V), at most 0.

    logits: (B, K), as ObjectEvidence gives them. A word for a kind whose probability is below `least` costs `weight`
    times the distance of the two log-odds; words for people and for no kind cost nothing.
    """
    words, kinds = _words_with_kinds(vocabulary.words)
    ids = torch.tensor(vocabulary.ids(words), dtype=torch.long, device=logits.device)
    doubts = (logits - math.log(least / (1 - least))).clamp(max=0) * weight  # (B, K)
    penalties = logits.new_zeros(len(logits), len(vocabulary))
    penalties[:, ids] = doubts[:, list(kinds)]
    return penalties


@lru_cache(maxsize=4)
def _words_with_kinds(words: tuple[str, ...]) -> tuple[tuple[str, ...], tuple[int, ...]]:
    """The words that name one kind of object by themselves, and the places of those kinds."""
    found = [(word, kind) for word in words if (kind := kind_of(word)) and kind != _NEVER_DOUBTED]
    return tuple(word for word, _ in found), tuple(EVIDENT_KINDS.index(kind) for _, kind in found)
