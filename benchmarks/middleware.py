"""What the middleware costs a page beside the bare tokenizer pass over the same page, in one run.

    python -m benchmarks.middleware --rounds 40

A page of 100 images, half of which have no alt attribute; their texts, and for some of them those of their uses there,
are in the cache (Django's, in this process).
Timed are the tokenizer of the middleware's own parser (every token is visited), and the whole middleware around a view
that gives the page: decoding, parsing, asking the cache, writing, the headers. Processor time, the median of the
rounds, in turn.
"""

from __future__ import annotations

import argparse
import random
import statistics
import time
from typing import TYPE_CHECKING

import django
import turbohtml
from django.conf import settings

from benchmarks.pages import words

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from alttext.texts import Texts

IMAGES = 100
SIZES = (100_000, 300_000, 1_000_000)  # characters of the page


class EveryText:
    """A source that knows all pictures, and of each fourth one its use on the page."""

    def __init__(self, options: object) -> None:
        del options

    def texts(self, addresses: Sequence[str], page: str) -> Texts:
        del page
        found: Texts = {one: {"alt_text": f"The picture {one}.", "lang": "en", "origin": "edited"} for one in addresses}
        return found | {(one, 1): found[one] for one in addresses[::4]}


def page(seed: int, size: int) -> str:
    """A page of about so many characters with 100 images, evenly spread: every second one without an alt attribute."""
    chance = random.Random(seed)
    parts = ['<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>The garden</title></head><body><main>']
    length = 0
    for number in range(IMAGES):
        alt = f' alt="{words(chance, 7)}"' if number % 2 else ""
        parts.append(f'<figure><img src="/media/{number}.jpg" width="640" height="480"{alt}></figure>\n')
        while length < (number + 1) * size / IMAGES:
            parts.append(
                f'<div class="part"><h2 id="h{len(parts)}">{words(chance, 5)}</h2><p>{words(chance, 40)} '
                f'<a href="/p/{len(parts)}">{words(chance, 3)}</a> <em>{words(chance, 2)}</em></p>'
                f"<ul><li>{words(chance, 9)}</li><li>{words(chance, 7)}</li></ul></div>\n"
            )
            length += len(parts[-1])
    return "".join([*parts, "</main></body></html>"])


def seconds(work: Callable[[], object]) -> float:
    """Processor time of one run."""
    begin = time.process_time()
    work()
    return time.process_time() - begin


def tokenize(html: str) -> None:
    """The bare pass."""
    for _ in turbohtml.tokenize(html):
        pass


def measure(size: int, rounds: int) -> tuple[float, float]:
    """Medians of (seconds of the bare pass, seconds of the middleware)."""
    from django.http import HttpResponse
    from django.test import RequestFactory

    from alttext.middleware import AltTextMiddleware

    html = page(1, size)
    body = html.encode()
    response = HttpResponse()

    def view(request: object) -> HttpResponse:
        del request
        return response

    middleware = AltTextMiddleware(view)
    request = RequestFactory().get("/garden/")
    found = []
    for _ in range(rounds + 1):
        response.content = body
        bare = seconds(lambda: tokenize(html))
        found.append((bare, seconds(lambda: middleware(request))))
        assert response.content.count(b"data-alt-origin") == IMAGES // 2
    del found[0]  # it filled the cache
    return statistics.median(one[0] for one in found), statistics.median(one[1] for one in found)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=40)
    options = parser.parse_args()
    settings.configure(ALTTEXT={"SOURCE": "benchmarks.middleware.EveryText"}, ALLOWED_HOSTS=["*"])
    django.setup()
    print(f"{'page of 100 images':>20} {'bare pass':>12} {'middleware':>12} {'ratio':>8}")
    for size in SIZES:
        bare, ours = measure(size, options.rounds)
        print(f"{size:>20,} {bare * 1000:>9.2f} ms {ours * 1000:>9.2f} ms {ours / bare:>8.2f}")


if __name__ == "__main__":
    main()
