"""A page with the texts that people decided put into its source, and what changed by that."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

from webapp.audit import sources
from webapp.audit.describe import DESCRIBED
from webapp.audit.models import Page
from webapp.scan.charset import decode
from webapp.scan.images import TAKES_ALT
from webapp.scan.put import put

_LONG_LINE = 300  # characters; such a line is shown tag by tag


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a difference. mark: "-" for what was there, "+" for what is there now, "" for what stayed."""

    mark: str
    text: str


@dataclass(frozen=True, slots=True)
class Change:
    """Lines that changed, with the line before and after them. number: of the first one, from 1."""

    number: int
    lines: tuple[Line, ...]


def decided_alts(page: Page) -> dict[str, str]:
    """The texts that a person decided for pictures of the page, by the keys of their uses.

    Only for uses that need words of their picture and have no alt attribute: never a name for a link,
    and no empty text.
    """
    uses = page.uses.filter(todo__in=DESCRIBED, alt=None, image__alt_text__gt="")
    decided = uses.values_list("key", "facts__kind", "image__alt_text")
    return {key: text for key, kind, text in decided if text and kind in TAKES_ALT}


def put_in(page: Page, alts: dict[str, str]) -> tuple[bytes, bytes]:
    """The page's source as it was kept, and with these texts.

    Raises:
        FileNotFoundError: the source was deleted.
        ScanError: the page cannot be written as meant.
    """
    source = sources.read(page.source_name)
    return source, put(source, alts, charset=page.charset or None)


def changes(page: Page, before: bytes, after: bytes) -> list[Change]:
    """What changed. Texts are put into start tags and hold no line break, so the same lines stand on both sides."""
    charset = page.charset or None
    pairs = list(_pairs(decode(before, charset).text, decode(after, charset).text))
    changed = [at for at, (_, old, new) in enumerate(pairs) if old != new]
    found = []
    for _, run in groupby(enumerate(changed), lambda one: one[1] - one[0]):
        places = [at for _, at in run]
        first, last = places[0], places[-1]
        lines = [
            *(Line("", old) for _, old, _ in pairs[max(first - 1, 0) : first]),
            *(Line("-", pairs[at][1]) for at in places),
            *(Line("+", pairs[at][2]) for at in places),
            *(Line("", old) for _, old, _ in pairs[last + 1 : last + 2]),
        ]
        found.append(Change(pairs[first][0], tuple(_short(line) for line in lines)))
    return found


def _pairs(before: str, after: str) -> Iterator[tuple[int, str, str]]:
    """(number of the line, how it was, how it is), long lines tag by tag."""
    for number, (old, new) in enumerate(zip(before.split("\n"), after.split("\n"), strict=True), start=1):
        if len(old) <= _LONG_LINE:
            yield number, old.rstrip("\r"), new.rstrip("\r")
            continue
        tags = zip(re.split("(?=<)", old), re.split("(?=<)", new), strict=True)
        yield from ((number, one.rstrip("\r"), other.rstrip("\r")) for one, other in tags)


def _short(line: Line) -> Line:
    text = re.sub(r"[^\s\"'>]{200,}", lambda run: f"{run[0][:60]}…", line.text)
    return Line(line.mark, text if len(text) <= 10 * _LONG_LINE else f"{text[: 10 * _LONG_LINE]}…")
