"""`rules`: what the rules of alt text change of a model's sentences, and what that costs and brings."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from captioner.commands.arguments import add_model, add_photographs, named_split

if TYPE_CHECKING:
    import argparse


def add_parser(commands: Any) -> None:
    """Describe the command's arguments to argparse."""
    parser = commands.add_parser("rules", help="measure what the rules of alt text change")
    add_photographs(parser, split="for example test")
    add_model(parser)
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Print the figures of each split as JSON."""
    from captioner.loading import load_captioner
    from captioner.training.captions import caption_split
    from captioner.training.rules import effect_of_rules

    splits = [named_split(folder / options.split) for folder in options.data]
    captioner = load_captioner(options.checkpoint)
    print(
        json.dumps(
            {split.name: effect_of_rules(caption_split(captioner, split), split.examples) for split in splits}, indent=2
        )
    )
    return 0
