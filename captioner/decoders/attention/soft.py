"""Soft attention, the decoder of Show, Attend and Tell (Xu et al., ICML 2015)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import torch
from torch import Tensor, nn
from torch.nn import functional as F

from captioner.decoders.attention.attend import Attention, Places
from captioner.decoders.attention.base import AttentionDecoder, Reading
from captioner.decoders.lstm import LSTMCell, LSTMState
from captioner.decoders.picture_rows import PictureRows
from captioner.rows import select_rows

if TYPE_CHECKING:
    from captioner.decoders.base import Memory
    from captioner.encoders import Features


class SoftAttention(AttentionDecoder):
    """An LSTM that looks at the grid before each word.

    The last hidden state weighs the places (equations 4 to 6) and the gate `beta = sigmoid(f_beta(h_t-1))` weighs
    their sum, the context `z_t = beta sum_i a_ti v_i` (section 4.2.1). The LSTM reads the last word and the context
    (equations 1 to 3), and `p_t+1 = softmax(L_o(E y_t + L_h h_t + L_z z_t))` (equation 7). The first hidden state and
    cell are computed from the whole picture.

    Unlike the paper: the scores are scaled dot products unless `additive` is 1, the gate has a number for each
    dimension of the context, and the first state comes from the pooled features, the cell by a linear map. What is
    attended to and summed are the places after a layer of ours: normalised, as wide as the hidden state, and rectified.
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
        self.first_state = nn.Linear(embedding_size, 2 * hidden_size)
        self.places = Places(feature_size, hidden_size, dropout)
        self.attention = Attention(hidden_size, hidden_size, attention_size, additive)
        self.gate = nn.Linear(hidden_size, hidden_size)
        self.words = nn.Embedding(vocabulary_size, embedding_size)
        self.lstm = LSTMCell(embedding_size, hidden_size, hidden_size)
        self.output_hidden = nn.Linear(hidden_size, embedding_size)
        self.output_context = nn.Linear(hidden_size, embedding_size, bias=False)
        self.output = nn.Linear(embedding_size, vocabulary_size)
        self.dropout = nn.Dropout(dropout)
        nn.init.uniform_(self.words.weight, -0.1, 0.1)

    def start(self, features: Features) -> tuple[LSTMState, Memory]:
        image = self.dropout(self.image(self.standardised(features)).relu())  # (B, E)
        hidden, cell = self.first_state(image).chunk(2, dim=1)  # (B, H) each
        values = self.places(features.grid)  # (B, P, H)
        return (hidden.tanh(), cell), (self.attention.key(values), values)

    def step(self, tokens: Tensor, state: LSTMState, memory: Memory) -> tuple[Tensor, LSTMState]:
        words = self.words(tokens)  # (N, E)
        rows = PictureRows.regular(len(tokens), len(memory[0]))
        state, context, _ = self._advance(self.lstm.early(words), state, memory, rows)
        return F.log_softmax(self._logits(words, state[0], context), dim=1, dtype=torch.float32), state  # (N, V)

    def read_with_maps(self, tokens: Tensor, state: LSTMState, memory: Memory, owner: Tensor) -> Reading:
        words = self.dropout(self.words(tokens))  # (N, T, E)
        rows = PictureRows(owner, len(memory[0]))
        state = select_rows(state, owner)
        seen = []
        for early in self.lstm.early(words).unbind(1):  # (N, 4H)
            state, context, weights = self._advance(early, state, memory, rows)
            seen.append((state[0], context, weights))
        hidden, contexts, maps = (torch.stack(parts, dim=1) for parts in zip(*seen, strict=True))  # (N, T, H or P)
        return Reading(self._logits(words, hidden, contexts), maps)

    def _advance(
        self, early: Tensor, state: LSTMState, memory: Memory, rows: PictureRows
    ) -> tuple[LSTMState, Tensor, Tensor]:
        """One step of the LSTM: its new state, the context (N, H) and its weights (N, P). early: (N, 4H)."""
        keys, values = memory
        context, weights = self.attention(state[0], keys, values, rows)
        context = self.gate(state[0]).sigmoid() * context  # (N, H)
        return self.lstm(early, (context,), state), context, weights

    def _logits(self, words: Tensor, hidden: Tensor, context: Tensor) -> Tensor:
        """The deep output layer: words (..., E), hidden and context (..., H) to (..., V)."""
        joined = words + self.output_hidden(hidden) + self.output_context(context)  # (..., E)
        logits: Tensor = self.output(self.dropout(joined))
        return logits
