"""A person takes a decision back. The history keeps both; the text that stood before stands again."""

from django.db import transaction

from webapp.accounts.models import Owner
from webapp.library.errors import NotUndoable
from webapp.library.models import Decision, Image, UnsavedText
from webapp.library.record import refuse_stale, show, standing_decision


def undo(decision: Decision, *, owner: Owner, version: int | None = None) -> Image:
    """Takes back the decision that its image's text comes from, and returns the image as it is then.

    The decision that stood before gives the text; without one the image has its draft again, or its failure. Taking
    back what is taken back already changes nothing. A person's own words stay, as a text that is not saved.

    Args:
        version: the image's ``version`` that the person saw; None to compare the decision alone.

    Raises:
        NotUndoable: the text was changed again since.
        StaleVersion: so it was, and ``version`` tells.
        Image.DoesNotExist: it was deleted meanwhile.
    """
    with transaction.atomic():
        image = Image.objects.select_for_update().get(pk=decision.image_id)
        if Decision.objects.filter(undoes=decision).exists():
            return image
        refuse_stale(image, version)
        if standing_decision(image) != decision:
            raise NotUndoable("This text was changed again since. Change it as you like.")
        Decision.objects.create(
            image=image,
            site_id=image.site_id,
            lang=image.lang,
            verdict=Decision.Verdict.UNDONE,
            undoes=decision,
            decided_by=owner,
        )
        show(image, standing_decision(image))
        if decision.verdict == Decision.Verdict.EDITED and not decision.reuse:
            UnsavedText.objects.get_or_create(image=image, defaults={"text": decision.text})
    return image
