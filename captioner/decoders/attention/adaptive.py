"""Adaptive attention with a visual sentinel, Knowing When to Look (Lu, Xiong, Parikh and Socher, CVPR 2017)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import torch
from torch import Tensor, nn
from torch.nn import functional as F

from captioner.decoders.attention.attend import Attention, Places
from captioner.decoders.attention.base import AttentionDecoder, Reading
from captioner.decoders.lstm import LSTMCell, LSTMState, lstm_update
from captioner.decoders.picture_rows import PictureRows
from captioner.rows import select_rows

if TYPE_CHECKING:
    from captioner.decoders.base import Memory
    from captioner.encoders import Features


class AdaptiveAttention(AttentionDecoder):
    """An LSTM whose output looks at the grid, or at a sentinel: what the LSTM knows without looking.

    The LSTM reads `x_t = [w_t, the whole picture]`. The sentinel is `s_t = sigmoid(W_x x_t + W_h h_t-1) * tanh(m_t)`
    with the cell m_t (equations 9 and 10). One softmax weighs the places and the sentinel together, by scores against
    h_t (equations 6, 7 and 12); the sentinel's weight is `beta_t` and the context
    `c_t = beta_t s_t + sum_i a_ti v_i`, the weights `a_ti` summing to `1 - beta_t` (equation 11), and
    `p_t+1 = softmax(W_p(c_t + h_t))` (equation 13). Attention follows the LSTM and never feeds it, so that in training
    it looks for all words at once.

    Unlike the paper: the scores are scaled dot products unless `additive` is 1, and the whole picture is the pooled
    features instead of the mean of the places. The places are normalised before their layer (equation 15).
    """

    def __init__(
        self,
        *,
        vocabulary_size: int,
        feature_size: int,
        pooled_size: int,
        embedding_size: int = 512,
        hidden_size: int = 512,
        attention_size: int = 512,
        additive: int = 0,
        dropout: float = 0.5,
    ) -> None:
        super().__init__(pooled_size)
        self.image = nn.Linear(pooled_size, embedding_size)
        self.image_gates = nn.Linear(embedding_size, 5 * hidden_size, bias=False)
        self.places = Places(feature_size, hidden_size, dropout)
        self.attention = Attention(hidden_size, hidden_size, attention_size, additive)
        self.sentinel_key = nn.Linear(hidden_size, attention_size, bias=False)
        self.words = nn.Embedding(vocabulary_size, embedding_size)
        self.lstm = LSTMCell(embedding_size, 0, hidden_size, more_gates=1)  # the fifth gate is the sentinel's
        self.output = nn.Linear(hidden_size, vocabulary_size)
        self.dropout = nn.Dropout(dropout)
        nn.init.uniform_(self.words.weight, -0.1, 0.1)

    def start(self, features: Features) -> tuple[LSTMState, Memory]:
        image = self.dropout(self.image(self.standardised(features)).relu())  # (B, E)
        values = self.places(features.grid)  # (B, P, H)
        zeros = values.new_zeros(len(values), values.shape[2])  # (B, H)
        return (zeros, zeros), (self.attention.key(values), values, self.image_gates(image))

    def step(self, tokens: Tensor, state: LSTMState, memory: Memory) -> tuple[Tensor, LSTMState]:
        rows = PictureRows.regular(len(tokens), len(memory[0]))
        early = self.lstm.early(self.words(tokens)) + rows.spread(memory[2])  # (N, 5H)
        state, sentinel = self._advance(early, state)
        context, _ = self._look(state[0].unsqueeze(1), sentinel.unsqueeze(1), memory, rows)  # (N, 1, H)
        logits = self.output(context.squeeze(1) + state[0])  # (N, V)
        return F.log_softmax(logits, dim=1, dtype=torch.float32), state

    def read_with_maps(self, tokens: Tensor, state: LSTMState, memory: Memory, owner: Tensor) -> Reading:
        words = self.dropout(self.words(tokens))  # (N, T, E)
        rows = PictureRows(owner, len(memory[0]))
        early = self.lstm.early(words) + rows.spread(memory[2]).unsqueeze(1)  # (N, T, 5H)
        state = select_rows(state, owner)
        steps = []
        for gates in early.unbind(1):  # (N, 5H)
            state, sentinel = self._advance(gates, state)
            steps.append((state[0], sentinel))
        hidden, sentinels = (torch.stack(parts, dim=1) for parts in zip(*steps, strict=True))  # (N, T, H) each
        context, maps = self._look(hidden, sentinels, memory, rows)
        return Reading(self.output(self.dropout(context + hidden)), maps)

    def _advance(self, early: Tensor, state: LSTMState) -> tuple[LSTMState, Tensor]:
        """One step of the LSTM: its new state and the sentinel (N, H). early: (N, 5H)."""
        gates = self.lstm.gates(early, (), state[0])  # (N, 5H)
        size = state[0].shape[1]
        hidden, cell = lstm_update(gates[:, : 4 * size], state[1])
        return (hidden, cell), gates[:, 4 * size :].sigmoid() * cell.tanh()

    def _look(self, hidden: Tensor, sentinel: Tensor, memory: Memory, rows: PictureRows) -> tuple[Tensor, Tensor]:
        """Attend T times in each sentence: the contexts (N, T, H) and the places' weights (N, T, P).

        hidden, sentinel: (N, T, H).
        """
        keys, values = memory[:2]
        queries = self.attention.query(hidden)  # (N, T, A)
        grouped = rows.group(queries)  # (B, W, T, A)
        scores = self.attention.scores(grouped.flatten(1, 2), keys)  # (B, W * T, P)
        scores = rows.ungroup(scores.unflatten(1, grouped.shape[1:3]))  # (N, T, P)
        sentinel_score = self.attention.pair_scores(queries, self.sentinel_key(sentinel))  # (N, T)
        weights = torch.cat([scores, sentinel_score.unsqueeze(2)], dim=2).softmax(dim=2)  # (N, T, P + 1)
        maps, beta = weights[..., :-1], weights[..., -1:]  # (N, T, P), (N, T, 1)
        seen = torch.bmm(rows.group(maps).flatten(1, 2), values)  # (B, W * T, H)
        seen = rows.ungroup(seen.unflatten(1, grouped.shape[1:3]))  # (N, T, H)
        return beta * sentinel + seen, maps
