"""`evaluate`: the published figures of a checkpoint on a split of captioned photographs."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

from captioner.commands.arguments import beam_size

if TYPE_CHECKING:
    import argparse

    from captioner.captioner import Captioner
    from captioner.training.data import Split

_AT_A_TIME = 32


def add_parser(commands: Any) -> None:
    """Describe the command's arguments to argparse."""
    parser = commands.add_parser("evaluate", help="score a checkpoint on captioned photographs")
    parser.add_argument("--data", type=Path, required=True, help="the folder that holds NAME.jsonl and NAME-NN.tar")
    parser.add_argument("--split", required=True, metavar="NAME", help="for example dev")
    parser.add_argument("--checkpoint", type=Path, metavar="FOLDER", help="default: CAPTIONER_MODEL or the shipped one")
    parser.add_argument("--beam", type=beam_size, metavar="K", help="beam size, 1 to 20 (default: the checkpoint's)")
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Caption the split, score the sentences as the model wrote them, and print the figures."""
    from captioner.captioner import Captioner
    from captioner.training.data import read_split

    split = read_split(options.data, options.split)
    captioner = Captioner.load(options.checkpoint)
    results = _evaluate(captioner, split, options.beam)
    if options.json:
        print(json.dumps(results, indent=2))
    else:
        for name, value in results.items():
            print(f"{name:10} {value}")
    return 0


def _evaluate(captioner: Captioner, split: Split, beam: int | None) -> dict[str, Any]:
    from tqdm import tqdm

    from captioner.training.chair import chair
    from captioner.training.metrics import score

    sentences: list[str] = []
    with tqdm(total=len(split), desc=split.name, unit="image") as progress:
        for first in range(0, len(split), _AT_A_TIME):
            examples = split.examples[first : first + _AT_A_TIME]
            pictures = [example.stored.open() for example in examples]
            captions = captioner.caption(pictures, beam_size=beam, alternatives=0)
            sentences += [caption.text for caption in captions]
            progress.update(len(examples))
    scores = score(sentences, [example.captions for example in split.examples])
    return {
        **scores.figures,
        **chair(sentences, split.examples),
        "tokenizer": scores.tokenizer,
        "images": len(split),
        "beam": captioner.beam_size if beam is None else beam,
        "checkpoint": captioner.version,
    }
