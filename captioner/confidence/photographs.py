"""Is a picture a photograph at all, and how far from the photographs that the encoder was taught?

A captioner answers every picture. What it never saw, a chart, a scan, a logo, it calls what looks most like it. Two
looks tell: the encoder's features (Hendrycks and Gimpel, ICLR 2017, found that networks know more of this than their
own answers say; the distance is that of Mahalanobis, as Lee et al., NeurIPS 2018, use it), and plain statistics of the
pixels, which need no network.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

from captioner.confidence import logistic

if TYPE_CHECKING:
    from collections.abc import Sequence

    from captioner.confidence.logistic import Logistic

PICTURE_SIGNS: Final = ("photograph", "distance")
_DIRECTIONS = 64
_RIDGE = 10.0


@dataclass(frozen=True)
class Photographs:
    """What photographs look like.

    mean: of pooled features, (D,). directions: those along which pictures differ most, (D, R); none where a model
    gives no features. spread: of photographs along them, (R,). centre: their mean along them, (R,). is_photograph:
    the regression on R directions and S statistics. bound: the log-odds below which a picture is held for none.
    """

    mean: np.ndarray
    directions: np.ndarray
    centre: np.ndarray
    spread: np.ndarray
    is_photograph: Logistic
    bound: float

    def signs(self, statistics: np.ndarray, pooled: np.ndarray) -> list[dict[str, float]]:
        """PICTURE_SIGNS of pictures: log-odds that each is a photograph, and its distance in standard deviations.

        statistics: (B, S), of `captioner.picture_statistics`. pooled: (B, D), or (B, 0).
        """
        along = (pooled - self.mean) @ self.directions  # (B, R)
        odds = self.is_photograph.log_odds(np.hstack([along, statistics]))  # (B,)
        distances = np.sqrt((((along - self.centre) / self.spread) ** 2).mean(axis=1)) if along.shape[1] else 0 * odds
        return [{"photograph": float(one), "distance": float(far)} for one, far in zip(odds, distances, strict=True)]


@dataclass(frozen=True)
class Look:
    """What is known of some pictures: statistics (N, S) and pooled features (N, D) or (N, 0)."""

    statistics: np.ndarray
    pooled: np.ndarray

    @classmethod
    def joined(cls, looks: Sequence[Look]) -> Look:
        """Several looks as one."""
        return cls(np.concatenate([look.statistics for look in looks]), np.concatenate([look.pooled for look in looks]))


def learn(photographs: Look, others: Look, *, lost: float) -> Photographs:
    """Learn to tell photographs from other pictures. lost: the part of these photographs that may be held for none."""
    both = Look.joined([photographs, others])
    mean = both.pooled.mean(axis=0) if both.pooled.size else np.zeros(both.pooled.shape[1])
    directions = _main_directions(both.pooled - mean)
    along = (both.pooled - mean) @ directions  # (N, R)
    own = along[: len(photographs.statistics)]
    kind = np.repeat([1.0, 0.0], [len(photographs.statistics), len(others.statistics)])
    # Both kinds count alike, however many there are of each.
    share = kind.mean()
    counts = np.where(kind == 1, 0.5 / share, 0.5 / (1 - share))
    is_photograph = logistic.fit(np.hstack([along, both.statistics]), kind, ridge=_RIDGE, weights=counts)
    odds = is_photograph.log_odds(np.hstack([own, photographs.statistics]))
    centre, spread = own.mean(axis=0), own.std(axis=0) + 1e-6
    return Photographs(mean, directions, centre, spread, is_photograph, float(np.quantile(odds, lost)))


def _main_directions(features: np.ndarray) -> np.ndarray:
    """The directions of the largest variance, (D, R). features: (N, D) around 0."""
    if not features.size:
        return np.zeros((features.shape[1], 0))
    _, vectors = np.linalg.eigh(features.T @ features)  # by rising variance
    directions: np.ndarray = vectors[:, ::-1][:, :_DIRECTIONS]
    return directions
