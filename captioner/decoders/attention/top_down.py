"""Top-down attention with two LSTMs (Anderson et al., CVPR 2018), here over a grid instead of detected objects."""

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

TopDownState = tuple[LSTMState, LSTMState]  # of the attention LSTM and of the language LSTM


class TopDownAttention(AttentionDecoder):
    """One LSTM decides where to look, a second one what to say.

    The attention LSTM reads `[h2_t-1, the whole picture, W_e y_t]` (equation 2), its hidden state `h1_t` weighs the
    places (equations 3 to 5), the language LSTM reads `[context, h1_t]` (equation 6) and
    `p_t+1 = softmax(W_p h2_t + b_p)` (equation 7). Both begin at zero.

    Unlike the paper: the scores are scaled dot products unless `additive` is 1, and the whole picture is the pooled
    features, brought to the size of a word, instead of the mean of the places. What is attended to and summed are the
    places after a layer of ours: normalised, as wide as the hidden state, and rectified.
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
        self.image_gates = nn.Linear(embedding_size, 4 * hidden_size, bias=False)
        self.places = Places(feature_size, hidden_size, dropout)
        self.attention = Attention(hidden_size, hidden_size, attention_size, additive)
        self.words = nn.Embedding(vocabulary_size, embedding_size)
        self.attention_lstm = LSTMCell(embedding_size, hidden_size, hidden_size)
        self.language_lstm = nn.LSTMCell(2 * hidden_size, hidden_size)
        self.output = nn.Linear(hidden_size, vocabulary_size)
        self.dropout = nn.Dropout(dropout)
        nn.init.uniform_(self.words.weight, -0.1, 0.1)

    def start(self, features: Features) -> tuple[TopDownState, Memory]:
        image = self.dropout(self.image(self.standardised(features)).relu())  # (B, E)
        values = self.places(features.grid)  # (B, P, H)
        zeros = values.new_zeros(len(values), values.shape[2])  # (B, H)
        return ((zeros, zeros), (zeros, zeros)), (self.attention.key(values), values, self.image_gates(image))

    def step(self, tokens: Tensor, state: TopDownState, memory: Memory) -> tuple[Tensor, TopDownState]:
        rows = PictureRows.regular(len(tokens), len(memory[0]))
        early = self.attention_lstm.early(self.words(tokens)) + rows.spread(memory[2])  # (N, 4H)
        state, _ = self._advance(early, state, memory, rows)
        return F.log_softmax(self.output(state[1][0]), dim=1, dtype=torch.float32), state  # (N, V)

    def read_with_maps(self, tokens: Tensor, state: TopDownState, memory: Memory, owner: Tensor) -> Reading:
        words = self.dropout(self.words(tokens))  # (N, T, E)
        rows = PictureRows(owner, len(memory[0]))
        early = self.attention_lstm.early(words) + rows.spread(memory[2]).unsqueeze(1)  # (N, T, 4H)
        state = select_rows(state, owner)
        hidden, maps = [], []
        for step in early.unbind(1):  # (N, 4H)
            state, weights = self._advance(step, state, memory, rows)
            hidden.append(state[1][0])
            maps.append(weights)
        logits = self.output(self.dropout(torch.stack(hidden, dim=1)))  # (N, T, V)
        return Reading(logits, torch.stack(maps, dim=1))

    def _advance(
        self, early: Tensor, state: TopDownState, memory: Memory, rows: PictureRows
    ) -> tuple[TopDownState, Tensor]:
        """One step of both LSTMs: their new state, and the weights (N, P). early: (N, 4H)."""
        keys, values = memory[:2]
        looking, saying = state
        looking = self.attention_lstm(early, (saying[0],), looking)
        context, weights = self.attention(looking[0], keys, values, rows)  # (N, H), (N, P)
        saying = self.language_lstm(torch.cat([context, looking[0]], dim=1), saying)
        return (looking, saying), weights
