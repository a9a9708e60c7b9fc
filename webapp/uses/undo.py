"""A person takes back what was decided on a use. The history keeps both; what stood before stands again."""

from django.db import transaction

from webapp.accounts.models import Owner
from webapp.library.errors import NotUndoable
from webapp.uses.decide import lock_uses_of, refuse_stale, show, standing_decision
from webapp.uses.models import DecidedUse, UseDecision


def undo_use(decision: UseDecision, *, owner: Owner, version: int | None = None) -> DecidedUse:
    """Takes back the decision that stands, and returns the use as it is then. A second time changes nothing.

    Raises:
        NotUndoable: something else was decided since.
        StaleUse: so it was, and ``version`` tells.
        DecidedUse.DoesNotExist: it was deleted meanwhile.
    """
    with transaction.atomic():
        lock_uses_of(decision.use.site)
        use = DecidedUse.objects.get(pk=decision.use_id)
        if UseDecision.objects.filter(undoes=decision).exists():
            return use
        refuse_stale(use, version)
        if standing_decision(use) != decision:
            raise NotUndoable("Something else was decided for this place since. Change it as you like.")
        UseDecision.objects.create(use=use, verdict=UseDecision.Verdict.UNDONE, undoes=decision, decided_by=owner)
        show(use, standing_decision(use))
    return use
