"""Looking at the grid: its places as the decoder sees them, and the weights that a query gives them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import torch
from torch import Tensor, nn

if TYPE_CHECKING:
    from captioner.decoders.picture_rows import PictureRows


class Places(nn.Module):
    """The places of the grid brought to the decoder's size: (B, P, C) to (B, P, H).

    `ReLU(W LayerNorm(a_i))`: the layer norm because a trunk's maps are sparse and far from mean 0.
    """

    def __init__(self, feature_size: int, size: int, dropout: float) -> None:
        super().__init__()
        self.norm = nn.LayerNorm(feature_size)
        self.linear = nn.Linear(feature_size, size)
        self.dropout = nn.Dropout(dropout)

    def forward(self, grid: Tensor) -> Tensor:
        places: Tensor = self.dropout(self.linear(self.norm(grid)).relu())  # (B, P, H)
        return places


class Attention(nn.Module):
    """Softmax over the places of a score that compares a query with each place's key.

    additive = 0: the scaled dot product `q . k / sqrt(A)` (Vaswani et al. 2017), which is far cheaper.
    additive = 1: `w . tanh(q + k)` (Bahdanau et al. 2015), which the captioning papers use.
    Queries are `W_q h` and keys `W_k v`, both of size A.
    """

    def __init__(self, query_size: int, value_size: int, attention_size: int, additive: int) -> None:
        super().__init__()
        if additive not in (0, 1):
            raise ValueError(f"additive is {additive!r}; choose 0 (scaled dot product) or 1 (additive)")
        self.query = nn.Linear(query_size, attention_size)
        self.key = nn.Linear(value_size, attention_size, bias=False)
        self.score = nn.Linear(attention_size, 1, bias=False) if additive else None
        self._scale = attention_size**-0.5

    def scores(self, queries: Tensor, keys: Tensor) -> Tensor:
        """Every query against every key of its picture. queries: (B, M, A). keys: (B, P, A). Returns (B, M, P)."""
        if self.score is None:
            return torch.bmm(queries * self._scale, keys.transpose(1, 2))
        return self.pair_scores(queries.unsqueeze(2), keys.unsqueeze(1))  # (B, M, 1, A), (B, 1, P, A)

    def pair_scores(self, queries: Tensor, keys: Tensor) -> Tensor:
        """Each query against the one key beside it: (..., A) and (..., A) to (...)."""
        if self.score is None:
            return (queries * keys).sum(dim=-1) * self._scale
        scores: Tensor = self.score((queries + keys).tanh()).squeeze(-1)
        return scores

    def forward(self, hidden: Tensor, keys: Tensor, values: Tensor, rows: PictureRows) -> tuple[Tensor, Tensor]:
        """Attend once in each of N sentences.

        hidden: (N, Q). keys: (B, P, A), `key` of the values. values: (B, P, H).
        Returns the context `sum_i a_i v_i` (N, H) and the weights a (N, P).
        """
        queries = rows.group(self.query(hidden))  # (B, W, A)
        weights = self.scores(queries, keys).softmax(dim=2)  # (B, W, P)
        return rows.ungroup(torch.bmm(weights, values)), rows.ungroup(weights)
