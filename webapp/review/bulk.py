"""Several drafts approved at once, and all of that taken back at once."""

import uuid
from collections.abc import Mapping
from uuid import UUID

from django.db import transaction

from captioner.bands import Band
from webapp.accounts.models import Owner
from webapp.accounts.roles import Role
from webapp.library.access import visible_images
from webapp.library.decide import decide
from webapp.library.errors import LibraryError
from webapp.library.models import Decision
from webapp.library.record import standing_decision
from webapp.library.undo import undo
from webapp.review.queue import review_queue


def approve_several(owner: Owner, band: Band, seen: Mapping[UUID, int]) -> UUID | None:
    """Approves the best draft of each picture; what was decided elsewhere meanwhile is passed over.

    Args:
        band: that of the drafts; pictures of others are passed over.
        seen: the pictures, each with the ``version`` that the person saw.

    Returns:
        By what the decisions are found again (``Decision.batch``); None where there was nothing to approve.
    """
    batch, approved = uuid.uuid4(), 0
    with transaction.atomic():
        for image in review_queue(owner, band).filter(pk__in=seen):
            try:
                decision = decide(image, image.sentence("0"), owner=owner, version=seen[image.pk], batch=batch)
            except LibraryError:
                continue
            approved += decision.batch == batch  # else somebody approved the same at this very moment: it is theirs
    return batch if approved else None


def undo_several(owner: Owner, batch: UUID) -> int:
    """Takes back what of the owner's batch still gives the pictures their texts. Returns how many that were."""
    undone = 0
    with transaction.atomic():
        images = visible_images(owner, Role.REVIEWER).order_by().values("pk")
        decisions = Decision.objects.filter(batch=batch, decided_by=owner, image__in=images)
        for decision in decisions.select_related("image"):
            if standing_decision(decision.image) == decision:
                undo(decision, owner=owner)
                undone += 1
    return undone
