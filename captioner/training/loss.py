"""The loss of Show and Tell."""

from __future__ import annotations

from typing import TYPE_CHECKING

from torch.nn import functional as F

from captioner.encoders import Features
from captioner.vocabulary import Vocabulary

if TYPE_CHECKING:
    from torch import Tensor

    from captioner.decoders import Decoder
    from captioner.training.batches import Batch

_ROWS_TOGETHER = 80


def caption_loss(logits: Tensor, targets: Tensor, label_smoothing: float = 0.0) -> Tensor:
    """The sum of the words' negative log-likelihoods over all sentences (equation 13).

    logits: (N, T, V). targets: (N, T), padding after the end token. With label smoothing (Szegedy et al. 2015) a part
    of each target's weight is spread over all words.
    """
    return F.cross_entropy(
        logits.flatten(0, 1),
        targets.flatten(),
        ignore_index=Vocabulary.PAD,
        label_smoothing=label_smoothing,
        reduction="sum",
    )


def batch_loss(decoder: Decoder, features: Features, batch: Batch, label_smoothing: float = 0.0) -> Tensor:
    """The mean over a batch's sentences of `caption_loss`.

    Sentences of like length go through the decoder together, so that little is computed for padding.
    """
    device = features.pooled.device
    inputs, targets = batch.inputs.to(device), batch.targets.to(device)  # (N, T)
    lengths = (targets != Vocabulary.PAD).sum(dim=1)  # (N,)
    captions_per_picture = len(targets) // len(features.pooled)
    total = features.pooled.new_zeros(())
    for rows in lengths.argsort().split(_ROWS_TOGETHER):
        longest = int(lengths[rows[-1]])
        owner = rows // captions_per_picture
        own = Features(features.grid[owner], features.pooled[owner])
        logits = decoder(own, inputs[rows, :longest])  # (N', T', V)
        total = total + caption_loss(logits, targets[rows, :longest], label_smoothing)
    return total / len(targets)
