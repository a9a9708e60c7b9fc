"""The interface of every decoder, so that search, training and the product never ask which paper it is."""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import TYPE_CHECKING, Any, ClassVar

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
    """

    reads_grid: ClassVar[bool] = False

    @abstractmethod
    def start(self, features: Features) -> tuple[State, Memory]:
        """Look at B pictures: the state before the start token (N = B), and what their sentences will share."""

    @abstractmethod
    def step(self, tokens: Tensor, state: State, memory: Memory) -> tuple[Tensor, State]:
        """Read tokens (N,); return log-probabilities (N, V) of the next ones, and the new state.

        N is a multiple of B: row n belongs to picture n // (N / B).
        """

    @abstractmethod
    def forward(self, features: Features, tokens: Tensor) -> Tensor:
        """Read whole sentences, for training.

        tokens: (N, T), beginning with the start token; N a multiple of B as above. Returns logits (N, T, V), where
        place t predicts token t + 1 and has seen tokens 0 to t.
        """

    def adapt_to(self, pooled: Tensor) -> None:
        """Learn what must be known of the training pictures' pooled features (n, D) beforehand; by default nothing."""
