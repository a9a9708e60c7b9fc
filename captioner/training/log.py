"""What a training run writes down for people: a CSV log, and a picture of its curves.

The log travels with the checkpoints that the run leaves, as `training.csv`.
"""

from __future__ import annotations

import csv
from dataclasses import asdict, dataclass, fields
from typing import TYPE_CHECKING

from tqdm import tqdm

from captioner.errors import DataError

if TYPE_CHECKING:
    from pathlib import Path

TRAINING_LOG = "training.csv"


@dataclass(frozen=True, slots=True)
class Epoch:
    """A line of the log.

    train_loss: a sentence's sum with label smoothing, in nats; of a self-critical stage, the mean reward with a minus.
    dev_loss: a word's mean without label smoothing, in nats. bleu_4, cider: of the dev split. minutes: of this epoch.
    """

    stage: int
    epoch: int
    train_loss: float
    dev_loss: float
    bleu_4: float
    cider: float
    minutes: float


_NAMES = tuple(field.name for field in fields(Epoch))


def write_line(path: Path, line: Epoch) -> None:
    """Add a line to the log at `path`, with a heading if it is the first."""
    fresh = not path.exists()
    with path.open("a", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, _NAMES)
        if fresh:
            writer.writeheader()
        writer.writerow(asdict(line))
    tqdm.write(", ".join(f"{name} {value:g}" for name, value in asdict(line).items()))


def read_log(path: Path) -> list[Epoch]:
    """The lines of a log in their order; of an epoch that was interrupted and done again, the last.

    Raises DataError if it cannot be read.
    """
    epochs: dict[tuple[int, int], Epoch] = {}
    try:
        with path.open(newline="", encoding="utf-8") as file:
            for row in csv.DictReader(file, strict=True):
                figures = {name: float(row[name]) for name in _NAMES[2:]}
                line = Epoch(int(row["stage"]), int(row["epoch"]), **figures)
                epochs[line.stage, line.epoch] = line
    except (OSError, UnicodeDecodeError, csv.Error, KeyError, TypeError, ValueError) as error:
        raise DataError(f"{path} cannot be read as a log of a training ({error}). Fetch it again.") from error
    return list(epochs.values())


def plot(log: Path, picture: Path) -> None:
    """Draw the curves of the log to `picture` (PNG). Without matplotlib nothing is drawn, and a line says so."""
    try:
        from matplotlib.figure import Figure
    except ImportError:
        tqdm.write("The curves were not drawn: `pip install -r requirements-train.txt` brings matplotlib.")
        return
    lines = read_log(log)
    epochs = range(1, len(lines) + 1)
    figure = Figure(figsize=(9, 3.5), layout="constrained")
    for axes, name, label in zip(
        figure.subplots(1, 3),
        ("train_loss", "dev_loss", "cider"),
        ("training loss, a sentence", "dev loss, a word", "CIDEr on dev"),
        strict=True,
    ):
        axes.plot(epochs, [getattr(line, name) for line in lines], marker="o", markersize=3)
        axes.set(xlabel="epoch", title=label)
        axes.grid(alpha=0.3)
    figure.savefig(picture, dpi=120)
