"""How good a network's sentences are."""

from __future__ import annotations

from typing import TYPE_CHECKING

import torch
from tqdm import tqdm

from captioner.encoders import Features
from captioner.generate import generate
from captioner.training.loss import batch_loss
from captioner.vocabulary import Vocabulary

if TYPE_CHECKING:
    from captioner.checkpoint import Generation
    from captioner.model import CaptioningModel
    from captioner.training.batches import Batches
    from captioner.training.sources import FeatureSource

BATCH = 32


@torch.inference_mode()
def encode_all(model: CaptioningModel, source: FeatureSource, count: int, *, progress: str | None = None) -> Features:
    """The features of the first `count` photographs of `source`, on the processor."""
    model.eval()
    parts = []
    for positions in tqdm(torch.arange(count).split(BATCH), desc=progress, disable=progress is None, unit="batch"):
        features = source(model.encoder, positions, torch.zeros_like(positions))
        parts.append(Features(features.grid.cpu(), features.pooled.cpu()))
    return Features(torch.cat([part.grid for part in parts]), torch.cat([part.pooled for part in parts]))


@torch.inference_mode()
def write_sentences(
    model: CaptioningModel,
    source: FeatureSource,
    count: int,
    vocabulary: Vocabulary,
    generation: Generation,
    style: str = "",
) -> list[str]:
    """The best sentence for each of the first `count` photographs of `source`, in one of the vocabulary's styles.

    A sentence without a word is the best only where the beam holds no other, as in `Captioner`.
    """
    model.eval()
    sentences = []
    for positions in torch.arange(count).split(BATCH):
        features = source(model.encoder, positions, torch.zeros_like(positions))
        found = generate(
            model.decoder,
            features,
            vocabulary,
            beam_size=generation.beam_size,
            max_length=generation.max_length,
            length_penalty=generation.length_penalty,
            style=style,
            penalties=model.word_penalties(
                features, vocabulary, weight=generation.evidence_weight, least=generation.least_evidence
            ),
        )
        written = [[vocabulary.decode(hypothesis.token_ids) for hypothesis in hypotheses] for hypotheses in found]
        sentences += [next(filter(None, own), "") for own in written]
    return sentences


@torch.inference_mode()
def word_loss(model: CaptioningModel, source: FeatureSource, batches: Batches) -> float:
    """The mean negative log-likelihood of a word of the batches' captions, in nats; for following a training run."""
    model.eval()
    total, words = 0.0, 0
    for batch in batches.in_order():
        features = source(model.encoder, batch.positions, batch.views)
        total += batch_loss(model.decoder, features, batch).item() * len(batch.targets)
        words += int((batch.targets != Vocabulary.PAD).sum())
    return total / words
