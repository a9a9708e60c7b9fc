"""The reliability of a calibration as pictures: promised against kept, and risk against coverage."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from captioner.errors import ConfigurationError

if TYPE_CHECKING:
    from pathlib import Path

PLOT = "reliability.png"
_BLUE, _ORANGE = "#0072B2", "#D55E00"


def draw(probability: np.ndarray, right: np.ndarray, figures: dict[str, Any], path: Path) -> None:
    """Draw both panels to `path` (PNG).

    probability, right: (N,). figures: as `reliability` gives them. Raises ConfigurationError without matplotlib.
    """
    try:
        from matplotlib.figure import Figure
    except ImportError as error:
        raise ConfigurationError(
            "Drawing the plots needs matplotlib. Install it with `pip install -r requirements-train.txt`."
        ) from error
    figure = Figure(figsize=(12, 5.5), layout="constrained")
    promised, covered = figure.subplots(1, 2)
    bins = [one for one in figures["reliability"] if one["right"] is not None]
    promised.plot([0, 100], [0, 100], color="black", linestyle=":", label="as promised")
    promised.plot(
        [one["mean_p"] for one in bins], [one["right"] for one in bins], color=_BLUE, marker="o", label="as it was"
    )
    promised.bar(
        np.arange(5, 105, 10),
        [one["share"] for one in figures["reliability"]],
        width=9,
        color=_ORANGE,
        alpha=0.4,
        label="share of photographs",
    )
    promised.set_xlabel("probability told, %", fontsize=12)
    promised.set_ylabel("sentences right, %", fontsize=12)
    promised.set_title(f"Reliability: ECE {figures['ECE']} %", fontsize=14)
    order = np.argsort(-probability, kind="stable")
    counts = np.arange(1, len(right) + 1)
    covered.plot(100 * counts / len(right), 100 * np.cumsum(right[order]) / counts, color=_BLUE)
    covered.set_ylim(0, 100)
    covered.set_xlabel("photographs that get a sentence, most confident first, %", fontsize=12)
    covered.set_ylabel("of them right, %", fontsize=12)
    covered.set_title(f"Risk and coverage: AUROC {figures['AUROC']} %", fontsize=14)
    for axes in (promised, covered):
        axes.grid(alpha=0.3)
        axes.tick_params(labelsize=11)
    promised.legend(fontsize=12)
    figure.savefig(path, dpi=120)
