"""`calibrate`: learn how often a model is right, from captioned photographs that it was not trained on."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

from captioner.commands.arguments import add_model, add_photographs, beam_size, count, named_split

if TYPE_CHECKING:
    import argparse

_SEED = 1


def add_parser(commands: Any) -> None:
    """Describe the command's arguments to argparse."""
    parser = commands.add_parser("calibrate", help="learn how often a model is right")
    add_photographs(parser, split="photographs that training never saw")
    add_model(parser)
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
    parser.add_argument(
        "--beam", type=beam_size, metavar="K", help="beam size, that of CAPTIONER_BEAM (default: the model's own)"
    )
    parser.add_argument("--out", type=Path, metavar="FOLDER", help="where to write (default: beside the checkpoint)")
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Write the calibration and its plot, and print the figures of a cross-validation."""
    from captioner.confidence.calibration import Calibration, calibration_folder
    from captioner.confidence.photographs import PICTURE_SIGNS
    from captioner.confidence.record import RECORD_SIGNS
    from captioner.loading import load_captioner, model_folder
    from captioner.training.calibrate import (
        cases_of,
        cross_validated,
        figures,
        fit_right,
        joined,
        learn_photographs,
    )
    from captioner.training.captions import caption_split
    from captioner.training.reliability_plot import PLOT, draw

    splits = [named_split(folder / options.split) for folder in options.data]
    training = [named_split(path) for path in options.training] or splits
    captioner = load_captioner(options.checkpoint, calibrated=False)
    beam = options.beam or captioner.beam_size
    photographs = learn_photographs(captioner, training, count=options.photographs, seed=_SEED)
    captions = [caption_split(captioner, split, beam_size=beam, photographs=photographs) for split in splits]
    # Photographs that taught what a photograph is cannot be asked how sure that makes a sentence.
    names = tuple(name for name in captions[0][0].signs if options.training or name not in PICTURE_SIGNS)
    cases = joined([cases_of(own, part.examples, part.name, names) for own, part in zip(captions, splits, strict=True)])
    probability = cross_validated(cases, seed=_SEED)
    report = {"cross_validated": figures(probability, cases)}
    out = options.out or calibration_folder(model_folder(options.checkpoint))
    out.mkdir(parents=True, exist_ok=True)
    fitted = fit_right(cases)
    signs = (*cases.names, *RECORD_SIGNS)
    Calibration(
        captioner.version, captioner.search, beam, signs, fitted.right, fitted.record, photographs, report
    ).save(out)
    draw(probability, cases.right, report["cross_validated"]["all"], out / PLOT)
    print(json.dumps(report, indent=2))
    return 0
