"""One picture of the review queue, with all that a person needs to decide, in words too."""

from collections import defaultdict
from collections.abc import Mapping
from math import exp
from uuid import UUID

from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from webapp.accounts.models import Owner
from webapp.accounts.owners import session_owner
from webapp.accounts.roles import Role, may
from webapp.audit.access import visible_audits
from webapp.audit.models import Audit, Use
from webapp.audit.places import decided_on, unsaved_on
from webapp.feedback.close import open_reports
from webapp.library.access import get_image_or_404
from webapp.library.models import Image
from webapp.pages.audits.use_cards import UseCard
from webapp.pages.cards import Card, Refusal, with_similar
from webapp.pages.landing import FieldError
from webapp.pages.notices import take_notices
from webapp.pages.place_form import PlaceForm, Typed
from webapp.pages.typed_places import MOST
from webapp.review.history import history_of
from webapp.review.queue import place_in_queue


@never_cache
@require_safe
def review_image(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The picture by itself, and the way to the next one."""
    return render_review(request, get_image_or_404(session_owner(request), pk))


def render_review(
    request: HttpRequest, image: Image, refusal: Refusal | None = None, places: Mapping[int, Typed] | None = None
) -> HttpResponse:
    """The picture's page in the queue; with a refused text it says so (422), and what was typed is kept.

    places: what was refused for a place where it stands.
    """
    owner = session_owner(request)
    (card,) = with_similar([Card(image, 1, 1, refusal)])
    uses = _uses_of(image, owner)
    shown = _forms(request, image, list(uses.order_by("pk")[:MOST]), places or {})
    context = {
        "card": card,
        "place": place_in_queue(owner, image),
        "places": shown,
        "more_uses": max(uses.count() - MOST, 0),
        "reports": open_reports(image),
        "shares": _shares(image),
        "history": history_of(image, owner),
        "may_review": may(owner, image.site, Role.REVIEWER),
        "top_notices": take_notices(request),
        "refused": card if refusal else None,
        "errors": [FieldError(form.text_field, f"{form.card.title}: {form.refusal}") for form in shown if form.refusal],
    }
    return render(request, "review/one.html", context, status=422 if refusal or places else 200)


def _uses_of(image: Image, owner: Owner | None) -> QuerySet[Use]:
    """The places where the picture stands; those where nobody asked for its description too, such as links."""
    of_image = Q(image=image)
    if image.source_url:
        of_image |= Q(image=None, address=image.source_url, page__audit__site=image.site)
    uses = Use.objects.filter(of_image, page__audit__in=visible_audits(owner))
    return uses.select_related("page__audit__site", "page__audit__owner", "image")


def _forms(request: HttpRequest, image: Image, uses: list[Use], refused: Mapping[int, Typed]) -> list[PlaceForm]:
    """The forms of the places, with what was sent along in them."""
    owner = session_owner(request)
    by_audit: defaultdict[Audit, list[Use]] = defaultdict(list)
    for use in uses:
        by_audit[use.page.audit].append(use)
    decided = {pk: one for audit, some in by_audit.items() for pk, one in decided_on(audit, some).items()}
    sent = {use.pk: Typed.of(request, use.pk) for use in uses if f"place-text-{use.pk}" in request.POST} | dict(refused)
    unsaved = unsaved_on(uses)
    return [
        PlaceForm(
            UseCard(use, in_site=True, decided=decided.get(use.pk)),
            owner,
            sent.get(use.pk),
            image.pk,
            unsaved.get(use.pk),
        )
        for use in uses
    ]


def anchor_of(pk: UUID) -> str:
    """The id of the heading of a picture's card."""
    return f"picture-{pk}"


def _shares(image: Image) -> list[tuple[str, int]]:
    """The model's sentences, and of each the percentage of their joint probability; none where it is a single one."""
    drafts = image.suggestion.candidates if image.suggestion else []
    scored = [(draft["text"], exp(draft["log_probability"])) for draft in drafts if draft["source"] == "model"]
    total = sum(probability for _, probability in scored)
    return [(text, round(100 * probability / total)) for text, probability in scored] if len(scored) > 1 else []
