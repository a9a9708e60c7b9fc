"""The command line: `python -m captioner COMMAND`, each command a file of `captioner.commands`."""

from __future__ import annotations

import argparse
import sys
from typing import TYPE_CHECKING

from captioner.commands import (
    baselines,
    calibrate,
    caption,
    compare,
    evaluate,
    evidence,
    gallery,
    reliability,
    retrieve,
    rules,
    split_trunk,
    train,
    words,
)
from captioner.errors import CaptionerError

if TYPE_CHECKING:
    from collections.abc import Sequence

_COMMANDS = (
    caption,
    train,
    evaluate,
    retrieve,
    baselines,
    compare,
    words,
    split_trunk,
    evidence,
    calibrate,
    reliability,
    rules,
    gallery,
)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit status: 0, or 1 if something failed; argparse exits with 2 on its own."""
    parser = argparse.ArgumentParser(prog="captioner", description="Describe photographs in a sentence.")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    for command in _COMMANDS:
        command.add_parser(commands)
    options = parser.parse_args(arguments)
    try:
        status: int = options.run(options)
    except CaptionerError as error:
        print(f"error: {error.code}: {error.message}", file=sys.stderr)
        return 1
    return status


if __name__ == "__main__":
    sys.exit(main())
