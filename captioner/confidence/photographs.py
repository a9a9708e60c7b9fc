"""Is a picture a photograph at all, and how far from the photographs that the encoder was taught?

A captioner answers every picture. What it never saw, a chart, a scan, a logo, it calls what looks most like it. The
encoder's features tell (Hendrycks and Gimpel, ICLR 2017, found that networks know more of this than their answers say;
the distance is in the manner of Lee et al., NeurIPS 2018, along a few directions that hardly correlate). For models
that do not show theirs plain statistics of the pixels stand in.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

from captioner.confidence import logistic

if TYPE_CHECKING:
    from captioner.confidence.logistic import Logistic

PICTURE_SIGNS: Final = ("photograph", "distance")
_DIRECTIONS = 64
_RIDGE = 10.0


@dataclass(frozen=True)
class Photographs:
    """What photographs look like.

    mean: of picture features, (F,). directions: those along which pictures differ most, (F, R). centre, spread: mean
    and standard deviation of photographs along them, (R,). is_photograph: the regression on them, in which both
    kinds count alike; below log-odds of 0 a picture is held for no photograph.
    """

    mean: np.ndarray
    directions: np.ndarray
    centre: np.ndarray
    spread: np.ndarray
    is_photograph: Logistic

    def signs(self, features: np.ndarray) -> list[dict[str, float]]:
        """PICTURE_SIGNS of pictures: log-odds that each is a photograph, and its distance in standard deviations.

        features: (B, F), a captioner's `picture_features`.
        """
        along = (features - self.mean) @ self.directions  # (B, R)
        odds = self.is_photograph.log_odds(along)  # (B,)
        distances = np.sqrt((((along - self.centre) / self.spread) ** 2).mean(axis=1))  # (B,)
        return [{"photograph": float(one), "distance": float(far)} for one, far in zip(odds, distances, strict=True)]


def learn(photographs: np.ndarray, others: np.ndarray) -> Photographs:
    """Learn to tell photographs from other pictures by their features, (N, F) each."""
    both = np.concatenate([photographs, others])
    mean = both.mean(axis=0)
    directions = _main_directions(both - mean)
    along = (both - mean) @ directions  # (N, R)
    own = along[: len(photographs)]
    kind = np.repeat([1.0, 0.0], [len(photographs), len(others)])
    share = kind.mean()
    counts = np.where(kind == 1, 0.5 / share, 0.5 / (1 - share))  # however many there are of a kind
    is_photograph = logistic.fit(along, kind, ridge=_RIDGE, weights=counts)
    return Photographs(mean, directions, own.mean(axis=0), own.std(axis=0) + 1e-6, is_photograph)


def _main_directions(features: np.ndarray) -> np.ndarray:
    """The directions of the largest variance, (F, R); all there are where they are few. features: (N, F) around 0."""
    scale = features.std(axis=0) + 1e-6 if features.shape[1] <= 2 * _DIRECTIONS else 1.0
    scaled = features / scale
    _, vectors = np.linalg.eigh(scaled.T @ scaled)  # by rising variance
    directions: np.ndarray = (vectors[:, ::-1][:, :_DIRECTIONS].T / scale).T
    return directions
