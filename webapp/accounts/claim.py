"""What was handed over in a browser before somebody logged in there: counted, and moved to the account when asked."""

from dataclasses import dataclass

from django.db import transaction

from webapp.accounts.models import ApiKey, Owner
from webapp.audit.models import Audit
from webapp.library.models import Decision, Image, Job
from webapp.uses.models import DecidedUse, UnsavedUse, UseDecision


@dataclass(frozen=True, slots=True)
class Belongings:
    """How much an owner has."""

    images: int
    audits: int
    places: int
    keys: int

    def __bool__(self) -> bool:
        return bool(self.images or self.audits or self.places or self.keys)

    def __str__(self) -> str:
        """In words: "3 pictures and 1 audit"."""
        counts = (
            (self.images, "picture"),
            (self.audits, "audit"),
            (self.places, "decided place"),
            (self.keys, "key"),
        )
        parts = [f"{count:,} {word}{'s' * (count != 1)}" for count, word in counts if count]
        return " and ".join(filter(None, (", ".join(parts[:-1]), *parts[-1:])))


def belongings_of(owner: Owner | None) -> Belongings:
    """What the owner has; keys that were revoked do not count. Decided places outlive the audits they were found in."""
    if owner is None:
        return Belongings(0, 0, 0, 0)
    return Belongings(
        images=Image.objects.filter(owner=owner).count(),
        audits=Audit.objects.filter(owner=owner).count(),
        places=DecidedUse.objects.filter(owner=owner).count(),
        keys=ApiKey.objects.filter(made_by=owner, revoked_at=None).count(),
    )


def claim(session: Owner, account: Owner) -> Belongings:
    """Moves all that a browser's session has to an account, and returns what that was.

    What is being handed over at the same moment stays with the session, and can be claimed too. What a key handed over
    stays the key's.
    """
    assert session.kind == Owner.Kind.SESSION, "nobody else's things are ever moved"
    with transaction.atomic():
        list(Job.objects.select_for_update().filter(owner=session).order_by("pk"))
        moved = belongings_of(session)
        for model in (Job, Image, Audit, DecidedUse, UnsavedUse):
            model.objects.filter(owner=session).update(owner=account)
        ApiKey.objects.filter(made_by=session).update(made_by=account)
        for decisions in (Decision.objects, UseDecision.objects):
            decisions.filter(decided_by=session).update(decided_by=account)
    return moved
