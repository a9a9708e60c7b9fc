"""A calibration small enough to make in a test."""

import numpy as np

from captioner.confidence.calibration import Calibration
from captioner.confidence.logistic import Logistic
from captioner.confidence.photographs import Photographs
from captioner.confidence.record import Record


def logistic(*weights: float, bias: float = 0.0) -> Logistic:
    count = len(weights)
    return Logistic(np.zeros(count), np.ones(count), np.array(weights, dtype=float), bias)


def calibration_of(captioner, **changes) -> Calibration:
    """One that fits a captioner."""
    return calibration(checkpoint=captioner.version, search=captioner.search, **changes)


def calibration(
    *,
    checkpoint: str = "tiny-1",
    search: dict[str, float] | None = None,
    beam_size: int = 3,
    bias: float = 0.0,
    photograph: float = 1.0,
    features: int = 6,
) -> Calibration:
    """Probabilities come from the mean log-probability alone; `photograph` is every picture's log-odds."""
    photographs = Photographs(
        np.zeros(features),
        np.eye(features)[:, : min(2, features)],
        np.zeros(min(2, features)),
        np.ones(min(2, features)),
        logistic(*[0.0] * min(2, features), bias=photograph),
    )
    signs = ("mean_log_probability",)
    record = Record({"dog": 2}, {"cat": 1})
    return Calibration(
        checkpoint, search or {}, beam_size, signs, logistic(1.0, bias=bias), record, photographs, {"figures": 1}
    )
