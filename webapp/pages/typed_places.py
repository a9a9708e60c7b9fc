"""The fields of places on a page with several forms: what was typed in them is kept when another thing is saved."""

import re

from django.http import HttpRequest

from webapp.accounts.owners import session_owner
from webapp.accounts.roles import Role, may
from webapp.audit.access import visible_audits
from webapp.audit.models import Use
from webapp.audit.places import decided_on, place_of
from webapp.pages.audits.use_cards import UseCard
from webapp.pages.place_form import PlaceForm, Typed
from webapp.uses.unsaved import keep_unsaved

MOST = 20  # places of one page that have fields
_FIELD = re.compile(r"place-text-(\d{1,18})")


def keep_places(request: HttpRequest, but: int | None = None) -> None:
    """Keeps what was sent along for places where a picture stands; not for the use ``but``, whose own was sent to be
    saved. Fields as they came were not typed in.
    """
    sent = [int(match[1]) for match in map(_FIELD.fullmatch, request.POST) if match and int(match[1]) != but][:MOST]
    owner = session_owner(request)
    if not sent or owner is None:
        return
    uses = Use.objects.filter(pk__in=sent, page__audit__in=visible_audits(owner))
    for use in uses.select_related("page__audit__site", "page__audit__owner", "image"):
        place = place_of(use)
        if place is not None and may(owner, place.site, Role.REVIEWER):
            keep_unsaved({place: _typed_anew(request, use)})


def words_of_places(request: HttpRequest) -> list[str]:
    """The texts for places that were sent."""
    return [request.POST[name] for name in request.POST if _FIELD.fullmatch(name)]


def _typed_anew(request: HttpRequest, use: Use) -> tuple[str, str] | None:
    typed = Typed.of(request, use.pk)
    card = UseCard(use, decided=decided_on(use.page.audit, [use]).get(use.pk))
    return (typed.text, typed.role) if PlaceForm(card, None, typed).is_touched else None
