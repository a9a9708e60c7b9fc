"""What a person decides for one place where an image stands: on a page of its own, or in the review queue."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from webapp.accounts.models import Owner
from webapp.accounts.owners import session_owner
from webapp.accounts.roles import Role, may
from webapp.audit.access import get_use_or_404
from webapp.audit.models import Use
from webapp.audit.places import decide_on, decided_on, unsaved_on
from webapp.audit.suggest import suggestion_for
from webapp.library.access import get_image_or_404
from webapp.library.errors import LibraryError
from webapp.library.models import Image
from webapp.pages.audits.use_cards import UseCard
from webapp.pages.landing import FieldError
from webapp.pages.notices import notify, see_other, take_notices
from webapp.pages.place_form import REVIEWED, PlaceForm, Typed
from webapp.pages.review.one import render_review
from webapp.pages.typed import keep_others
from webapp.uses.models import DecidedUse, UseDecision
from webapp.uses.undo import undo_use


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def place(request: HttpRequest, pk: UUID, use: int) -> HttpResponse:
    """The place and its form; POST decides as the pressed button says, and loses nothing that was typed."""
    owner = session_owner(request)
    if request.method != "POST":
        return _render(request, get_use_or_404(owner, pk, use))
    found = get_use_or_404(owner, pk, use, Role.REVIEWER)
    assert owner is not None, "nobody's audit cannot be found"
    reviewed = _reviewed(request, owner)
    if reviewed is not None:
        keep_others(request, reviewed.job, place=found.pk)
    typed = Typed.of(request, found.pk)
    try:
        decision = _decide(found, typed, request.POST.get("place-action", ""), owner)
    except LibraryError as error:
        refused = typed.refused(error.message)
        if reviewed is None:
            return _render(request, found, refused)
        return render_review(request, get_image_or_404(owner, reviewed.pk), places={found.pk: refused})
    undo = reverse("pages:place-undo", args=[pk, use, decision.pk])
    return _go_on(request, found, reviewed, _sentence(decision), undo)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def undo_place(request: HttpRequest, pk: UUID, use: int, decision: int) -> HttpResponse:
    """Takes back what was decided for the place; what stood before stands again."""
    owner = session_owner(request)
    found = get_use_or_404(owner, pk, use, Role.REVIEWER)
    if request.method != "POST":
        return redirect("pages:place", pk, use)
    assert owner is not None, "nobody's audit cannot be found"
    decided = decided_on(found.page.audit, [found]).get(found.pk)
    decisions = decided.decisions.all() if decided else UseDecision.objects.none()
    taken_back = get_object_or_404(decisions, pk=decision)
    try:
        now = undo_use(taken_back, owner=owner)
        said = "What was decided before stands again." if now.is_decided else "Nothing is decided for this place now."
    except DecidedUse.DoesNotExist:
        raise Http404 from None
    except LibraryError as error:
        said = error.message
    reviewed = _reviewed(request, owner)
    if reviewed is not None:
        keep_others(request, reviewed.job)
    return _go_on(request, found, reviewed, said)


def _decide(use: Use, typed: Typed, action: str, owner: Owner) -> UseDecision:
    """Raises LibraryError."""
    match action:
        case "decorative":
            return decide_on(use, "", owner=owner, role="decorative", version=typed.version)
        case "suggested":
            suggestion = suggestion_for(use)
            return decide_on(use, suggestion.text if suggestion else "", owner=owner, version=typed.version)
    return decide_on(use, typed.text, owner=owner, role=typed.role, version=typed.version)


def _sentence(decision: UseDecision) -> str:
    if decision.verdict == UseDecision.Verdict.DECORATIVE:
        return "It is decoration here."
    return "The text is saved for this place alone."


def _go_on(request: HttpRequest, use: Use, reviewed: Image | None, said: str, undo: str = "") -> HttpResponse:
    card = UseCard(use, in_site=True)
    if reviewed is None:
        notify(request, said, undo=undo)
        return see_other(reverse("pages:place", args=[use.page.audit_id, use.pk]), card.anchor)
    undo = f"{undo}?{REVIEWED}={reviewed.pk}" if undo else ""
    notify(request, f"{card.title}: {said}", card.anchor, undo=undo)
    return see_other(reverse("pages:review-image", args=[reviewed.pk]), card.anchor)


def _reviewed(request: HttpRequest, owner: Owner) -> Image | None:
    """The picture in whose review the form stood. Raises Http404 where it is somebody else's."""
    try:
        named = UUID(request.GET.get(REVIEWED, ""))
    except ValueError:
        return None
    return get_image_or_404(owner, named, Role.REVIEWER)


def _render(request: HttpRequest, use: Use, refused: Typed | None = None) -> HttpResponse:
    owner, audit = session_owner(request), use.page.audit
    card = UseCard(use, audit.pages.count() > 1, decided=decided_on(audit, [use]).get(use.pk))
    form = PlaceForm(card, owner, refused, kept=unsaved_on([use]).get(use.pk))
    context = {
        "audit": audit,
        "place": form,
        "errors": [FieldError(form.text_field, refused.refusal)] if refused else [],
        "may_review": may(owner, audit.site, Role.REVIEWER),
        "top_notices": take_notices(request),
    }
    return render(request, "audits/place.html", context, status=422 if refused else 200)
