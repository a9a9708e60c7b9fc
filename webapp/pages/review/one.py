"""One picture of the review queue, with all that a person needs to decide, in words too."""

from math import exp
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from webapp.accounts.owners import session_owner
from webapp.accounts.roles import Role, may
from webapp.audit.access import visible_audits
from webapp.audit.models import Use
from webapp.feedback.close import open_reports
from webapp.library.access import get_image_or_404
from webapp.library.models import Image
from webapp.pages.audits.use_cards import UseCard
from webapp.pages.cards import Card, Refusal
from webapp.pages.notices import take_notices
from webapp.review.history import history_of
from webapp.review.queue import place_in_queue

_MOST_USES = 20


@never_cache
@require_safe
def review_image(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The picture by itself, and the way to the next one."""
    return render_review(request, get_image_or_404(session_owner(request), pk))


def render_review(request: HttpRequest, image: Image, refusal: Refusal | None = None) -> HttpResponse:
    """The picture's page in the queue; with a refused text it says so (422), and what was typed is kept."""
    owner = session_owner(request)
    card = Card(image, 1, 1, refusal)
    uses = Use.objects.filter(image=image, page__audit__in=visible_audits(owner)).select_related("page__audit", "image")
    context = {
        "card": card,
        "place": place_in_queue(owner, image),
        "uses": [UseCard(use, in_site=True) for use in uses.order_by("pk")[:_MOST_USES]],
        "more_uses": max(uses.count() - _MOST_USES, 0),
        "reports": open_reports(image),
        "shares": _shares(image),
        "history": history_of(image, owner),
        "may_review": may(owner, image.site, Role.REVIEWER),
        "top_notices": take_notices(request),
        "refused": card if refusal else None,
    }
    return render(request, "review/one.html", context, status=422 if refusal else 200)


def anchor_of(pk: UUID) -> str:
    """The id of the heading of a picture's card."""
    return f"picture-{pk}"


def _shares(image: Image) -> list[tuple[str, int]]:
    """The model's sentences, and of each the percentage of their joint probability; none where it is a single one."""
    drafts = image.suggestion.candidates if image.suggestion else []
    scored = [(draft["text"], exp(draft["log_probability"])) for draft in drafts if draft["source"] == "model"]
    total = sum(probability for _, probability in scored)
    return [(text, round(100 * probability / total)) for text, probability in scored] if len(scored) > 1 else []
