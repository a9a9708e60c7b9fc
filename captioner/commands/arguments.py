"""Arguments that several commands take."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from captioner.precision import PRECISIONS

if TYPE_CHECKING:
    from captioner.training.data import Split


def add_model(parser: argparse.ArgumentParser) -> None:
    """The model: a checkpoint of ours, or one of transformers."""
    parser.add_argument(
        "--checkpoint",
        metavar="MODEL",
        help="a checkpoint's folder, or transformers:NAME-OR-FOLDER (default: CAPTIONER_MODEL or the shipped one)",
    )


def add_photographs(parser: argparse.ArgumentParser, *, split: str) -> None:
    """Captioned photographs of one or more data sets. split: what kind of split is wanted, for people."""
    parser.add_argument(
        "--data",
        type=Path,
        nargs="+",
        required=True,
        metavar="FOLDER",
        help="folders that hold NAME.jsonl and its tars",
    )
    parser.add_argument("--split", required=True, metavar="NAME", help=split)


def add_precision(parser: argparse.ArgumentParser, option: str) -> None:
    """In what precision retrieval multiplies matrices."""
    parser.add_argument(
        option,
        choices=PRECISIONS,
        default=PRECISIONS[0],
        help="of the matrix products of retrieval; bfloat16 is faster on some processors (default: %(default)s)",
    )


def beam_size(text: str) -> int:
    """A beam size: a whole number in the range that the search allows."""
    from captioner.beam_search import MAX_BEAM_SIZE

    if not (text.isdecimal() and 1 <= int(text) <= MAX_BEAM_SIZE):
        raise argparse.ArgumentTypeError(f"the beam size is {text!r}; choose 1 to {MAX_BEAM_SIZE}")
    return int(text)


def count(text: str) -> int:
    """A whole number, 0 or more."""
    if not text.isdecimal():
        raise argparse.ArgumentTypeError(f"{text!r} is not a count; give 0 or more")
    return int(text)


def probability(text: str) -> float:
    """A number above 0 and below 1."""
    try:
        number = float(text)
    except ValueError:
        number = 0.0
    if not 0 < number < 1:
        raise argparse.ArgumentTypeError(f"{text!r} is no probability; give a number between 0 and 1")
    return number


def named_split(path: Path) -> Split:
    """The split that FOLDER/NAME stands for: FOLDER/NAME.jsonl and its tars. Raises DataError."""
    from captioner.training.data import read_split

    return read_split(path.parent, path.name)
