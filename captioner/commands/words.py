"""`words`: which words lie nearest to a word in what a checkpoint has learned of them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

from captioner.commands.arguments import count
from captioner.errors import ConfigurationError

if TYPE_CHECKING:
    import argparse

    from captioner.checkpoint import Checkpoint


def add_parser(commands: Any) -> None:
    """Describe the command's arguments to argparse."""
    parser = commands.add_parser("words", help="show the words that a checkpoint thinks alike")
    parser.add_argument("words", nargs="+", metavar="WORD", help="for example dog")
    parser.add_argument("--count", type=count, default=8, metavar="N", help="how many neighbours (default: 8)")
    parser.add_argument("--checkpoint", type=Path, metavar="FOLDER", help="default: CAPTIONER_MODEL or the shipped one")
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Print the nearest words by cosine between embeddings (as in Vinyals et al. 2015)."""
    from captioner.captioner import checkpoint_folder
    from captioner.checkpoint import load_checkpoint
    from captioner.device import choose_device

    checkpoint = load_checkpoint(checkpoint_folder(options.checkpoint), choose_device("cpu"))
    neighbours = {word: _neighbours(checkpoint, word.lower(), options.count) for word in options.words}
    if options.json:
        print(json.dumps(neighbours, indent=2))
    else:
        for word, found in neighbours.items():
            print(f"{word}:", ", ".join(f"{other} {cosine:.2f}" for other, cosine in found.items()))
    return 0


def _neighbours(checkpoint: Checkpoint, word: str, number: int) -> dict[str, float]:
    from captioner.decoders.embedding import nearest_words

    vocabulary = checkpoint.manifest.vocabulary
    if word not in vocabulary.words:
        raise ConfigurationError(f"The model does not know the word {word!r}. Ask for another.")
    (own,) = vocabulary.ids([word])
    embedding = checkpoint.model.decoder.state_dict()["words.weight"]  # (V, E)
    found = nearest_words(embedding, own, number, without=(vocabulary.END, *vocabulary.unwritable))
    return {vocabulary.tokens([other])[0]: round(cosine, 3) for other, cosine in found}
