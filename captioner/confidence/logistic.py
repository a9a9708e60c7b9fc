"""Logistic regression: a weighted sum of standardised signs, as log-odds."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

_STEPS = 50
_ENOUGH = 1e-8


@dataclass(frozen=True)
class Logistic:
    """means, scales, weights: (S,). bias: the log-odds of an average case."""

    means: np.ndarray
    scales: np.ndarray
    weights: np.ndarray
    bias: float

    def log_odds(self, signs: np.ndarray) -> np.ndarray:
        """signs: (..., S). Returns (...)."""
        odds: np.ndarray = (signs - self.means) / self.scales @ self.weights + self.bias
        return odds

    def probability(self, signs: np.ndarray) -> np.ndarray:
        """signs: (..., S). Returns (...), each between 0 and 1."""
        return _sigmoid(self.log_odds(signs))


def fit(signs: np.ndarray, right: np.ndarray, *, ridge: float, weights: np.ndarray | None = None) -> Logistic:
    """The maximum of the likelihood with a quadratic penalty, by Newton's method.

    signs: (N, S). right: (N,), 0 or 1. ridge: the penalty on squared weights; the bias goes free. weights: how much
    each case counts, (N,); 1 by default.
    """
    means, scales = signs.mean(axis=0), signs.std(axis=0)
    scales = np.where(scales > 0, scales, 1.0)
    inputs = np.column_stack([(signs - means) / scales, np.ones(len(signs))])  # (N, S + 1)
    counts = np.ones(len(signs)) if weights is None else weights
    penalty = np.append(np.full(signs.shape[1], ridge), 1e-9)
    found = np.zeros(inputs.shape[1])
    for _ in range(_STEPS):
        probability = _sigmoid(inputs @ found)
        gradient = inputs.T @ (counts * (right - probability)) - penalty * found
        curvature = counts * probability * (1 - probability)
        step = np.linalg.solve((inputs * curvature[:, None]).T @ inputs + np.diag(penalty), gradient)
        found = found + step
        if np.abs(step).max() < _ENOUGH:
            break
    return Logistic(means, scales, found[:-1], float(found[-1]))


def _sigmoid(log_odds: np.ndarray) -> np.ndarray:
    probability: np.ndarray = 0.5 * (1 + np.tanh(0.5 * log_odds))  # never overflows
    return probability
