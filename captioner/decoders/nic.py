"""NIC, the decoder of Show and Tell (Vinyals, Toshev, Bengio and Erhan, CVPR 2015)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import torch
from torch import Tensor, nn
from torch.nn import functional as F

from captioner.decoders.base import Decoder, Memory

if TYPE_CHECKING:
    from captioner.encoders import Features

LSTMState = tuple[Tensor, Tensor]  # hidden state and cell, (N, H) each


class NIC(Decoder):
    """An LSTM whose first input is the picture and whose later inputs are words.

    `x_-1 = W_i CNN(I)`, then `x_t = W_e S_t` from the start token on, and `p_t+1 = softmax(W_o h_t)` (equations 10 to
    12). The picture is seen once, before the first word. Dropout acts on the LSTM's inputs and outputs, never between
    its time steps (Zaremba et al. 2014). The pooled features are brought to mean 0 and deviation 1, dimension by
    dimension, with the training pictures' figures, because the trunk's levels differ widely in scale.
    """

    image_mean: Tensor
    image_scale: Tensor

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
        super().__init__()
        self.register_buffer("image_mean", torch.zeros(pooled_size))
        self.register_buffer("image_scale", torch.ones(pooled_size))
        self.image = nn.Linear(pooled_size, embedding_size)
        self.words = nn.Embedding(vocabulary_size, embedding_size)
        self.lstm = nn.LSTM(embedding_size, hidden_size, batch_first=True)
        self.output = nn.Linear(hidden_size, vocabulary_size)
        self.dropout = nn.Dropout(dropout)
        nn.init.uniform_(self.words.weight, -0.1, 0.1)

    def adapt_to(self, pooled: Tensor) -> None:
        self.image_mean.copy_(pooled.mean(dim=0))
        self.image_scale.copy_(1 / pooled.std(dim=0).clamp(min=1e-4))

    def start(self, features: Features) -> tuple[LSTMState, Memory]:
        image = self._image_vector(features).unsqueeze(1)  # (B, 1, E)
        _, (hidden, cell) = self.lstm(image)  # (1, B, H) each
        return (hidden.squeeze(0), cell.squeeze(0)), ()

    def step(self, tokens: Tensor, state: LSTMState, memory: Memory) -> tuple[Tensor, LSTMState]:
        words = self.words(tokens).unsqueeze(1)  # (N, 1, E)
        hidden, cell = (part.unsqueeze(0).contiguous() for part in state)  # (1, N, H) each
        _, (hidden, cell) = self.lstm(words, (hidden, cell))
        log_probs = F.log_softmax(self.output(hidden.squeeze(0)), dim=1)  # (N, V)
        return log_probs, (hidden.squeeze(0), cell.squeeze(0))

    def forward(self, features: Features, tokens: Tensor) -> Tensor:
        image = self._image_vector(features)  # (B, E)
        image = image.repeat_interleave(len(tokens) // len(image), dim=0)  # (N, E)
        inputs = torch.cat([image.unsqueeze(1), self.words(tokens)], dim=1)  # (N, 1 + T, E)
        hidden, _ = self.lstm(self.dropout(inputs))  # (N, 1 + T, H)
        logits: Tensor = self.output(self.dropout(hidden[:, 1:]))  # (N, T, V)
        return logits

    def _image_vector(self, features: Features) -> Tensor:
        standard = (features.pooled - self.image_mean) * self.image_scale  # (B, D)
        vector: Tensor = self.image(standard)  # (B, E)
        return vector
