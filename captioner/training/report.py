"""What is found out about a network on a split: its figures, as `evaluate` prints them, and its best length penalty."""

from __future__ import annotations

import time
from dataclasses import replace
from functools import cached_property
from typing import TYPE_CHECKING, Any

from captioner.training.chair import chair
from captioner.training.diversity import diversity
from captioner.training.evaluation import encode_all, write_sentences
from captioner.training.metrics import Scores, score
from captioner.training.perplexity import perplexity
from captioner.training.sources import KeptFeatures

if TYPE_CHECKING:
    from collections.abc import Sequence

    from captioner.checkpoint import Generation
    from captioner.model import CaptioningModel
    from captioner.training.data import Split
    from captioner.training.diversity import Known
    from captioner.training.sources import FeatureSource
    from captioner.vocabulary import Vocabulary


class Report:
    """One network on one split; every picture is encoded once, however often sentences are searched for.

    style: the way of writing that is asked for, the data set's own unless it is given.
    """

    def __init__(
        self,
        model: CaptioningModel,
        vocabulary: Vocabulary,
        split: Split,
        source: FeatureSource,
        *,
        style: str | None = None,
    ) -> None:
        self._model = model
        self._vocabulary = vocabulary
        self._split = split
        self.style = split.source if style is None else style
        began = time.perf_counter()
        self.features = KeptFeatures(encode_all(model, source, len(split), progress=f"features of {split.name}"))
        self.encode_ms = self._ms_per_image(began)

    def _ms_per_image(self, began: float) -> float:
        return round(1000 * (time.perf_counter() - began) / len(self._split), 1)

    def sentences(self, generation: Generation) -> list[str]:
        """The sentences that `generation` finds."""
        return write_sentences(self._model, self.features, len(self._split), self._vocabulary, generation, self.style)

    def scores(self, generation: Generation, *, fast: bool) -> Scores:
        """The figures of those sentences; see `score` for `fast`."""
        return self._score(self.sentences(generation), fast=fast)

    def _score(self, sentences: Sequence[str], *, fast: bool) -> Scores:
        return score(sentences, [example.captions for example in self._split.examples], fast=fast)

    def cider_by_length_penalty(self, generation: Generation, penalties: Sequence[float]) -> dict[float, float]:
        """CIDEr with each of the length penalties."""
        return {
            penalty: self.scores(replace(generation, length_penalty=penalty), fast=True).figures["CIDEr"]
            for penalty in penalties
        }

    @cached_property
    def perplexity(self) -> dict[str, float]:
        """Of the split's own captions."""
        return perplexity(self._model, self.features, self._split.examples, self._vocabulary, self.style)

    def entry(self, generation: Generation, known: Known = frozenset()) -> dict[str, Any]:
        """The split's entry among a manifest's metrics. known: the training captions, if novelty is asked for."""
        return self._entry(generation, self.sentences(generation), known)

    def timed_entry(self, generation: Generation, known: Known = frozenset()) -> dict[str, Any]:
        """The entry and `search_ms`: wall time from a batch's features to its sentences, for each picture."""
        began = time.perf_counter()
        sentences = self.sentences(generation)
        search_ms = self._ms_per_image(began)
        return self._entry(generation, sentences, known) | {"search_ms": search_ms}

    def _entry(self, generation: Generation, sentences: Sequence[str], known: Known) -> dict[str, Any]:
        scores = self._score(sentences, fast=False)
        return {
            **scores.figures,
            **chair(sentences, self._split.examples),
            **self.perplexity,
            **diversity(sentences, known),
            "tokenizer": scores.tokenizer,
            "images": len(self._split),
            "beam": generation.beam_size,
        }
