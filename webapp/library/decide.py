"""A person chooses the text of an image. The machine's words become alt text by this verb only."""

from django.db import transaction

from captioner.alttext import unhedged
from webapp.accounts.models import Owner
from webapp.library.errors import EmptyText, NotReady, TextTooLong
from webapp.library.models import Decision, Image, UnsavedText
from webapp.library.text import clean_text
from webapp.library.undo import standing_decisions

TEXT_LENGTH = 2000


def decide(image: Image, text: str, *, owner: Owner) -> Decision:
    """Records the person's text and makes it the image's alt text.

    The hedge of an undecided draft goes. A text that then equals a candidate exactly is an approval of that candidate;
    any other is the person's own. Saying the same again, as a second press does, adds nothing to the history. The given
    ``image`` is brought up to date.

    Raises:
        EmptyText: nothing but blanks.
        TextTooLong: more than 2,000 characters.
        NotReady: the image still waits for its draft.
        Image.DoesNotExist: it was deleted meanwhile.
    """
    text = unhedged(clean_text(text))
    if not text:
        raise EmptyText("The text is empty. Write what the picture shows, or choose one of the sentences.")
    if len(text) > TEXT_LENGTH:
        raise TextTooLong(f"The text has {len(text):,} characters. Shorten it to {TEXT_LENGTH:,}.")
    with transaction.atomic():
        current = Image.objects.select_for_update().get(pk=image.pk)
        if current.state == Image.State.WAITING:
            raise NotReady("The draft of this picture is not ready yet. Try again when it is.")
        suggestion = current.suggestion
        rank = None
        if suggestion is not None:
            sentences = [candidate["text"] for candidate in suggestion.candidates]
            rank = sentences.index(text) if text in sentences else None
        verdict = Decision.Verdict.EDITED if rank is None else Decision.Verdict.APPROVED
        decision = standing_decisions(current).last()
        if decision is None or (decision.text, decision.verdict, decision.chosen_rank) != (text, verdict, rank):
            decision = Decision.objects.create(
                image=current,
                site_id=current.site_id,
                lang=current.lang,
                verdict=verdict,
                text=text,
                suggestion=suggestion,
                chosen_rank=rank,
                decided_by=owner,
            )
        UnsavedText.objects.filter(image=current).delete()
        image.alt_text = text
        image.state = Image.State.EDITED if rank is None else Image.State.APPROVED
        image.save(update_fields=["alt_text", "state", "updated_at"])
    return decision
