"""What is found out about a network after a stage: its best length penalty, and its figures."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from captioner.training.evaluation import encode_all, write_sentences
from captioner.training.metrics import Scores, score
from captioner.training.sources import KeptFeatures

if TYPE_CHECKING:
    from collections.abc import Sequence

    from captioner.checkpoint import Generation
    from captioner.model import CaptioningModel
    from captioner.training.data import Split
    from captioner.training.sources import FeatureSource
    from captioner.vocabulary import Vocabulary


class Report:
    """One network on one split; every picture is encoded once, however often sentences are searched for."""

    def __init__(self, model: CaptioningModel, vocabulary: Vocabulary, split: Split, source: FeatureSource) -> None:
        self._model = model
        self._vocabulary = vocabulary
        self._split = split
        self.features = KeptFeatures(encode_all(model, source, len(split), progress=f"features of {split.name}"))

    def scores(self, generation: Generation, *, fast: bool) -> Scores:
        """The figures of the sentences that `generation` finds, in the split's style; see `score` for `fast`."""
        sentences = write_sentences(
            self._model, self.features, len(self._split), self._vocabulary, generation, self._split.source
        )
        return score(sentences, [example.captions for example in self._split.examples], fast=fast)

    def cider_by_length_penalty(self, generation: Generation, penalties: Sequence[float]) -> dict[float, float]:
        """CIDEr with each of the length penalties."""
        return {
            penalty: self.scores(replace(generation, length_penalty=penalty), fast=True).figures["CIDEr"]
            for penalty in penalties
        }

    def entry(self, generation: Generation) -> dict[str, Any]:
        """The split's entry among a manifest's metrics."""
        scores = self.scores(generation, fast=False)
        return {
            **scores.figures,
            "tokenizer": scores.tokenizer,
            "images": len(self._split),
            "beam": generation.beam_size,
        }
