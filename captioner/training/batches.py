"""Mini-batches: which photographs and which of their captions, the same at every run with the same seed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import torch
from torch import Tensor

from captioner.vocabulary import Vocabulary

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from captioner.training.data import Example

CAPTIONS_PER_PICTURE = 5


@dataclass(frozen=True, slots=True)
class Batch:
    """B photographs with five captions each: N = 5 B rows, those of a photograph together."""

    positions: Tensor  # (B,) places in the list of photographs
    views: Tensor  # (B,) the number of the view in which each is seen
    inputs: Tensor  # (N, T) the start token and the words
    targets: Tensor  # (N, T) the words and the end token, if the caption is not cut, then padding

    @property
    def starts(self) -> Tensor:
        """The start token of each photograph's captions, (B,)."""
        return self.inputs[::CAPTIONS_PER_PICTURE, 0]


class Batches:
    """Draws an epoch's batches. Each is a function of the seed, the epoch and its number, so a run can be resumed.

    captions: for each photograph its sentences, each the ids of its words and of the end. A sentence of more than
    `max_words` words is cut, and then has no end: decoders shall not learn to stop there. unwritable: the vocabulary's.
    """

    def __init__(
        self, examples: Sequence[Example], vocabulary: Vocabulary, *, size: int, max_words: int, views: int, seed: int
    ) -> None:
        self.captions = [
            [[*vocabulary.encode(caption), Vocabulary.END][: max_words + 1] for caption in example.captions]
            for example in examples
        ]
        self.unwritable = vocabulary.unwritable
        self._starts = [vocabulary.start_id(example.source) for example in examples]
        self._size = size
        self._views = views
        self._seed = seed

    def __len__(self) -> int:
        return -(-len(self.captions) // self._size)

    def epoch(self, number: int, first: int = 0) -> Iterator[Batch]:
        """The batches of an epoch from `first` on."""
        order = torch.randperm(len(self.captions), generator=self._generator(number, 0))  # (photographs,)
        for place in range(first, len(self)):
            positions = order[place * self._size : (place + 1) * self._size]
            yield self._batch(positions, self._generator(number, place + 1))

    def in_order(self) -> Iterator[Batch]:
        """All photographs once, in their order and as they are, for measuring."""
        for place, positions in enumerate(torch.arange(len(self.captions)).split(self._size)):
            batch = self._batch(positions, self._generator(0, place + 1))
            yield Batch(positions, torch.zeros_like(batch.views), batch.inputs, batch.targets)

    def _generator(self, epoch: int, place: int) -> torch.Generator:
        return torch.Generator().manual_seed(self._seed * 1_000_003 + epoch * 100_003 + place)

    def _batch(self, positions: Tensor, generator: torch.Generator) -> Batch:
        rows = [
            (self._starts[position], row)
            for position in positions.tolist()
            for row in self._draw(self.captions[position], generator)
        ]
        inputs, targets = padded(rows)
        views = torch.randint(self._views, (len(positions),), generator=generator)  # (B,)
        return Batch(positions, views, inputs, targets)

    @staticmethod
    def _draw(captions: list[list[int]], generator: torch.Generator) -> list[list[int]]:
        """Five captions: all if there are five, some twice if there are fewer."""
        order = torch.randperm(len(captions), generator=generator).tolist()
        return [captions[order[number % len(order)]] for number in range(CAPTIONS_PER_PICTURE)]


def padded(rows: Sequence[tuple[int, Sequence[int]]]) -> tuple[Tensor, Tensor]:
    """What a decoder reads of N sentences and what it should write, as a batch's inputs and targets, (N, T) each.

    rows: of each sentence the start token, and the ids of its words and of the end.
    """
    length = max(len(words) for _, words in rows)
    inputs = torch.full((len(rows), length), Vocabulary.PAD)  # (N, T)
    targets = torch.full((len(rows), length), Vocabulary.PAD)  # (N, T)
    for number, (start, words) in enumerate(rows):
        inputs[number, : len(words)] = torch.tensor([start, *words[:-1]])
        targets[number, : len(words)] = torch.tensor(words)
    return inputs, targets
