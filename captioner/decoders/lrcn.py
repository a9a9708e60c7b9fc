"""LRCN, the long-term recurrent convolutional network (Donahue et al., CVPR 2015), as it describes images."""

from __future__ import annotations

from typing import TYPE_CHECKING

import torch
from torch import Tensor, nn
from torch.nn import functional as F

from captioner.decoders.base import Decoder, Memory
from captioner.decoders.lstm import LSTMState, run_lstm
from captioner.decoders.picture_rows import PictureRows
from captioner.rows import select_rows

if TYPE_CHECKING:
    from captioner.encoders import Features


class LRCN(Decoder):
    """One or two LSTMs that see the picture at every time step, beside the word.

    The paper's three variants (its figure 3):

    * 1u: `layers = 1`; one LSTM reads word and picture.
    * 2u, unfactored: `layers = 2, factored = 0`; the first LSTM reads word and picture, the second its output.
    * 2f, factored: `layers = 2, factored = 1`; the first LSTM reads words only and so becomes a model of language, the
      second fuses its output with the picture.

    Unlike the paper: the picture is the pooled features, brought to the size of a word by a linear layer.

    All begin at zero. Dropout acts on inputs, between the layers and on the output, never between time steps.
    """

    def __init__(
        self,
        *,
        vocabulary_size: int,
        feature_size: int,
        pooled_size: int,
        layers: int = 2,
        factored: int = 1,
        embedding_size: int = 512,
        hidden_size: int = 512,
        dropout: float = 0.5,
    ) -> None:
        super().__init__(pooled_size)
        if (layers, factored) not in ((1, 0), (2, 0), (2, 1)):
            raise ValueError(
                f"layers = {layers!r} with factored = {factored!r}; choose 1 and 0 (1u), 2 and 0 (2u), or 2 and 1 (2f)"
            )
        self._image_enters = factored  # the number, from 0, of the LSTM that reads the picture
        sizes = [embedding_size, hidden_size][:layers]  # each LSTM's input without the picture
        sizes[self._image_enters] += embedding_size
        self.image = nn.Linear(pooled_size, embedding_size)
        self.words = nn.Embedding(vocabulary_size, embedding_size)
        self.lstms = nn.ModuleList(nn.LSTM(size, hidden_size, batch_first=True) for size in sizes)
        self.output = nn.Linear(hidden_size, vocabulary_size)
        self.dropout = nn.Dropout(dropout)
        nn.init.uniform_(self.words.weight, -0.1, 0.1)

    def start(self, features: Features) -> tuple[tuple[LSTMState, ...], Memory]:
        image = self.dropout(self.image(self.standardised(features)))  # (B, E)
        zeros = image.new_zeros(len(image), self.output.in_features)  # (B, H)
        return tuple((zeros, zeros) for _ in self.lstms), (image,)

    def step(
        self, tokens: Tensor, state: tuple[LSTMState, ...], memory: Memory
    ) -> tuple[Tensor, tuple[LSTMState, ...]]:
        image = PictureRows.regular(len(tokens), len(memory[0])).spread(memory[0])  # (N, E)
        hidden, state = self._run(self.words(tokens).unsqueeze(1), image, state)  # (N, 1, H)
        return F.log_softmax(self.output(hidden.squeeze(1)), dim=1, dtype=torch.float32), state  # (N, V)

    def read(self, tokens: Tensor, state: tuple[LSTMState, ...], memory: Memory, owner: Tensor) -> Tensor:
        words = self.dropout(self.words(tokens))  # (N, T, E)
        hidden, _ = self._run(words, memory[0][owner], select_rows(state, owner))  # (N, T, H)
        logits: Tensor = self.output(hidden)  # (N, T, V)
        return logits

    def _run(self, words: Tensor, image: Tensor, state: tuple[LSTMState, ...]) -> tuple[Tensor, tuple[LSTMState, ...]]:
        """Through the LSTMs over T steps: the last one's hidden states (N, T, H), and the state after them.

        words: (N, T, E). image: (N, E).
        """
        values, after = words, []
        for number, (lstm, before) in enumerate(zip(self.lstms, state, strict=True)):
            assert isinstance(lstm, nn.LSTM)
            if number == self._image_enters:
                every_step = image.unsqueeze(1).expand(-1, words.shape[1], -1)  # (N, T, E)
                values = torch.cat([values, every_step], dim=2)  # (N, T, E + E or H + E)
            values, new = run_lstm(lstm, values, before)  # (N, T, H)
            values = self.dropout(values)
            after.append(new)
        return values, tuple(after)
