"""A person decides on an image. The machine's words become alt text by these verbs only."""

from uuid import UUID

from django.db import transaction

from captioner.alttext import unhedged
from webapp.accounts.models import Owner
from webapp.library.errors import EmptyText, TextTooLong
from webapp.library.models import Decision, Image
from webapp.library.record import lock_drafted, record
from webapp.library.text import clean_text

TEXT_LENGTH = 2000
_SHOWN = ("alt_text", "state", "version", "updated_at")


def decide(
    image: Image,
    text: str,
    *,
    owner: Owner,
    version: int | None = None,
    alike: Image | None = None,
    batch: UUID | None = None,
) -> Decision:
    """Records the person's text and makes it the image's alt text.

    The hedge of an undecided draft goes. A text that then equals a candidate exactly is an approval of that candidate;
    any other is the person's own. Saying the same again adds nothing to the history. The given ``image`` is brought up
    to date.

    Args:
        version: the image's ``version`` that the person saw; None to decide whatever happened since.
        alike: the image that looks alike, where the person takes the text of that one.
        batch: by what a new decision is found again, where several are made at once.

    Raises:
        EmptyText: nothing but blanks.
        TextTooLong: more than 2,000 characters.
        NotReady: the image still waits for its draft.
        StaleVersion: somebody decided otherwise since.
        Image.DoesNotExist: it was deleted meanwhile.
    """
    text = unhedged(clean_text(text))
    if not text:
        raise EmptyText("The text is empty. Write what the picture shows, or choose one of the sentences.")
    if len(text) > TEXT_LENGTH:
        raise TextTooLong(f"The text has {len(text):,} characters. Shorten it to {TEXT_LENGTH:,}.")
    with transaction.atomic():
        current = lock_drafted(image)
        suggestion = current.suggestion
        sentences = [candidate["text"] for candidate in suggestion.candidates] if suggestion else []
        rank = sentences.index(text) if text in sentences else None
        verdict = Decision.Verdict.EDITED if rank is None else Decision.Verdict.APPROVED
        decision = record(
            current,
            verdict,
            text,
            owner=owner,
            version=version,
            rank=rank,
            reuse=Decision.Reuse.ALIKE if alike else None,
            reused_from=alike,
            batch=batch,
        )
    _bring_up_to_date(image, current)
    return decision


def reject(image: Image, *, owner: Owner, version: int | None = None) -> Decision:
    """Records that a person found the drafts wrong and wrote no text. The image has none from then on.

    Raises:
        NotReady, StaleVersion, Image.DoesNotExist: as ``decide``.
    """
    with transaction.atomic():
        current = lock_drafted(image)
        decision = record(current, Decision.Verdict.REJECTED, "", owner=owner, version=version)
    _bring_up_to_date(image, current)
    return decision


def _bring_up_to_date(image: Image, current: Image) -> None:
    for name in _SHOWN:
        setattr(image, name, getattr(current, name))
