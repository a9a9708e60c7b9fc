"""From a scan to rows: what is kept of each use, cut to what a database can hold and a page can be worth."""

from collections import Counter
from typing import Any

from webapp.audit.code import code_of
from webapp.audit.models import Page, Use
from webapp.scan.budget import Budget
from webapp.scan.errors import PageTooComplex
from webapp.scan.images import Use as ScannedUse
from webapp.scan.report.json_report import use_as_dict
from webapp.scan.scan import Scan
from webapp.uses.place import spelt

# An address that is longer is nobody's; those of data are pictures themselves.
LONGEST_ADDRESS = 2000
_CANDIDATES = 3
_KNOWN_BY = (
    "data-src", "data-original", "data-lazy-src", "data-lazy", "data-srcset", "data-lazy-srcset", "src", "srcset",
)  # fmt: skip
_MOST_CHARACTERS = 30_000_000  # of all rows of a page


def rows_of(page: Page, seen: Scan, budget: Budget) -> list[Use]:
    """A row for each use, not yet saved.

    Raises:
        PageTooComplex: it takes too long, or too much room.
    """
    rows, room = [], _MOST_CHARACTERS
    nth = Counter[tuple[str, bool]]()
    for position, one in enumerate(seen.uses, start=1):
        budget.check()
        facts = _storable(use_as_dict(one) | {"code": code_of(seen.page, one.use.element)})
        facts["candidates"] = facts["candidates"][:_CANDIDATES]
        address = storable(one.use.address)
        is_data = address[:5].lower() == "data:"
        known_as = storable(_known_as(one.use))
        known = spelt(known_as), one.use.noscript  # two spellings of one address are one
        nth[known] += 1
        rows.append(
            Use(
                page=page,
                position=position,
                key=one.use.key,
                address=address if is_data or len(address) <= LONGEST_ADDRESS else "",
                alt=None if one.use.alt is None else storable(one.use.alt),
                role=one.decided.role,
                todo=one.decided.todo,
                facts=facts,
                known_as=known_as,
                nth=nth[known] if known_as else 0,
            )
        )
        room -= len(rows[-1].address) + len(rows[-1].alt or "") + len(str(facts))
        if room < 0:
            raise PageTooComplex
    return rows


def _known_as(use: ScannedUse) -> str:
    """The address that stands in an image's tag, by which a page that is served knows it; "" where nothing fills it in.

    The one that a script loads later comes first, then ``src``, then the first of a ``srcset``: as in
    ``alttext.gaps`` and ``alt.v1.js``.
    """
    if use.kind != "img":
        return ""
    files = [file for file in reversed(use.candidates) if file.address[:5].lower() != "data:"]
    found = {file.via: file.address.partition("#")[0] for file in files}
    address = next((found[via] for via in _KNOWN_BY if via in found), "")
    return address if len(address) <= LONGEST_ADDRESS else ""


def storable(text: str) -> str:
    """The text without what PostgreSQL takes in no text: NUL, and halves of surrogate pairs."""
    return text.replace("\x00", "").encode("utf-8", "replace").decode()


def _storable(facts: Any) -> Any:
    """The same of every text in what a report has for a use."""
    if isinstance(facts, str):
        return storable(facts)
    if isinstance(facts, dict):
        return {name: _storable(value) for name, value in facts.items()}
    return [_storable(value) for value in facts] if isinstance(facts, list) else facts
