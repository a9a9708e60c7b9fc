"""From a scan to rows: what is kept of each use, cut to what a database can hold and a page can be worth."""

from typing import Any

from webapp.audit.code import code_of
from webapp.audit.models import Page, Use
from webapp.scan.budget import Budget
from webapp.scan.errors import PageTooComplex
from webapp.scan.report.json_report import use_as_dict
from webapp.scan.scan import Scan

# An address that is longer is nobody's; those of data are pictures themselves.
LONGEST_ADDRESS = 2000
_CANDIDATES = 3
_MOST_CHARACTERS = 30_000_000  # of all rows of a page


def rows_of(page: Page, seen: Scan, budget: Budget) -> list[Use]:
    """A row for each use, not yet saved.

    Raises:
        PageTooComplex: it takes too long, or too much room.
    """
    rows, room = [], _MOST_CHARACTERS
    for position, one in enumerate(seen.uses, start=1):
        budget.check()
        facts = _storable(use_as_dict(one) | {"code": code_of(seen.page, one.use.element)})
        facts["candidates"] = facts["candidates"][:_CANDIDATES]
        address = storable(one.use.address)
        is_data = address[:5].lower() == "data:"
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
            )
        )
        room -= len(rows[-1].address) + len(rows[-1].alt or "") + len(str(facts))
        if room < 0:
            raise PageTooComplex
    return rows


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
