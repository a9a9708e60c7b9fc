"""What a training run writes down for people: a CSV log, and a picture of its curves."""

from __future__ import annotations

import csv
from dataclasses import asdict, dataclass, fields
from typing import TYPE_CHECKING

from tqdm import tqdm

if TYPE_CHECKING:
    from pathlib import Path


@dataclass(frozen=True, slots=True)
class Epoch:
    """A line of the log.

    train_loss: a sentence's sum with label smoothing, in nats; of a self-critical stage, the mean reward with a minus.
    dev_loss: a word's mean without label smoothing, in nats.
    """

    stage: int
    epoch: int
    train_loss: float
    dev_loss: float
    bleu_4: float
    cider: float
    minutes: float


def write_line(path: Path, line: Epoch) -> None:
    """Add a line to the log at `path`, with a heading if it is the first."""
    fresh = not path.exists()
    with path.open("a", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, [field.name for field in fields(Epoch)])
        if fresh:
            writer.writeheader()
        writer.writerow(asdict(line))
    tqdm.write(", ".join(f"{name} {value:g}" for name, value in asdict(line).items()))


def plot(log: Path, picture: Path) -> None:
    """Draw the curves of the log to `picture` (PNG). Without matplotlib nothing is drawn, and a line says so."""
    try:
        from matplotlib.figure import Figure
    except ImportError:
        tqdm.write("The curves were not drawn: `pip install -r requirements-train.txt` brings matplotlib.")
        return
    with log.open(newline="", encoding="utf-8") as file:
        lines = list(csv.DictReader(file))
    epochs = range(1, len(lines) + 1)
    figure = Figure(figsize=(9, 3.5), layout="constrained")
    for axes, name, label in zip(
        figure.subplots(1, 3),
        ("train_loss", "dev_loss", "cider"),
        ("training loss, a sentence", "dev loss, a word", "CIDEr on dev"),
        strict=True,
    ):
        axes.plot(epochs, [float(line[name]) for line in lines], marker="o", markersize=3)
        axes.set(xlabel="epoch", title=label)
        axes.grid(alpha=0.3)
    figure.savefig(picture, dpi=120)
