"""A person takes a decision back. The history keeps both; the text that stood before stands again."""

from django.db import transaction
from django.db.models import QuerySet

from webapp.accounts.models import Owner
from webapp.library.errors import NotUndoable
from webapp.library.models import Decision, Image, UnsavedText


def undo(decision: Decision, *, owner: Owner) -> Image:
    """Takes back the decision that its image's text comes from, and returns the image as it is then.

    The decision that stood before gives the text; without one the image has its draft again, or its failure. Taking
    back what is taken back already changes nothing. A person's own words stay, as a text that is not saved.

    Raises:
        NotUndoable: the text was changed again since.
        Image.DoesNotExist: it was deleted meanwhile.
    """
    with transaction.atomic():
        image = Image.objects.select_for_update().get(pk=decision.image_id)
        if Decision.objects.filter(undoes=decision).exists():
            return image
        standing = list(standing_decisions(image).order_by("-pk")[:2])
        if not standing or standing[0] != decision:
            raise NotUndoable("This text was changed again since. Change it as you like.")
        Decision.objects.create(
            image=image,
            site_id=image.site_id,
            lang=image.lang,
            verdict=Decision.Verdict.UNDONE,
            undoes=decision,
            decided_by=owner,
        )
        _show(image, standing[1] if len(standing) == 2 else None)
        if decision.verdict == Decision.Verdict.EDITED:
            UnsavedText.objects.get_or_create(image=image, defaults={"text": decision.text})
    return image


def _state_without_text(image: Image) -> str:
    if image.error_code:
        return Image.State.FAILED
    has_draft = image.suggestion is not None and image.suggestion.candidates
    return Image.State.SUGGESTED if has_draft else Image.State.WITHHELD


def standing_decisions(image: Image) -> QuerySet[Decision]:
    """The image's decisions that nobody has taken back, the oldest first."""
    return image.decisions.filter(undoes=None, undone_by=None)


def _show(image: Image, former: Decision | None) -> None:
    if former is not None:
        image.alt_text, image.state = former.text, Image.State(former.verdict)
    else:
        image.alt_text = None
        image.state = _state_without_text(image)
    image.save(update_fields=["alt_text", "state", "updated_at"])
