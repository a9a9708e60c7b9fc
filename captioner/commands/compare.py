"""`compare`: several checkpoints side by side, in one table with the curves of their training."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

from captioner.commands.arguments import add_precision, beam_size, count, named_split
from captioner.errors import ConfigurationError

if TYPE_CHECKING:
    import argparse


def add_parser(commands: Any) -> None:
    """Describe the command's arguments to argparse."""
    parser = commands.add_parser("compare", help="measure several checkpoints side by side")
    parser.add_argument(
        "checkpoints", nargs="+", type=Path, metavar="FOLDER", help="the checkpoints, in the table's order"
    )
    parser.add_argument("--data", type=Path, required=True, help="the folder that holds the data sets' folders")
    parser.add_argument("--split", required=True, type=Path, metavar="SET/NAME", help="for example flickr8k/dev")
    for option, text in (
        ("--report", "further splits whose figures are wanted"),
        ("--training", "what the systems were trained on: for novelty, nearest neighbours and the sentences' priors"),
    ):
        parser.add_argument(option, type=Path, nargs="+", default=[], metavar="SET/NAME", help=text)
    parser.add_argument(
        "--beams", type=beam_size, nargs="+", default=[], metavar="K", help="beam sizes to try beside each one's own"
    )
    parser.add_argument(
        "--retrieval", type=count, default=0, metavar="N", help="measure retrieval on the first N pictures (default: 0)"
    )
    parser.add_argument(
        "--whole",
        nargs="+",
        default=[],
        metavar="SYSTEM",
        help="whose retrieval is measured on all pictures too",
    )
    add_precision(parser, "--retrieval-precision")
    parser.add_argument("--features", type=Path, metavar="FOLDER", help="a feature cache (default: one in --out)")
    parser.add_argument(
        "--out", type=Path, required=True, metavar="FOLDER", help="for table.md, table.json, curves.png and all results"
    )
    parser.add_argument("--json", action="store_true", help="print table.json instead of table.md")
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Measure what was not measured yet, write the tables and the curves, and print one of the tables."""
    from captioner.comparison.curves import draw
    from captioner.comparison.measure import Plan, compare
    from captioner.comparison.results import Results
    from captioner.comparison.system import System, name_apart
    from captioner.comparison.table import as_markdown
    from captioner.device import choose_device

    device = choose_device()
    systems = [System(folder, options.features or options.out / "features", device) for folder in options.checkpoints]
    name_apart(systems)
    names = [system.name for system in systems]
    for name in options.whole:
        if name not in names:
            raise ConfigurationError(f"--whole: no system is called {name!r}. There are: {', '.join(names)}.")
    split, *others = (named_split(options.data / path) for path in (options.split, *options.report))
    training = tuple(named_split(options.data / path) for path in options.training)
    plan = Plan(
        split,
        tuple(others),
        training,
        tuple(options.beams),
        options.retrieval,
        tuple(options.whole),
        options.retrieval_precision,
    )
    comparison = compare(systems, plan, Results(options.out / "results"))
    has_curves = draw(comparison["systems"], options.out / "curves.png")
    table = as_markdown(comparison, "curves.png" if has_curves else None)
    text = json.dumps(comparison, indent=1)
    (options.out / "table.md").write_text(table, encoding="utf-8")
    (options.out / "table.json").write_text(text + "\n", encoding="utf-8")
    print(text if options.json else table)
    return 0
