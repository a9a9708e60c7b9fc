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
from webapp.uses.decide import decide_use, lock_uses_of
from webapp.uses.decide import standing_decision as standing_use_decision
from webapp.uses.models import DecidedUse
from webapp.uses.place import place_of_decided

COLUMNS = ("image", "decision", "alt_text")
OF_USES = ("use", "state")  # files that were written before there were decided uses have none of them
_CHANGED = "Its text was changed since the file was written. Write a new file, and change that."


@dataclass(slots=True)
class TakenIn:
    """What became of the rows. refused: (number of the row from 1, why), for people."""

    decided: int = 0
    unchanged: int = 0
    refused: list[tuple[int, str]] = field(default_factory=list)


def take_in(site: Site, rows: Iterable[Row], *, owner: Owner, dry_run: bool = False) -> TakenIn:
    """Decides the texts that differ from those that stand. Each row for itself: one that is refused costs the others
    nothing. An empty text changes nothing, but for a use with the state ``decorative``.

    Args:
        site: images of others do not exist.
        rows: with ``COLUMNS`` and ``OF_USES``.
        owner: who decides.
        dry_run: only says what would be.

    Raises:
        Unreadable: of the rows, in their midst; what came before it is decided.
    """
    taken, seen = TakenIn(), Counter[str]()
    for number, row in enumerate(rows, start=1):
        key = f"use {row['use']}" if row["use"] else row["image"]
        seen[key] += 1
        try:
            if seen[key] > 1:
                what = "place" if row["use"] else "picture"
                raise _RowRefused(f"This {what} stands in an earlier row too. Leave one of them.")
            changed = (_take_use if row["use"] else _take_image)(site, row, owner, dry_run)
        except LibraryError as error:
            taken.refused.append((number, error.message))
        else:
            taken.decided += changed
            taken.unchanged += not changed
    return taken


class _RowRefused(LibraryError):  # noqa: N818 - as those of the library
    code = "row_refused"


def _take_image(site: Site, row: Row, owner: Owner, dry_run: bool) -> bool:
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
            raise _RowRefused(_CHANGED)
        decide(image, text, owner=owner)
        transaction.set_rollback(dry_run)
    return True


def _take_use(site: Site, row: Row, owner: Owner, dry_run: bool) -> bool:
    """The same for one place where a picture stands."""
    text = clean_text(row["alt_text"])
    is_decoration = not text and row["state"] == DecidedUse.State.DECORATIVE
    with transaction.atomic():
        lock_uses_of(site)
        is_number = row["use"].isascii() and row["use"].isdigit() and len(row["use"]) < 19
        uses = DecidedUse.objects.filter(site=site, pk=int(row["use"]) if is_number else 0)
        use = uses.select_related("site", "owner").first()
        if use is None:
            raise _RowRefused("There is no such place on this site. It may be deleted.")
        if use.state == DecidedUse.State.DECORATIVE if is_decoration else text in ("", use.alt_text):
            return False
        decision = standing_use_decision(use)
        if row["decision"] != str(decision.pk if decision else ""):
            raise _RowRefused(_CHANGED)
        role = "decorative" if is_decoration else "" if use.role == "decorative" else use.role
        decide_use(place_of_decided(use), text, owner=owner, role=role)
        transaction.set_rollback(dry_run)
    return True


def _key(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
