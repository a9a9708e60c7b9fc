"""`retrieve`: how well a checkpoint finds sentences by pictures and pictures by sentences."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

from captioner.commands.arguments import add_precision, count

if TYPE_CHECKING:
    import argparse

    from captioner.checkpoint import Checkpoint
    from captioner.training.data import Split


def add_parser(commands: Any) -> None:
    """Describe the command's arguments to argparse."""
    parser = commands.add_parser("retrieve", help="measure retrieval on captioned photographs")
    parser.add_argument("--data", type=Path, required=True, help="the folder that holds NAME.jsonl and NAME-NN.tar")
    parser.add_argument("--split", required=True, metavar="NAME", help="for example dev")
    parser.add_argument(
        "--prior-split",
        metavar="NAME",
        default="train",
        help="whose first 100 pictures tell how likely a sentence is without its picture (default: train)",
    )
    parser.add_argument("--images", type=count, default=0, metavar="N", help="only the first N pictures (default: all)")
    parser.add_argument("--checkpoint", type=Path, metavar="FOLDER", help="default: CAPTIONER_MODEL or the shipped one")
    add_precision(parser, "--precision")
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Score every sentence of the split against every picture, and print recall and median rank both ways."""
    from captioner.captioner import checkpoint_folder
    from captioner.checkpoint import load_checkpoint
    from captioner.device import choose_device
    from captioner.retrieval.measure import PRIOR_PICTURES
    from captioner.training.data import read_split

    split = read_split(options.data, options.split).first(options.images)
    prior = read_split(options.data, options.prior_split).first(PRIOR_PICTURES)
    checkpoint = load_checkpoint(checkpoint_folder(options.checkpoint), choose_device())
    results = _retrieve(checkpoint, split, prior, options.precision)
    if options.json:
        print(json.dumps(results, indent=2))
    else:
        for direction in ("image_to_sentence", "sentence_to_image"):
            print(f"{direction:18}", *(f"{name} {value:g}" for name, value in results[direction].items()), sep="  ")
    return 0


def _retrieve(checkpoint: Checkpoint, split: Split, prior: Split, precision: str) -> dict[str, Any]:
    from captioner.folding import for_inference
    from captioner.retrieval.measure import measure_retrieval
    from captioner.training.evaluation import encode_all
    from captioner.training.sources import Pictures

    manifest = checkpoint.manifest
    model = checkpoint.model.with_encoder(for_inference(checkpoint.model.encoder))
    features, prior_features = (
        encode_all(
            model, Pictures(part.examples, manifest.preprocessing), len(part), progress=f"features of {part.name}"
        )
        for part in (split, prior)
    )
    found = measure_retrieval(
        model.decoder, manifest.vocabulary, split, features, prior, prior_features, precision=precision
    )
    return {**found, "checkpoint": manifest.version}
