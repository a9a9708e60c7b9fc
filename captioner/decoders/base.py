"""The interface of every decoder, so that search, training and the product never ask which paper it is."""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import TYPE_CHECKING, Any, ClassVar

import torch
from torch import Tensor, nn

if TYPE_CHECKING:
    from captioner.encoders import Features

State = Any
"""A tensor, or a (nested) tuple of tensors, whose first dimension is the number of open sentences N."""
Memory = tuple[Tensor, ...]
"""What all sentences of a picture share, for example attention keys; the first dimension is that of pictures, B."""


class Decoder(nn.Module, ABC):
    """Writes a sentence a word at a time.

    A constructor takes `vocabulary_size`, `feature_size` (C) and `pooled_size` (D) and then its own sizes by name, all
    of them plain numbers that a manifest can hold. `reads_grid` tells whether it looks at the feature grid; if not, the
    grid may be empty.

    Whatever a decoder computes of a picture alone, it computes in `start`, once, and keeps in state or memory. `step`
    and `read` go on from there: `step` by one word for each open sentence, `read` through sentences that are known. The
    two agree while dropout rests, as in eval mode.

    All decoders see the pooled features at mean 0 and deviation 1, dimension by dimension, because the levels of a
    trunk differ widely in scale: by the training pictures' figures, which `adapt_to` takes before a stage with a frozen
    encoder. They are not taken again while the encoder learns.
    """

    reads_grid: ClassVar[bool] = False

    image_mean: Tensor
    image_scale: Tensor

    def __init__(self, pooled_size: int) -> None:
        super().__init__()
        self.register_buffer("image_mean", torch.zeros(pooled_size))
        self.register_buffer("image_scale", torch.ones(pooled_size))  # one over the deviation

    def adapt_to(self, pooled: Tensor) -> None:
        """Learn mean and deviation of the training pictures' pooled features (n, D)."""
        self.image_mean.copy_(pooled.mean(dim=0))
        self.image_scale.copy_(1 / pooled.std(dim=0).clamp(min=1e-4))

    def standardised(self, features: Features) -> Tensor:
        """The pooled features at mean 0 and deviation 1, (B, D)."""
        return (features.pooled - self.image_mean) * self.image_scale  # (B, D)

    @abstractmethod
    def start(self, features: Features) -> tuple[State, Memory]:
        """Look at B pictures: the state before the start token (N = B), and what their sentences will share."""

    @abstractmethod
    def step(self, tokens: Tensor, state: State, memory: Memory) -> tuple[Tensor, State]:
        """Read tokens (N,); return log-probabilities (N, V) of the next ones, and the new state.

        N is a multiple of B: row n belongs to picture n // (N / B).
        """

    @abstractmethod
    def read(self, tokens: Tensor, state: State, memory: Memory, owner: Tensor) -> Tensor:
        """Read whole sentences, for training.

        tokens: (N, T), beginning with the start token. state, memory: as `start` gave them for B pictures.
        owner: (N,) the picture, 0 to B - 1, that each sentence is about, in any order.
        Returns logits (N, T, V), where place t predicts token t + 1 and has seen tokens 0 to t.
        """

    def forward(self, features: Features, tokens: Tensor) -> Tensor:
        """`start`, then `read`. tokens: (N, T), N a multiple of B with rows as in `step`. Returns logits (N, T, V)."""
        state, memory = self.start(features)
        return self.read(tokens, state, memory, owners(len(features.pooled), tokens))

    def attention_maps(self, features: Features, tokens: Tensor) -> Tensor | None:
        """Where the decoder looks as it writes; None if it has no attention.

        features, tokens: as in `forward`; the sentences are read once more. Returns (N, T, P): at place t the weights
        of the P places of the grid when token t + 1 was chosen. They sum to 1, or to less where the decoder may look
        away from the picture: what is missing is the weight of its sentinel. A gate on what was seen is not in them.
        """
        return None


def owners(pictures: int, tokens: Tensor) -> Tensor:
    """The picture of each of N rows, (N,), when every one of the B pictures has N / B rows together."""
    return torch.arange(pictures, device=tokens.device).repeat_interleave(len(tokens) // pictures)
