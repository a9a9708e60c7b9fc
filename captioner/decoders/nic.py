"""NIC, the decoder of Show and Tell (Vinyals, Toshev, Bengio and Erhan, CVPR 2015)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import torch
from torch import Tensor, nn
from torch.nn import functional as F

from captioner.decoders.base import Decoder, Memory
from captioner.decoders.lstm import LSTMState, run_lstm
from captioner.rows import select_rows

if TYPE_CHECKING:
    from captioner.encoders import Features


class NIC(Decoder):
    """An LSTM whose first input is the picture and whose later inputs are words.

    `x_-1 = W_i CNN(I)`, then `x_t = W_e S_t` from the start token on, and `p_t+1 = softmax(W_o h_t)` (equations 10 to
    12). The picture is seen once, before the first word. Dropout acts on the LSTM's inputs and outputs, never between
    its time steps (Zaremba et al. 2014).

    Unlike the paper: the LSTM is torch's, whose output is `o * tanh(c)`, where equation 8 has no tanh.
    """

    def __init__(
        self,
        *,
        vocabulary_size: int,
        feature_size: int,
        pooled_size: int,
        embedding_size: int = 512,
        hidden_size: int = 512,
        dropout: float = 0.5,
    ) -> None:
        super().__init__(pooled_size)
        self.image = nn.Linear(pooled_size, embedding_size)
        self.words = nn.Embedding(vocabulary_size, embedding_size)
        self.lstm = nn.LSTM(embedding_size, hidden_size, batch_first=True)
        self.output = nn.Linear(hidden_size, vocabulary_size)
        self.dropout = nn.Dropout(dropout)
        nn.init.uniform_(self.words.weight, -0.1, 0.1)

    def start(self, features: Features) -> tuple[LSTMState, Memory]:
        image = self.dropout(self.image(self.standardised(features)))  # (B, E)
        _, (hidden, cell) = self.lstm(image.unsqueeze(1))  # (1, B, H) each
        return (hidden.squeeze(0), cell.squeeze(0)), ()

    def step(self, tokens: Tensor, state: LSTMState, memory: Memory) -> tuple[Tensor, LSTMState]:
        hidden, state = run_lstm(self.lstm, self.words(tokens).unsqueeze(1), state)  # (N, 1, H)
        return F.log_softmax(self.output(hidden.squeeze(1)), dim=1, dtype=torch.float32), state  # (N, V)

    def read(self, tokens: Tensor, state: LSTMState, memory: Memory, owner: Tensor) -> Tensor:
        words = self.dropout(self.words(tokens))  # (N, T, E)
        hidden, _ = run_lstm(self.lstm, words, select_rows(state, owner))  # (N, T, H)
        logits: Tensor = self.output(self.dropout(hidden))  # (N, T, V)
        return logits
