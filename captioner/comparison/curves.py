"""The curves of several trainings in one picture, told apart by colour, line and mark."""

from __future__ import annotations

from itertools import accumulate
from typing import TYPE_CHECKING, Any

from captioner.errors import ConfigurationError

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

# Of the palettes of Okabe and Ito (2008) and of Tol (2021), what stands out from white by 3 to 1 or more.
COLOURS = ("#000000", "#0072B2", "#D55E00", "#009E73", "#882255", "#332288", "#AA4499")
_LINES = ("-", "--", "-.", ":")
_MARKS = ("o", "s", "^", "D", "v", "P", "X", "*", "<")
_PANELS = {"cider": "CIDEr on dev", "dev_loss": "dev loss, nats a word"}


def draw(systems: Sequence[dict[str, Any]], path: Path) -> bool:
    """Draw the logs of the systems that have one to `path` (PNG); return whether any has.

    systems: as `measure.compare` returns them. Raises ConfigurationError without matplotlib.
    """
    systems = [system for system in systems if system["log"]]
    if not systems:
        return False
    try:
        from matplotlib.figure import Figure
    except ImportError as error:
        raise ConfigurationError(
            "Drawing the curves needs matplotlib. Install it with `pip install -r requirements-train.txt`."
        ) from error
    figure = Figure(figsize=(12, 6.5), layout="constrained")
    panels = figure.subplots(1, len(_PANELS))
    for axes, (name, title) in zip(panels, _PANELS.items(), strict=True):
        for number, system in enumerate(systems):
            axes.plot(
                list(accumulate(epoch["minutes"] for epoch in system["log"])),
                [epoch[name] for epoch in system["log"]],
                label=system["system"],
                color=COLOURS[number % len(COLOURS)],
                linestyle=_LINES[number % len(_LINES)],
                marker=_MARKS[number % len(_MARKS)],
                markersize=6,
                linewidth=1.8,
            )
        axes.set_title(title, fontsize=14)
        axes.set_xlabel("minutes of training", fontsize=12)
        axes.tick_params(labelsize=11)
        axes.grid(alpha=0.3)
    figure.legend(
        *panels[0].get_legend_handles_labels(), loc="outside lower center", ncols=4, fontsize=12, handlelength=4
    )
    figure.savefig(path, dpi=120)
    return True
