"""`baselines`: what people score against one another on a split, and the nearest training photograph's captions."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import argparse

    from captioner.checkpoint import Checkpoint
    from captioner.training.data import Split
    from captioner.training.metrics import Scores


def add_parser(commands: Any) -> None:
    """Describe the command's arguments to argparse."""
    parser = commands.add_parser("baselines", help="score people, and the nearest training photograph, on a split")
    parser.add_argument("--data", type=Path, required=True, help="the folder that holds NAME.jsonl and NAME-NN.tar")
    parser.add_argument("--split", required=True, metavar="NAME", help="for example dev")
    parser.add_argument("--train-split", default="train", metavar="NAME", help="where neighbours are sought")
    parser.add_argument("--checkpoint", type=Path, metavar="FOLDER", help="whose encoder says which pictures are alike")
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Print both rows."""
    from captioner.captioner import checkpoint_folder
    from captioner.checkpoint import load_checkpoint
    from captioner.device import choose_device
    from captioner.training.baselines import human, nearest_neighbour
    from captioner.training.data import read_split

    split = read_split(options.data, options.split)
    train = read_split(options.data, options.train_split)
    checkpoint = load_checkpoint(checkpoint_folder(options.checkpoint), choose_device())
    pooled, of_train = (_pooled(checkpoint, part) for part in (split, train))
    results = {
        "human": _row(human(split.examples)),
        "nearest_neighbour": _row(nearest_neighbour(split.examples, pooled, train.examples, of_train)),
    }
    if options.json:
        print(json.dumps(results, indent=2))
    else:
        for name, row in results.items():
            print(f"{name:18}", *(f"{figure} {value}" for figure, value in row.items()), sep="  ")
    return 0


def _row(scores: Scores) -> dict[str, Any]:
    return {**scores.figures, "tokenizer": scores.tokenizer}


def _pooled(checkpoint: Checkpoint, split: Split) -> Any:
    """(n, D)."""
    import torch
    from tqdm import tqdm

    from captioner.training.sources import Pictures

    source = Pictures(split.examples, checkpoint.manifest.preprocessing)
    batches = torch.arange(len(split)).split(32)
    with torch.inference_mode():
        return torch.cat(
            [
                source(checkpoint.model.encoder, rows, torch.zeros_like(rows)).pooled
                for rows in tqdm(batches, desc=f"features of {split.name}", unit="batch")
            ]
        )
