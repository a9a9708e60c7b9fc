"""What became of each word: how often a thing was there when the model named it.

Some things a model says out of habit (a street, a jacket), others only where it sees them (a dog). The record is kept
of photographs that the model was not trained on.
"""

from __future__ import annotations

import math
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

RECORD_SIGNS: Final = ("record", "least_record")
_PRIOR = 6.0  # of so many namings the share of all things is believed, before a thing has a record of its own


@dataclass(frozen=True)
class Naming:
    """A thing that a sentence named, and whether it was there."""

    name: str
    right: bool


@dataclass(frozen=True)
class Record:
    """right, wrong: how often each thing was there, and was not, when it was named."""

    right: Mapping[str, int]
    wrong: Mapping[str, int]

    @classmethod
    def of(cls, sentences: Iterable[Sequence[Naming]]) -> Record:
        """The record of what sentences named."""
        namings = [naming for sentence in sentences for naming in sentence]
        return cls(
            Counter(naming.name for naming in namings if naming.right),
            Counter(naming.name for naming in namings if not naming.right),
        )

    def signs(self, names: Sequence[str]) -> dict[str, float]:
        """RECORD_SIGNS of a sentence that names these things.

        record: the logarithm of the probability that all are there, were each named by itself. least_record: the
        log-odds of the least likely.
        """
        share = (sum(self.right.values()) + 1) / (sum(self.right.values()) + sum(self.wrong.values()) + 2)
        odds = [
            math.log((self.right.get(name, 0) + _PRIOR * share) / (self.wrong.get(name, 0) + _PRIOR * (1 - share)))
            for name in names
        ]
        return {
            "record": sum(-math.log1p(math.exp(-one)) for one in odds),
            "least_record": min(odds, default=0.0),
        }
