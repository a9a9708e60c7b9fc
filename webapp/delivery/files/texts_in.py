"""Texts that were changed in a file come back as decisions, so that the history keeps what was there."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from uuid import UUID

from django.db import transaction

from webapp.accounts.models import Owner, Site
from webapp.delivery.files.table import Row
from webapp.library.decide import decide
from webapp.library.errors import LibraryError
from webapp.library.models import Image
from webapp.library.record import standing_decision
from webapp.library.text import clean_text

COLUMNS = ("image", "decision", "alt_text")


@dataclass(slots=True)
class TakenIn:
    """What became of the rows. refused: (number of the row from 1, why), for people."""

    decided: int = 0
    unchanged: int = 0
    refused: list[tuple[int, str]] = field(default_factory=list)


def take_in(site: Site, rows: Iterable[Row], *, owner: Owner, dry_run: bool = False) -> TakenIn:
    """Decides the texts that differ from those that stand. Each row for itself: one that is refused costs the others
    nothing. An empty text changes nothing.

    Args:
        site: images of others do not exist.
        rows: with ``COLUMNS``.
        owner: who decides.
        dry_run: only says what would be.

    Raises:
        Unreadable: of the rows, in their midst; what came before it is decided.
    """
    taken, seen = TakenIn(), Counter[str]()
    for number, row in enumerate(rows, start=1):
        seen[row["image"]] += 1
        try:
            if seen[row["image"]] > 1:
                raise _RowRefused("This picture stands in an earlier row too. Leave one of them.")
            changed = _take(site, row, owner, dry_run)
        except LibraryError as error:
            taken.refused.append((number, error.message))
        else:
            taken.decided += changed
            taken.unchanged += not changed
    return taken


class _RowRefused(LibraryError):  # noqa: N818 - as those of the library
    code = "row_refused"


def _take(site: Site, row: Row, owner: Owner, dry_run: bool) -> bool:
    """Whether there was something to decide. Raises LibraryError."""
    text = clean_text(row["alt_text"])
    with transaction.atomic():
        key = _key(row["image"])
        image = Image.objects.select_for_update().filter(site=site, pk=key).first() if key else None
        if image is None:
            raise _RowRefused("There is no such picture on this site. It may be deleted.")
        if text in ("", image.alt_text):
            return False
        decision = standing_decision(image)
        if row["decision"] != str(decision.pk if decision else ""):
            raise _RowRefused("Its text was changed since the file was written. Write a new file, and change that.")
        decide(image, text, owner=owner)
        transaction.set_rollback(dry_run)
    return True


def _key(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
