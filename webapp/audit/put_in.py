"""A page with the texts that people decided put into its source, and what changed by that."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

from webapp.audit import sources
from webapp.audit.describe import DESCRIBED
from webapp.audit.models import Page, Use
from webapp.audit.places import decided_on, is_sole
from webapp.scan.charset import decode
from webapp.scan.images import TAKES_ALT
from webapp.scan.put import put
from webapp.uses.models import DecidedUse

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
    """What people decided for the images of the page that have no alt attribute, by the keys of their uses.

    What was decided for the place comes first; "" says that it is decoration there. Then comes the text of the picture,
    where words of it are needed: it is never a name for a link.
    """
    uses = list(page.uses.filter(alt=None).select_related("image", "page__audit__site"))
    decided = decided_on(page.audit, uses)
    texts = ((use, _text(use, decided.get(use.pk))) for use in uses if use.facts["kind"] in TAKES_ALT)
    return {use.key: text for use, text in texts if text is not None}


def _text(use: Use, decided: DecidedUse | None) -> str | None:
    if decided is not None and decided.is_decided and (decided.alt_text or not is_sole(use)):
        return decided.alt_text
    return (use.image.alt_text or None) if use.image and use.todo in DESCRIBED else None


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
