"""Recall and median rank: how retrieval is reported since Hodosh et al. (JAIR 2013)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import torch

if TYPE_CHECKING:
    from torch import Tensor

_KS = (1, 5, 10)


@dataclass(frozen=True, slots=True)
class Ranking:
    """Over all queries: the percentage whose first right answer is among the best K, and its median rank (from 1)."""

    recall: dict[int, float]
    median_rank: float

    def to_json(self) -> dict[str, float]:
        """By the names that papers use."""
        return {**{f"R@{k}": value for k, value in self.recall.items()}, "median_rank": self.median_rank}


def rank_sentences(scores: Tensor, owner: Tensor) -> Ranking:
    """Ask with each picture for its sentences. scores: (B, S), high is good. owner: (S,) each sentence's picture."""
    right = owner.unsqueeze(0) == torch.arange(len(scores)).unsqueeze(1)  # (B, S)
    return _ranking(_first_rank(scores, right))


def rank_pictures(scores: Tensor, owner: Tensor) -> Ranking:
    """Ask with each sentence for its picture; scores and owner as above."""
    right = owner.unsqueeze(1) == torch.arange(len(scores)).unsqueeze(0)  # (S, B)
    return _ranking(_first_rank(scores.T, right))


def _first_rank(scores: Tensor, right: Tensor) -> Tensor:
    """The rank, from 1, of each row's best right answer; among equals a wrong answer comes first."""
    if scores.isnan().any():
        raise ValueError("scores that are no numbers cannot be ranked")
    best = scores.masked_fill(~right, float("-inf")).amax(dim=1, keepdim=True)  # (Q, 1)
    return ((scores >= best) & ~right).sum(dim=1) + 1


def _ranking(ranks: Tensor) -> Ranking:
    recall = {k: round(100 * (ranks <= k).double().mean().item(), 2) for k in _KS}
    return Ranking(recall, ranks.double().quantile(0.5).item())
