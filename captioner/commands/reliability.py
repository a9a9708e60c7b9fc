"""`reliability`: how far a calibration's probabilities can be believed, on photographs that it was not fitted on."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

from captioner.commands.arguments import add_model, add_photographs, count, named_split
from captioner.errors import CalibrationError

if TYPE_CHECKING:
    import argparse

_FIRST_SEED = 1_000_000  # far from those that a calibration is fitted on


def add_parser(commands: Any) -> None:
    """Describe the command's arguments to argparse."""
    parser = commands.add_parser("reliability", help="measure a calibration on photographs it was not fitted on")
    add_photographs(parser, split="for example test")
    add_model(parser)
    parser.add_argument(
        "--training",
        type=Path,
        nargs="+",
        default=[],
        metavar="FOLDER/NAME",
        help="splits that the model was trained on, to tell how it fares on what they hold few of, or nothing",
    )
    parser.add_argument(
        "--drawings", type=count, default=10, metavar="N", help="drawings of each kind, made by code (default: 10)"
    )
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Print the figures as JSON."""
    from captioner.loading import load_captioner
    from captioner.training.calibrate import measured
    from captioner.training.drawings import KINDS, draw

    captioner = load_captioner(options.checkpoint)
    if captioner.calibration is None:
        raise CalibrationError("This model is not calibrated. Run `python -m captioner calibrate` first.")
    splits = [named_split(folder / options.split) for folder in options.data]
    found = measured(captioner, splits, [named_split(path) for path in options.training])
    if options.drawings:
        found["drawings_without_sentence"] = {
            kind: sum(
                caption.withheld is not None
                for caption in captioner.caption([draw(kind, _FIRST_SEED + seed) for seed in range(options.drawings)])
            )
            / options.drawings
            for kind in KINDS
        }
    print(json.dumps(found, indent=2))
    return 0
