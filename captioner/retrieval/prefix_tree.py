"""Sentences as a tree of their beginnings: what thousands of them share is computed once for each picture."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import torch
from torch import Tensor

if TYPE_CHECKING:
    from collections.abc import Sequence


class Level(NamedTuple):
    """The n distinct beginnings of one length, and the sentences that are complete with them."""

    parents: Tensor  # (n,) each one's place in the level above
    tokens: Tensor  # (n,) its last word
    complete: Tensor  # (m,) sentences of this length, by their places among all sentences
    nodes: Tensor  # (m,) and their places in this level


class PrefixTree:
    """All beginnings of S sentences. `levels[d]` holds those of d words; `levels[0]` is the empty one."""

    def __init__(self, sentences: Sequence[Sequence[int]]) -> None:
        """sentences: the ids of their words, without start and end tokens; a sentence may be empty, or come twice."""
        self.sentence_count = len(sentences)
        self.levels: list[Level] = []
        nodes = [0] * len(sentences)  # where each sentence stands in the level reached so far
        parents, tokens = [0], [0]
        longest = max((len(sentence) for sentence in sentences), default=0)
        for depth in range(longest + 1):
            complete = [number for number, sentence in enumerate(sentences) if len(sentence) == depth]
            columns = (parents, tokens, complete, [nodes[number] for number in complete])
            self.levels.append(Level(*(torch.tensor(column, dtype=torch.long) for column in columns)))
            places: dict[tuple[int, int], int] = {}
            for number, sentence in enumerate(sentences):
                if len(sentence) > depth:
                    nodes[number] = places.setdefault((nodes[number], sentence[depth]), len(places))
            parents, tokens = ([key[part] for key in places] for part in (0, 1))

    @property
    def widest(self) -> int:
        """The most beginnings of one length."""
        return max(len(level.tokens) for level in self.levels)
