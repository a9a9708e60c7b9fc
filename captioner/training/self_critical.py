"""Self-critical sequence training (Rennie et al., CVPR 2017): the decoder's own sentences, judged by CIDEr-D.

The end token is a word of sentences and references: without it sentences would learn to break off (Luo 2020).

The baseline of a sentence is the mean reward of the others drawn for its picture (Luo, "A better variant of
self-critical sequence training", 2020), so that no greedy search is needed.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import torch
from torch import Tensor, nn

from captioner.decoders.base import owners
from captioner.rows import select_rows
from captioner.training.cider import Cider
from captioner.training.loss import sentence_losses
from captioner.vocabulary import Vocabulary

if TYPE_CHECKING:
    from collections.abc import Sequence

    from captioner.decoders import Decoder
    from captioner.encoders import Features


class Drawn(NamedTuple):
    """Sentences as a decoder reads them."""

    inputs: Tensor  # (N, T) the start token and the words
    targets: Tensor  # (N, T) the words and the end token, then padding


class SelfCritical:
    """The loss of the self-critical stages."""

    def __init__(
        self,
        references: Sequence[Sequence[Sequence[int]]],
        *,
        samples: int,
        max_length: int,
        forbidden_ids: tuple[int, ...],
    ) -> None:
        """references: for each training picture its sentences, each the ids of its words and of the end.

        samples: drawn for each picture, 2 or more. forbidden_ids: what the decoder must never write.
        """
        self._cider = Cider(references)
        self._samples = samples
        self._max_length = max_length
        self._forbidden_ids = forbidden_ids

    def __call__(self, decoder: Decoder, features: Features, positions: Tensor, starts: Tensor) -> tuple[Tensor, float]:
        """The loss to lower, and the mean reward (0 to 10).

        positions: (B,) the pictures' places in `references`. starts: (B,) the first token of each one's sentences.

        Dropout rests: the sentences must come from the very distribution whose gradient is taken.
        """
        for module in decoder.modules():
            if isinstance(module, nn.Dropout):
                module.eval()
        drawn = draw(
            decoder,
            features,
            starts.repeat_interleave(self._samples),
            max_length=self._max_length,
            forbidden_ids=self._forbidden_ids,
        )
        rewards = self._rewards(drawn, positions).to(drawn.targets.device)  # (B, S)
        others = (rewards.sum(dim=1, keepdim=True) - rewards) / (self._samples - 1)  # (B, S)
        losses = sentence_losses(decoder, features, *drawn, forbidden_ids=self._forbidden_ids)  # (N,)
        return ((rewards - others).flatten() * losses).mean(), rewards.mean().item()

    def _rewards(self, drawn: Drawn, positions: Tensor) -> Tensor:
        rows = [[word for word in row if word != Vocabulary.PAD] for row in drawn.targets.tolist()]
        return torch.tensor(
            [
                self._cider.scores(position, rows[place * self._samples : (place + 1) * self._samples])
                for place, position in enumerate(positions.tolist())
            ]
        )


@torch.no_grad()
def draw(
    decoder: Decoder, features: Features, starts: Tensor, *, max_length: int, forbidden_ids: tuple[int, ...]
) -> Drawn:
    """Draw N sentences word by word from the decoder's distribution.

    starts: (N,) the token that each begins with; N is a multiple of the B pictures, and the sentences of a picture are
    together. A sentence of more than `max_length` words is cut, without an end token. Unlike in the search, any
    word may come again: the reward tells of repeats.
    """
    state, memory = decoder.start(features)
    tokens = starts.to(features.pooled.device)  # (N,)
    state = select_rows(state, owners(len(features.pooled), tokens))
    done = torch.zeros_like(tokens, dtype=torch.bool)
    columns = [tokens]
    forbidden = torch.tensor(forbidden_ids, device=tokens.device)
    for _ in range(max_length + 1):
        log_probs, state = decoder.step(tokens, state, memory)  # (N, V)
        tokens = log_probs.float().index_fill(1, forbidden, float("-inf")).exp().multinomial(1).squeeze(1)  # (N,)
        tokens = tokens.masked_fill(done, Vocabulary.PAD)
        columns.append(tokens)
        done = done | (tokens == Vocabulary.END)
        if bool(done.all()):
            break
    words = torch.stack(columns, dim=1)  # (N, 1 + T)
    return Drawn(words[:, :-1], words[:, 1:])
