"""`evaluate`: the published figures of a checkpoint on a split of captioned photographs."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from captioner.commands.arguments import beam_size, named_split
from captioner.errors import ConfigurationError

if TYPE_CHECKING:
    import argparse
    from collections.abc import Sequence

    from captioner.checkpoint import Checkpoint
    from captioner.training.data import Split
    from captioner.training.diversity import Known


def add_parser(commands: Any) -> None:
    """Describe the command's arguments to argparse."""
    parser = commands.add_parser("evaluate", help="score a checkpoint on captioned photographs")
    parser.add_argument("--data", type=Path, required=True, help="the folder that holds NAME.jsonl and NAME-NN.tar")
    parser.add_argument("--split", required=True, metavar="NAME", help="for example dev")
    parser.add_argument("--checkpoint", type=Path, metavar="FOLDER", help="default: CAPTIONER_MODEL or the shipped one")
    parser.add_argument(
        "--beam", type=beam_size, nargs="+", metavar="K", help="beam sizes, 1 to 20 (default: the checkpoint's)"
    )
    parser.add_argument(
        "--training",
        type=Path,
        nargs="+",
        default=[],
        metavar="FOLDER/NAME",
        help="splits that the model was trained on, for the share of sentences that are in no training caption",
    )
    parser.add_argument(
        "--style", help="the way of writing (default: that of the data set's folder if the model knows it)"
    )
    parser.add_argument("--json", action="store_true", help="print one JSON object, or a list with several beam sizes")
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Caption the split, score the sentences as the model wrote them, and print the figures."""
    from captioner.captioner import checkpoint_folder
    from captioner.checkpoint import load_checkpoint
    from captioner.device import choose_device
    from captioner.training.data import read_split
    from captioner.training.diversity import known_sentences

    split = read_split(options.data, options.split)
    known = known_sentences(named_split(path) for path in options.training)
    checkpoint = load_checkpoint(checkpoint_folder(options.checkpoint), choose_device())
    beams = options.beam or [checkpoint.manifest.generation.beam_size]
    rows = _evaluate(checkpoint, split, beams, known, options.style)
    if options.json:
        print(json.dumps(rows[0] if len(rows) == 1 else rows, indent=2))
    else:
        for name in rows[0]:
            print(f"{name:18}", *(f"{row[name]!s:>10}" for row in rows))
    return 0


def _evaluate(
    checkpoint: Checkpoint, split: Split, beams: Sequence[int], known: Known, style: str | None
) -> list[dict[str, Any]]:
    """One row for each beam size; every picture is encoded once."""
    import torch

    from captioner.folding import for_inference
    from captioner.training.evaluation import BATCH
    from captioner.training.report import Report
    from captioner.training.sizes import sizes
    from captioner.training.sources import Pictures

    manifest, vocabulary = checkpoint.manifest, checkpoint.manifest.vocabulary
    if style is not None and style not in vocabulary.styles:
        known_styles = ", ".join(vocabulary.styles) or "none"
        raise ConfigurationError(f"The model does not know the style {style!r}. It knows: {known_styles}.")
    model = checkpoint.model.with_encoder(for_inference(checkpoint.model.encoder))
    pictures = Pictures(split.examples, manifest.preprocessing)
    report = Report(model, vocabulary, split, pictures, style=style)
    size = sizes(checkpoint.model)
    rows = []
    for beam in beams:
        entry = report.timed_entry(replace(manifest.generation, beam_size=beam), known)
        rows.append(
            {
                **entry,
                "style": report.style if report.style in vocabulary.styles else next(iter(vocabulary.styles), ""),
                **{f"{part}_parameters": number for part, number in size["parameters"].items()},
                "encode_ms": report.encode_ms,
                "ms_per_image": round(report.encode_ms + entry["search_ms"], 1),
                "batch": BATCH,
                "threads": torch.get_num_threads(),
                "checkpoint": manifest.version,
            }
        )
    return rows
