"""A person decides on one use of an image: a text for this place alone, or that it is decoration here."""

from django.db import transaction

from captioner.alttext import unhedged
from webapp.accounts.models import Owner, Site
from webapp.library.decide import TEXT_LENGTH
from webapp.library.errors import EmptyText, TextTooLong
from webapp.library.text import clean_text
from webapp.uses.errors import DecorationWithText, SoleContent, StaleUse
from webapp.uses.models import DecidedUse, UnsavedUse, UseDecision
from webapp.uses.place import Place, decided_at

_DECORATIVE = "decorative"


def decide_use(
    place: Place, text: str, *, owner: Owner, role: str = "", suggested: str = "", version: int | None = None
) -> UseDecision:
    """Records what is to be read out in this place, and nowhere else; with the role ``decorative`` nothing is.

    Saying again what stands adds nothing to the history.

    Args:
        owner: who decides.
        role: what the image is for here, as the person said; "" where they did not.
        suggested: what lay beside; a text that equals it is an approval.
        version: of the use, as the person saw it (0 while nothing was decided); None to decide whatever happened.

    Raises:
        EmptyText: a text of nothing but blanks, unless the role is decorative.
        TextTooLong: more than 2,000 characters.
        DecorationWithText, SoleContent: decoration with a text, or as all that a link or button holds.
        StaleUse: somebody decided otherwise since.
    """
    text = unhedged(clean_text(text))
    if role == _DECORATIVE:
        if place.is_sole:
            raise SoleContent
        if text:
            raise DecorationWithText
        return _record(place, UseDecision.Verdict.DECORATIVE, "", role, owner, version)
    if not text:
        what = "Write where it leads or what it does." if place.is_sole else "Write what the picture tells here."
        raise EmptyText(f"The text for this place is empty. {what}")
    if len(text) > TEXT_LENGTH:
        raise TextTooLong(f"The text has {len(text):,} characters. Shorten it to {TEXT_LENGTH:,}.")
    verdict = UseDecision.Verdict.APPROVED if text == suggested else UseDecision.Verdict.EDITED
    return _record(place, verdict, text, role, owner, version)


def call_decorative(place: Place, *, owner: Owner, version: int | None = None) -> UseDecision:
    """Records that the image is decoration in this place. Raises as ``decide_use``."""
    return decide_use(place, "", owner=owner, role=_DECORATIVE, version=version)


def standing_decision(use: DecidedUse) -> UseDecision | None:
    """The newest decision that nobody has taken back."""
    return use.decisions.filter(undoes=None, undone_by=None).order_by("pk").last()


def lock_uses_of(site: Site) -> None:
    """Until the transaction ends nobody else decides on uses of the site: of a place without a row there is nothing
    else to lock. Images and audits can be added meanwhile.
    """
    Site.objects.select_for_update(no_key=True).get(pk=site.pk)


def refuse_stale(use: DecidedUse, version: int | None) -> None:
    """Raises StaleUse where the person saw another ``version`` of the use than the present one."""
    if version is not None and version != use.version:
        raise StaleUse(use)


def show(use: DecidedUse, decision: UseDecision | None) -> None:
    """Gives the use what the decision says that stands now. ``update_fields`` tells others: webhooks look for it."""
    if decision is None:
        use.state, use.alt_text, use.role = DecidedUse.State.UNDECIDED, None, ""
    else:
        use.state, use.alt_text, use.role = DecidedUse.State(decision.verdict), decision.text, decision.role
    use.version += 1
    use.save(update_fields=["state", "alt_text", "role", "version", "updated_at"])


def _record(
    place: Place, verdict: UseDecision.Verdict, text: str, role: str, owner: Owner, version: int | None
) -> UseDecision:
    with transaction.atomic():
        lock_uses_of(place.site)
        UnsavedUse.objects.filter(site=place.site, owner=place.owner, hash=place.hash).delete()
        use = decided_at(place) or _new(place)
        standing = standing_decision(use) if use.pk else None
        if standing and (standing.verdict, standing.text, standing.role) == (verdict, text, role):
            return standing
        refuse_stale(use, version)
        use.is_sole, use.lang = place.is_sole, place.site.lang
        use.save()
        decision = UseDecision.objects.create(use=use, verdict=verdict, text=text, role=role, decided_by=owner)
        show(use, decision)
    return decision


def _new(place: Place) -> DecidedUse:
    return DecidedUse(
        site=place.site,
        owner=place.owner,
        hash=place.hash,
        page_hash=place.page_hash,
        page=place.page,
        address=place.address,
        position=place.position,
    )
