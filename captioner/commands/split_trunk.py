"""`split-trunk`: a checkpoint without its encoder, beside the checkpoint that holds it."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import argparse


def add_parser(commands: Any) -> None:
    """Describe the command's arguments to argparse."""
    parser = commands.add_parser("split-trunk", help="store a checkpoint's decoder alone, beside its encoder's")
    parser.add_argument("checkpoint", type=Path, metavar="FOLDER", help="a whole checkpoint, for example of a training")
    parser.add_argument("--trunk", type=Path, required=True, metavar="FOLDER", help="the one that holds its encoder")
    parser.add_argument("--name", required=True, help="of the new folder, which is made beside the trunk's")
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Write the decoder's checkpoint, and print its folder and the size of both parts."""
    from captioner.checkpoint import load_checkpoint, save_checkpoint
    from captioner.device import choose_device
    from captioner.errors import ConfigurationError
    from captioner.training.log import TRAINING_LOG
    from captioner.training.sizes import sizes
    from captioner.trunk import trunk_of

    out = options.trunk.resolve().parent / options.name
    if out.exists() or out.parent != options.trunk.resolve().parent:
        raise ConfigurationError(f"{out} exists already or does not lie beside the trunk. Choose another --name.")
    checkpoint = load_checkpoint(options.checkpoint, choose_device("cpu"))
    save_checkpoint(out, checkpoint.model, replace(checkpoint.manifest, trunk=trunk_of(options.trunk)))
    if (options.checkpoint / TRAINING_LOG).is_file():
        shutil.copyfile(options.checkpoint / TRAINING_LOG, out / TRAINING_LOG)
    size = sizes(checkpoint.model)["megabytes"]
    print(f"{out}: the decoder, {size['decoder']} MB. Its encoder, {size['encoder']} MB, is in {options.trunk}.")
    return 0
