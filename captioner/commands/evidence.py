"""`evidence`: teach a checkpoint which objects pictures show, so that it names fewer that are not there."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from captioner.commands.arguments import count, named_split, probability
from captioner.errors import ConfigurationError

if TYPE_CHECKING:
    import argparse


def add_parser(commands: Any) -> None:
    """Describe the command's arguments to argparse."""
    parser = commands.add_parser("evidence", help="teach a checkpoint which objects pictures show")
    parser.add_argument("checkpoint", type=Path, metavar="FOLDER", help="the checkpoint to begin with")
    parser.add_argument("--training", type=Path, nargs="+", required=True, metavar="FOLDER/NAME", help="to learn from")
    parser.add_argument(
        "--report", type=Path, nargs="+", required=True, metavar="FOLDER/NAME", help="whose figures are written down"
    )
    parser.add_argument("--features", type=Path, required=True, metavar="FOLDER", help="where features are kept")
    parser.add_argument("--hidden", type=count, default=512, metavar="N", help="hidden size (default: 512)")
    parser.add_argument("--weight", type=float, default=1.0, help="how much doubt counts against words (default: 1)")
    parser.add_argument(
        "--least", type=probability, default=0.5, metavar="P", help="the probability below which it does (default: 0.5)"
    )
    parser.add_argument(
        "--length-penalty", type=float, metavar="X", help="of the search (default: that of the checkpoint)"
    )
    parser.add_argument("--out", type=Path, required=True, metavar="FOLDER", help="of the new checkpoint")
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Write the checkpoint with evidence, and print its figures."""
    from captioner.checkpoint import load_checkpoint, round_to_stored, save_checkpoint, write_manifest
    from captioner.device import choose_device
    from captioner.training.evidence import train_evidence
    from captioner.training.features import cached_features
    from captioner.training.log import TRAINING_LOG
    from captioner.training.report import Report
    from captioner.training.sources import KeptFeatures

    if options.out.exists():
        raise ConfigurationError(f"{options.out} exists already. Choose another --out.")
    training = [named_split(path) for path in options.training]
    reports = [named_split(path) for path in options.report]
    checkpoint = load_checkpoint(options.checkpoint, choose_device("cpu"))
    model, manifest = checkpoint.model, checkpoint.manifest

    features = cached_features(training, model.encoder, manifest.preprocessing, options.features, grid=True)
    examples = [example for split in training for example in split.examples]
    model.evidence = train_evidence(model, features, examples, hidden_size=options.hidden, seed=1)
    round_to_stored(model)
    generation = replace(manifest.generation, evidence_weight=options.weight, least_evidence=options.least)
    if options.length_penalty is not None:
        generation = replace(generation, length_penalty=options.length_penalty)
    metrics = {}
    for split in reports:
        kept = KeptFeatures(
            cached_features([split], model.encoder, manifest.preprocessing, options.features, grid=True)
        )
        metrics[split.name] = Report(model, manifest.vocabulary, split, kept).entry(generation)
        print(f"{split.name}: {metrics[split.name]}")
    architecture = replace(manifest.architecture, evidence=options.hidden)
    new = save_checkpoint(options.out, model, replace(manifest, architecture=architecture, generation=generation))
    write_manifest(options.out, replace(new, metrics=metrics))
    if (options.checkpoint / TRAINING_LOG).is_file():
        shutil.copyfile(options.checkpoint / TRAINING_LOG, options.out / TRAINING_LOG)
    return 0
