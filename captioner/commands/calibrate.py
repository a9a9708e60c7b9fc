"""`calibrate`: learn how often a model is right, from captioned photographs that it was not trained on."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

from captioner.commands.arguments import count, named_split

if TYPE_CHECKING:
    import argparse

_SEED = 1


def add_parser(commands: Any) -> None:
    """Describe the command's arguments to argparse."""
    parser = commands.add_parser("calibrate", help="learn how often a model is right")
    parser.add_argument(
        "--data",
        type=Path,
        nargs="+",
        required=True,
        metavar="FOLDER",
        help="folders that hold NAME.jsonl and its tars",
    )
    parser.add_argument("--split", required=True, metavar="NAME", help="photographs that training never saw")
    parser.add_argument("--checkpoint", type=Path, metavar="FOLDER", help="default: CAPTIONER_MODEL or the shipped one")
    parser.add_argument(
        "--training",
        type=Path,
        nargs="+",
        default=[],
        metavar="FOLDER/NAME",
        help="photographs to learn from what a photograph is (default: those of the split)",
    )
    parser.add_argument(
        "--photographs", type=count, default=3000, metavar="N", help="how many of them, and of drawings (default: 3000)"
    )
    parser.add_argument("--out", type=Path, metavar="FOLDER", help="where to write (default: beside the checkpoint)")
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Write the calibration and its plot, and print the figures of a cross-validation."""
    from captioner.captioner import Captioner, checkpoint_folder
    from captioner.confidence.calibration import Calibration
    from captioner.training.calibrate import (
        caption_all,
        cases_of,
        cross_validated,
        figures,
        fit_right,
        joined,
        learn_photographs,
    )
    from captioner.training.reliability_plot import PLOT, draw

    splits = [named_split(folder / options.split) for folder in options.data]
    training = [named_split(path) for path in options.training] or splits
    captioner = Captioner.load(options.checkpoint, calibrated=False)
    photographs = learn_photographs(captioner, training, count=options.photographs, seed=_SEED)
    cases = joined(
        [cases_of(caption_all(captioner, split, photographs), split.examples, split.name) for split in splits]
    )
    probability = cross_validated(cases, seed=_SEED)
    report = {"cross_validated": figures(probability, cases)}
    out = options.out or checkpoint_folder(options.checkpoint)
    out.mkdir(parents=True, exist_ok=True)
    Calibration(captioner.version, captioner.beam_size, cases.names, fit_right(cases), photographs, report).save(out)
    draw(probability, cases.right, report["cross_validated"]["all"], out / PLOT)
    print(json.dumps(report, indent=2))
    return 0
