"""m-RNN, the multimodal recurrent neural network (Mao, Xu, Yang, Wang and Yuille 2014, arXiv 1410.1090)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import torch
from torch import Tensor, nn
from torch.nn import functional as F

from captioner.decoders.base import Decoder, Memory
from captioner.decoders.picture_rows import PictureRows

if TYPE_CHECKING:
    from captioner.encoders import Features


class MRNN(Decoder):
    """A plain recurrent network over words, which meets the picture in a layer of its own, never in its memory.

    A word goes through two embedding layers to w(t). The recurrence is `r(t) = f(U r(t-1) + w(t))` with f the
    rectifier, the multimodal layer `m(t) = g(V_w w(t) + V_r r(t) + V_I I)` with `g(x) = 1.7159 tanh(2x / 3)` (LeCun et
    al. 1998), and `p_t+1 = softmax(W_o m(t))`.

    The second embedding layer is linear, so that w(t) can push r(t) both ways. U begins orthogonal: under the
    rectifier such a recurrence neither grows without bound nor forgets at once.
    """

    def __init__(
        self,
        *,
        vocabulary_size: int,
        feature_size: int,
        pooled_size: int,
        embedding_size: int = 256,
        hidden_size: int = 512,
        multimodal_size: int = 512,
        dropout: float = 0.5,
    ) -> None:
        super().__init__(pooled_size)
        self.words = nn.Embedding(vocabulary_size, embedding_size)
        self.second_embedding = nn.Linear(embedding_size, hidden_size)
        self.recurrence = nn.Linear(hidden_size, hidden_size, bias=False)  # U
        self.from_word = nn.Linear(hidden_size, multimodal_size)  # V_w
        self.from_recurrence = nn.Linear(hidden_size, multimodal_size, bias=False)  # V_r
        self.from_image = nn.Linear(pooled_size, multimodal_size, bias=False)  # V_I
        self.output = nn.Linear(multimodal_size, vocabulary_size)
        self.dropout = nn.Dropout(dropout)
        nn.init.uniform_(self.words.weight, -0.1, 0.1)
        nn.init.orthogonal_(self.recurrence.weight)

    def start(self, features: Features) -> tuple[Tensor, Memory]:
        image = self.dropout(self.from_image(self.standardised(features)))  # (B, M)
        return image.new_zeros(len(image), self.recurrence.in_features), (image,)  # (B, H)

    def step(self, tokens: Tensor, state: Tensor, memory: Memory) -> tuple[Tensor, Tensor]:
        word = self.second_embedding(self.words(tokens))  # (N, H)
        state = self._recur(word, state)
        image = PictureRows.regular(len(tokens), len(memory[0])).spread(memory[0])  # (N, M)
        return F.log_softmax(self._logits(word, state, image), dim=1, dtype=torch.float32), state  # (N, V)

    def read(self, tokens: Tensor, state: Tensor, memory: Memory, owner: Tensor) -> Tensor:
        words = self.second_embedding(self.dropout(self.words(tokens)))  # (N, T, H)
        state = state[owner]  # (N, H)
        states = []
        for word in words.unbind(1):
            state = self._recur(word, state)
            states.append(state)
        return self._logits(words, torch.stack(states, dim=1), memory[0][owner].unsqueeze(1))  # (N, T, V)

    def _recur(self, word: Tensor, state: Tensor) -> Tensor:
        """r(t) from w(t) and r(t-1), all (N, H)."""
        return torch.addmm(word, state, self.recurrence.weight.T).relu()

    def _logits(self, word: Tensor, state: Tensor, image: Tensor) -> Tensor:
        """The multimodal layer and the output. word, state: (..., H). image: (..., M). Returns (..., V)."""
        total = self.from_word(word) + self.from_recurrence(state) + image  # (..., M)
        logits: Tensor = self.output(self.dropout(1.7159 * torch.tanh(total * (2 / 3))))
        return logits
