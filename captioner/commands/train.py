"""`train`: a checkpoint from a configuration, captioned photographs and the encoder's starting weights."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import argparse


def add_parser(commands: Any) -> None:
    """Describe the command's arguments to argparse."""
    parser = commands.add_parser("train", help="train a model from a configuration file")
    parser.add_argument("config", type=Path, help="a TOML file such as configs/nic-flickr8k-coco.toml")
    parser.add_argument("--data", type=Path, required=True, help="the folder that holds the data sets' folders")
    parser.add_argument("--weights", type=Path, required=True, help="safetensors: the encoder's, or a checkpoint's")
    parser.add_argument("--out", type=Path, required=True, help="where to write; an interrupted run there is continued")
    parser.add_argument(
        "--set",
        nargs="+",
        default=[],
        metavar="KEY=VALUE",
        dest="changes",
        help="values to take instead of the file's, for example stages.0.label_smoothing=0.0",
    )
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Train, and print the folder of the last checkpoint."""
    from captioner.device import choose_device
    from captioner.training.config import read_config
    from captioner.training.trainer import Trainer

    trainer = Trainer(
        read_config(options.config, options.changes),
        data=options.data,
        weights=options.weights,
        out=options.out,
        device=choose_device(),
    )
    print(trainer.run())
    return 0
