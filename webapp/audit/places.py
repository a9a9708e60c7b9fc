"""The uses of an audit as places that a person can decide on, and what was decided there."""

from collections.abc import Iterable, Mapping
from copy import copy
from datetime import datetime

from webapp.accounts.models import Owner
from webapp.audit.models import Audit, Use
from webapp.audit.suggest import suggestion_for
from webapp.uses.decide import decide_use
from webapp.uses.errors import NoPlace
from webapp.uses.models import DecidedUse, UnsavedUse, UseDecision
from webapp.uses.place import Place, decided_uses, place_at
from webapp.uses.unsaved import unsaved_at


def place_of(use: Use) -> Place | None:
    """Where the use stands, as the page's address and the image's own in its tag say; None where they do not."""
    page, audit = use.page, use.page.audit
    address = page.final_address or page.address
    return place_at(audit.site, audit.owner, address, use.known_as, use.nth, is_sole=is_sole(use))


def is_sole(use: Use) -> bool:
    """Whether the image is all that its link or button holds, and has to give it a name."""
    context = use.facts["context"]
    target = context["link"] or context["button"]
    return target is not None and not target["text"] and use.todo != "empty"


def decided_on(audit: Audit, uses: Iterable[Use]) -> dict[int, DecidedUse]:
    """What is decided for these uses of the audit's, by their keys, in a few queries however many they are."""
    uses = list(uses)
    places = {use.pk: place for use in uses if (place := place_of(use))}
    pages = {place.page_hash for place in places.values()}
    found: Mapping[str, DecidedUse] = {
        decided.hash: decided
        for decided in decided_uses(audit.site, audit.owner)
        .filter(page_hash__in=pages, version__gt=0)
        .order_by("updated_at", "pk")
    }
    of_uses = {pk: found[place.hash] for pk, place in places.items() if place.hash in found}
    replaced = replaced_at(audit, (use for use in uses if use.pk in of_uses)) if of_uses else {}
    return {pk: _unless_replaced(one, replaced.get(pk)) for pk, one in of_uses.items()}


def replaced_at(audit: Audit, uses: Iterable[Use]) -> dict[int, datetime]:
    """Since when another picture lies at the addresses of these uses, by their keys."""
    changed = dict(audit.watches.exclude(changed_at=None).values_list("address", "changed_at"))
    return {use.pk: at for use in uses if (at := changed.get(use.facts["address"]))} if changed else {}


def _unless_replaced(decided: DecidedUse, replaced: datetime | None) -> DecidedUse:
    """What was decided before another picture came to lie there is told of no picture any more: decide anew."""
    if replaced is None or decided.updated_at > replaced:
        return decided
    told = copy(decided)
    told.state, told.alt_text = DecidedUse.State.UNDECIDED, None
    return told


def unsaved_on(uses: Iterable[Use]) -> dict[int, UnsavedUse]:
    """What was typed for these uses and not saved, by their keys, in one query."""
    places = {use.pk: place for use in uses if (place := place_of(use))}
    found = unsaved_at(list(places.values()))
    return {pk: found[place.hash] for pk, place in places.items() if place.hash in found}


def decide_on(use: Use, text: str, *, owner: Owner, role: str = "", version: int | None = None) -> UseDecision:
    """Decides for a use of an audit, as ``webapp.uses.decide.decide_use`` does.

    Raises:
        NoPlace: it cannot be known again.
        EmptyText, TextTooLong, DecorationWithText, SoleContent, StaleUse: as there.
    """
    place = place_of(use)
    if place is None:
        raise NoPlace
    suggestion = suggestion_for(use)
    suggested = suggestion.text if suggestion else ""
    return decide_use(place, text, owner=owner, role=role, suggested=suggested, version=version)
