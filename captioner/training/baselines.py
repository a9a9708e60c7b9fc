"""What a captioner's figures are laid beside: what people score against people, and the nearest training photograph."""

from __future__ import annotations

from dataclasses import replace
from statistics import mean
from typing import TYPE_CHECKING

import torch
from torch.nn import functional as F

from captioner.errors import DataError
from captioner.things import is_right
from captioner.training.chair import chair
from captioner.training.metrics import Scores, score

if TYPE_CHECKING:
    from collections.abc import Sequence

    from torch import Tensor

    from captioner.training.data import Example


def human(examples: Sequence[Example], *, fast: bool = False) -> Scores:
    """Each photograph's n-th caption against its others, the mean over n. Photographs with one caption are left out.

    A captioner is compared with one caption more, so its figures are a little higher for that alone.
    """
    several = [example for example in examples if len(example.captions) > 1]
    rounds = []
    for number in range(min((len(example.captions) for example in several), default=0)):
        said = [example.captions[number] for example in several]
        others = [
            replace(example, captions=(*example.captions[:number], *example.captions[number + 1 :]))
            for example in several
        ]
        scores = score(said, [example.captions for example in others], fast=fast)
        rounds.append(replace(scores, figures=scores.figures | chair(said, others) | _right(said, others)))
    if not rounds:
        raise DataError("People cannot be scored: no photograph has two captions. Give a split with several each.")
    figures = {name: round(mean(one.figures[name] for one in rounds), 2) for name in rounds[0].figures}
    return Scores(figures, rounds[0].tokenizer)


def nearest(pooled: Tensor, known: Tensor) -> list[int]:
    """For each picture the known one that is most like it: the highest cosine of the standardised pooled features.

    pooled: (B, D). known: (n, D). This is the 1-nearest-neighbour baseline of LRCN (Donahue et al. 2015), on our trunk.
    """
    centre, scale = known.mean(dim=0), known.std(dim=0).clamp(min=1e-4)  # (D,)
    ours, theirs = (F.normalize((level - centre) / scale, dim=1) for level in (pooled, known))
    return torch.mm(ours, theirs.T).argmax(dim=1).tolist()


def nearest_neighbour(
    examples: Sequence[Example], pooled: Tensor, known: Sequence[Example], of_known: Tensor
) -> Scores:
    """The first caption of the nearest known photograph, scored as a captioner's sentence would be.

    pooled: (B, D), of the examples. of_known: (n, D), of the known ones.
    """
    sentences = [known[place].captions[0] for place in nearest(pooled, of_known)]
    scores = score(sentences, [example.captions for example in examples])
    return replace(scores, figures=scores.figures | chair(sentences, examples) | _right(sentences, examples))


def _right(sentences: Sequence[str], examples: Sequence[Example]) -> dict[str, float]:
    """The percentage of sentences that are right, as calibrations mean it (`captioner.things`)."""
    pairs = zip(sentences, examples, strict=True)
    right = [is_right(sentence, example.captions, example.objects) for sentence, example in pairs]
    return {"right": round(100 * mean(right), 2)}
