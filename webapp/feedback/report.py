"""A reader says that a text is wrong. The same said again is counted; more than a person would say is refused."""

import hashlib
from datetime import timedelta

from django.db import transaction

from webapp.accounts.throttle import Limit, TooManyAttempts, count_attempt
from webapp.feedback.errors import NoText, TooManyReports
from webapp.feedback.models import Report
from webapp.library.errors import TextTooLong
from webapp.library.models import Image
from webapp.library.text import clean_text

WORDS_LENGTH = 1000
FROM_ONE = Limit("report", 10, timedelta(hours=1))  # from one address
OF_ONE = Limit("report of a picture", 30, timedelta(days=1))


def report(image: Image, kind: Report.Kind, words: str = "", *, address: str = "") -> Report:
    """Records what a reader finds wrong with the image's decided text.

    Args:
        address: the reader's, of which a keyed hash is counted for a while; empty for a program that was given a key.

    Raises:
        TextTooLong: the words are longer than their field.
        NoText: the image has no decided text.
        TooManyReports: from the address, or of the image.
        Image.DoesNotExist: it was deleted meanwhile.
    """
    words = clean_text(words)
    if len(words) > WORDS_LENGTH:
        raise TextTooLong(f"Your words have {len(words):,} characters. Shorten them to {WORDS_LENGTH:,}.")
    if not image.alt_text:
        raise NoText
    _count(image, address)
    with transaction.atomic():
        current = Image.objects.select_for_update().get(pk=image.pk)  # no decision closes reports in between
        if not current.alt_text:
            raise NoText
        facts = {"kind": kind, "words": words, "text": current.alt_text}
        joined, is_new = Report.objects.get_or_create(
            image=current, digest=_digest(kind, words, current.alt_text), closed_at=None, defaults=facts
        )
        if not is_new:
            joined.times += 1
            joined.save(update_fields=["times", "last_at"])
    return joined


def _count(image: Image, address: str) -> None:
    try:
        if address:
            count_attempt(FROM_ONE, address)
        count_attempt(OF_ONE, str(image.pk))
    except TooManyAttempts as refusal:
        raise TooManyReports(refusal.seconds) from refusal


def _digest(kind: Report.Kind, words: str, text: str) -> str:
    said = repr((str(kind), " ".join(words.casefold().split()), text))
    return hashlib.sha256(said.encode()).hexdigest()
