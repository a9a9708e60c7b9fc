"""Perplexity: how well a decoder foretells the words that people wrote."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import torch

from captioner.training.batches import padded
from captioner.training.evaluation import BATCH
from captioner.training.loss import sentence_losses
from captioner.vocabulary import Vocabulary

if TYPE_CHECKING:
    from collections.abc import Sequence

    from captioner.model import CaptioningModel
    from captioner.training.data import Example
    from captioner.training.sources import FeatureSource


@torch.inference_mode()
def perplexity(
    model: CaptioningModel, source: FeatureSource, examples: Sequence[Example], vocabulary: Vocabulary, style: str = ""
) -> dict[str, float]:
    """The exponential of the mean negative log-likelihood of a word, over all captions of the photographs, uncut.

    The end token is a word. A word that the vocabulary lacks counts as the unknown word, which a decoder foretells
    better than the word itself: `unknown_words`, the percentage of those, says how far to trust a comparison.
    """
    model.eval()
    by_count: dict[int, list[int]] = {}  # a batch's photographs have equally many captions
    for place, example in enumerate(examples):
        by_count.setdefault(len(example.captions), []).append(place)
    start = vocabulary.start_id(style)
    nats, words, unknown = 0.0, 0, 0
    for places in by_count.values():
        for positions in torch.tensor(places).split(BATCH):
            features = source(model.encoder, positions, torch.zeros_like(positions))
            device = features.pooled.device
            captions = [caption for place in positions.tolist() for caption in examples[place].captions]
            inputs, targets = padded(
                [(start, [*vocabulary.encode(caption), Vocabulary.END]) for caption in captions]
            )  # (N, T)
            nats += sentence_losses(model.decoder, features, inputs.to(device), targets.to(device)).sum().item()
            words += int((targets != Vocabulary.PAD).sum())
            unknown += int((targets == Vocabulary.UNKNOWN).sum())
    return {"perplexity": round(math.exp(nats / words), 2), "unknown_words": round(100 * unknown / words, 2)}
