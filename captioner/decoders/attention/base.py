"""What the attention decoders share: the way to ask for their maps, and the penalty that Xu et al. put on them."""

from __future__ import annotations

from abc import abstractmethod
from typing import TYPE_CHECKING, ClassVar, NamedTuple

from captioner.decoders.base import Decoder, Memory, State, owners

if TYPE_CHECKING:
    from torch import Tensor

    from captioner.encoders import Features


class Reading(NamedTuple):
    """What reading whole sentences gives."""

    logits: Tensor  # (N, T, V)
    maps: Tensor  # (N, T, P)


class AttentionDecoder(Decoder):
    """A decoder that weighs the places of the grid for every word."""

    reads_grid: ClassVar[bool] = True

    @abstractmethod
    def read_with_maps(self, tokens: Tensor, state: State, memory: Memory, owner: Tensor) -> Reading:
        """`read`, with the maps that `attention_maps` describes beside the logits."""

    def read(self, tokens: Tensor, state: State, memory: Memory, owner: Tensor) -> Tensor:
        return self.read_with_maps(tokens, state, memory, owner).logits

    def attention_maps(self, features: Features, tokens: Tensor) -> Tensor:
        state, memory = self.start(features)
        return self.read_with_maps(tokens, state, memory, owners(len(features.pooled), tokens)).maps


def doubly_stochastic_penalty(maps: Tensor, written: Tensor) -> Tensor:
    """`sum_i (1 - sum_t a_ti)^2` for each sentence, (N,): small if every place was looked at in turn.

    Equation 14 of Xu et al. (2015). maps: (N, T, P). written: (N, T), true where a word or the end token was predicted
    and false in the padding.
    """
    looked = (maps * written.unsqueeze(2)).sum(dim=1)  # (N, P)
    return (1 - looked).square().sum(dim=1)
