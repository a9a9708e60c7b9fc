"""The loss of Show and Tell, and what Show, Attend and Tell adds to it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import torch
from torch.nn import functional as F

from captioner.decoders.attention import AttentionDecoder, doubly_stochastic_penalty
from captioner.errors import ConfigurationError
from captioner.vocabulary import Vocabulary

if TYPE_CHECKING:
    from torch import Tensor

    from captioner.decoders import Decoder
    from captioner.encoders import Features
    from captioner.training.batches import Batch

_ROWS_TOGETHER = 80


def caption_losses(logits: Tensor, targets: Tensor, label_smoothing: float = 0.0) -> Tensor:
    """The sum of the words' negative log-likelihoods, for each sentence (equation 13); (N,).

    logits: (N, T, V). targets: (N, T), padding after the end token. With label smoothing (Szegedy et al. 2015) a part
    of each target's weight is spread over all tokens.
    """
    losses = F.cross_entropy(
        logits.flatten(0, 1).float(),  # they may be bfloat16, too coarse for sums over the vocabulary
        targets.flatten(),
        ignore_index=Vocabulary.PAD,
        label_smoothing=label_smoothing,
        reduction="none",
    )  # (N * T,)
    return losses.view_as(targets).sum(dim=1)


def sentence_losses(
    decoder: Decoder,
    features: Features,
    inputs: Tensor,
    targets: Tensor,
    *,
    label_smoothing: float = 0.0,
    attention_penalty: float = 0.0,
    forbidden_ids: tuple[int, ...] = (),
) -> Tensor:
    """`caption_losses` of sentences about B pictures; (N,).

    inputs, targets: (N, T), N a multiple of B, the sentences of a picture together. attention_penalty: how much of
    `doubly_stochastic_penalty` is added; above 0 the decoder must have attention. forbidden_ids: words that the decoder
    may not choose. Sentences of like length go through the decoder together, so that little is computed for padding.
    """
    lengths = (targets != Vocabulary.PAD).sum(dim=1)  # (N,)
    captions_per_picture = len(targets) // len(features.pooled)
    forbidden = torch.tensor(forbidden_ids, dtype=torch.long, device=targets.device)
    order = lengths.argsort()  # (N,)
    state, memory = decoder.start(features)
    parts = []
    for rows in order.split(_ROWS_TOGETHER):
        longest = int(lengths[rows[-1]])
        words, wanted = inputs[rows, :longest], targets[rows, :longest]  # (N', T')
        owner = rows // captions_per_picture  # (N',)
        if attention_penalty:
            if not isinstance(decoder, AttentionDecoder):
                raise ConfigurationError("An attention penalty needs a decoder with attention. Set it to 0.")
            logits, maps = decoder.read_with_maps(words, state, memory, owner)
            penalty = attention_penalty * doubly_stochastic_penalty(maps.float(), wanted != Vocabulary.PAD)  # (N',)
        else:
            logits = decoder.read(words, state, memory, owner)  # (N', T', V)
            penalty = torch.zeros(len(rows), device=logits.device)
        if forbidden_ids:
            logits = logits.index_fill(2, forbidden, float("-inf"))
        parts.append(caption_losses(logits, wanted, label_smoothing) + penalty)
    return torch.cat(parts)[order.argsort()]


def batch_loss(
    decoder: Decoder,
    features: Features,
    batch: Batch,
    *,
    label_smoothing: float = 0.0,
    attention_penalty: float = 0.0,
) -> Tensor:
    """The mean over a batch's sentences of `sentence_losses`."""
    device = features.pooled.device
    inputs, targets = batch.inputs.to(device), batch.targets.to(device)  # (N, T)
    losses = sentence_losses(
        decoder, features, inputs, targets, label_smoothing=label_smoothing, attention_penalty=attention_penalty
    )  # (N,)
    return losses.mean()
