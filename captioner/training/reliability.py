"""How far probabilities can be believed: calibration error, discrimination, and what each band is worth."""

from __future__ import annotations

from typing import Any

import numpy as np

from captioner.confidence.calibration import BOUNDS

_BINS = 10
_DRAWS = 200
_COVERAGES = (0.1, 0.25, 0.5, 0.75, 0.9, 1.0)


def reliability(probability: np.ndarray, right: np.ndarray) -> dict[str, Any]:
    """The figures of probabilities (N,) against what was right, 0 or 1 (N,).

    ECE: the expected calibration error (Guo et al. 2017) over ten bins of equal width, and over ten of equal count;
    both are percentages. ECE_by_chance: what the first would be if the probabilities were exactly true, since bins of
    few photographs are off by chance alone: the mean over outcomes drawn by them. AUROC: how often a right sentence has
    the higher probability than a wrong one, in percent. Brier: the mean squared error. risk_coverage: of the most
    confident part, how much is right (Geifman and El-Yaniv, NeurIPS 2017).
    """
    order = np.argsort(-probability, kind="stable")
    return {
        "photographs": len(right),
        "right": _percent(right.mean()),
        "AUROC": _percent(auroc(probability, right)),
        "ECE": _percent(_error(_bins_of_width(probability), probability, right)),
        "ECE_by_chance": _percent(_error_by_chance(probability)),
        "ECE_equal_count": _percent(_error(_bins_of_count(probability), probability, right)),
        "Brier": round(float(((probability - right) ** 2).mean()), 4),
        "bands": {
            name: _share((low <= probability) & (probability < high), probability, right) for name, low, high in BOUNDS
        },
        "reliability": [_share(_bins_of_width(probability) == number, probability, right) for number in range(_BINS)],
        "risk_coverage": [
            {"coverage": _percent(part), "right": _percent(right[order][: max(1, round(part * len(right)))].mean())}
            for part in _COVERAGES
        ],
    }


def auroc(probability: np.ndarray, right: np.ndarray) -> float:
    """The area under the ROC curve; ties count half. 0.5 where all are right, or none."""
    positive, negative = probability[right == 1], probability[right == 0]
    if not len(positive) or not len(negative):
        return 0.5
    ordered = np.sort(negative)
    below = np.searchsorted(ordered, positive, "left")
    not_above = np.searchsorted(ordered, positive, "right")
    return float((below + not_above).mean() / 2 / len(negative))


def _error(bins: np.ndarray, probability: np.ndarray, right: np.ndarray) -> float:
    return sum(
        abs(float(probability[bins == one].mean() - right[bins == one].mean())) * float((bins == one).mean())
        for one in np.unique(bins)
    )


def _error_by_chance(probability: np.ndarray) -> float:
    generator, bins = np.random.default_rng(0), _bins_of_width(probability)
    outcomes = (generator.random((_DRAWS, len(probability))) < probability).astype(float)
    return float(np.mean([_error(bins, probability, outcome) for outcome in outcomes]))


def _bins_of_width(probability: np.ndarray) -> np.ndarray:
    return np.minimum((probability * _BINS).astype(int), _BINS - 1)


def _bins_of_count(probability: np.ndarray) -> np.ndarray:
    ranks = np.empty(len(probability), dtype=int)
    ranks[np.argsort(probability, kind="stable")] = np.arange(len(probability))
    return ranks * _BINS // len(probability)


def _share(chosen: np.ndarray, probability: np.ndarray, right: np.ndarray) -> dict[str, float | None]:
    """How many photographs these are, and what was promised of them and kept; None where there are none."""
    some = bool(chosen.any())
    return {
        "share": _percent(chosen.mean()),
        "mean_p": _percent(probability[chosen].mean()) if some else None,
        "right": _percent(right[chosen].mean()) if some else None,
    }


def _percent(part: float) -> float:
    return round(100 * float(part), 2)
