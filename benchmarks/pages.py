"""How long a page takes beside the bare parse of the same page by the same parser, in one run.

    python -m benchmarks.pages --rounds 15 --images 67

Each round makes a page of its own, so that nothing that was remembered of the one before helps. What is timed: the bare
parse (`turbohtml.parse`), and then collecting, deciding roles and lint on the page that was read, with the texts before
and after each image that is to be described. Processor time, the median of the rounds.
"""

from __future__ import annotations

import argparse
import random
import statistics
import time
from typing import TYPE_CHECKING

import turbohtml

from webapp.scan import read, scan

if TYPE_CHECKING:
    from collections.abc import Callable

SIZE = 1_000_000  # characters
IMAGES = 67  # one in every 15,000 characters
_WORDS = [
    "rose",
    "tulip",
    "garden",
    "path",
    "water",
    "stone",
    "light",
    "morning",
    "evening",
    "rain",
    "wind",
    "tree",
    "leaf",
    "branch",
    "root",
    "seed",
    "bed",
    "gate",
    "wall",
    "bench",
    "spade",
    "rake",
    "basket",
    "bloom",
    "petal",
    "thorn",
    "bee",
    "hedge",
    "pond",
    "bridge",
]


def words(chance: random.Random, number: int) -> str:
    """A sentence of so many words."""
    return " ".join(chance.choices(_WORDS, k=number)).capitalize() + "."


def image(chance: random.Random, number: int) -> str:
    """One of five ways in which pages hold images, in turn."""
    match number % 5:
        case 0:
            return (
                f'<figure><img src="/media/{number}.jpg" width="640" height="480">'
                f"<figcaption>{words(chance, 8)}</figcaption></figure>"
            )
        case 1:
            return f'<p><a href="/garden/{number}"><img src="/thumbs/{number}.png"></a></p>'
        case 2:
            return (
                f'<div class="wide"><img src="/media/{number}.jpg" alt="{words(chance, 7)}" loading="lazy"'
                f' srcset="/media/{number}.jpg 640w, /media/{number}-2.jpg 1280w" sizes="100vw"></div>'
            )
        case 3:
            return (
                f'<a class="card" href="/card/{number}"><img data-src="/cards/{number}.jpg"'
                f' src="data:image/gif;base64,R0" alt=""> <h3>{words(chance, 5)}</h3></a>'
            )
    return f'<p>{words(chance, 20)} <img src="/icons/{number}.svg" width="16" height="16"> {words(chance, 20)}</p>'


def page(seed: int, images: int, size: int = SIZE) -> str:
    """A page of about `size` characters with so many images, evenly spread."""
    chance = random.Random(seed)
    parts = [
        '<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>The garden</title><style>'
        ".menu{display:none} .wide{width:100%} .hero{background:url(hero.jpg) no-repeat}</style></head><body><main>"
    ]
    length, drawn, section = 0, 0, 0
    while length < size:
        section += 1
        text = (
            f'<section class="part"><h2 id="h{section}">{words(chance, 5)}</h2><div class="text" data-n="{section}">'
            f'<p>{words(chance, 40)} <a href="/p/{section}">{words(chance, 3)}</a> <em>{words(chance, 2)}</em></p>'
            f'<ul><li>{words(chance, 9)}</li><li><a href="/q/{section}">{words(chance, 2)}</a> {words(chance, 7)}</li>'
            f"</ul><p>{words(chance, 60)}</p></div></section>\n"
        )
        if drawn * size < images * length:
            text += image(chance, drawn)
            drawn += 1
        parts.append(text)
        length += len(text)
    return "".join([*parts, "</main></body></html>"])


def seconds(work: Callable[[], object]) -> float:
    """Processor time of one run."""
    begin = time.process_time()
    work()
    return time.process_time() - begin


def look(data: bytes) -> tuple[float, float, int]:
    """(seconds of the bare parse, seconds of all that we do with the page that was read, images)."""
    parse = seconds(lambda: turbohtml.parse(data))
    read_page = read(data, address="https://www.example.org/garden/")
    number = 0

    def work() -> None:
        nonlocal number
        for one in scan(read_page).uses:
            number += 1
            if one.decided.todo == "describe":
                assert isinstance(one.use.context.before + one.use.context.after, str)

    return parse, seconds(work), number


def measure(rounds: int, images: int, size: int = SIZE) -> tuple[float, float, int]:
    """Medians of the rounds: (seconds of the parse, seconds of the rest), and the number of images."""
    found = [look(page(seed, images, size).encode()) for seed in range(rounds)]
    return statistics.median(one[0] for one in found), statistics.median(one[1] for one in found), found[0][2]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=15)
    parser.add_argument("--images", type=int, default=IMAGES, help="of a page of 1 MB")
    options = parser.parse_args()
    parse, rest, number = measure(options.rounds, options.images)
    print(f"bare parse               {parse * 1000:8.1f} ms")
    print(f"collect, role and lint   {rest * 1000:8.1f} ms, {number} images")
    print(f"as a multiple            {rest / parse:8.2f}")


if __name__ == "__main__":
    main()
