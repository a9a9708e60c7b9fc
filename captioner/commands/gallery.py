"""`gallery`: what a model would say of pictures that are no photographs, drawn and told."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from captioner.commands.arguments import add_model, count

if TYPE_CHECKING:
    import argparse


def add_parser(commands: Any) -> None:
    """Describe the command's arguments to argparse."""
    parser = commands.add_parser("gallery", help="show what a model would say of drawings, which it cannot know")
    add_model(parser)
    parser.add_argument("--seed", type=count, default=1_000_000, metavar="N", help="which drawings (default: 1000000)")
    parser.add_argument("--out", type=Path, required=True, metavar="FOLDER", help="where the picture is written")
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Write the picture and print the same as a table for a model card."""
    from captioner.loading import load_captioner
    from captioner.training.gallery import GALLERY, exhibits, sheet, table

    shown = exhibits(load_captioner(options.checkpoint), seed=options.seed)
    options.out.mkdir(parents=True, exist_ok=True)
    sheet(shown).save(options.out / GALLERY, optimize=True)
    print(table(shown))
    return 0
