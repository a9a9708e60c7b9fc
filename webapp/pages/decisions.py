"""What a person decides of one picture: to use a text, to reject the drafts, and to take that back."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from webapp.accounts.models import Owner
from webapp.accounts.owners import session_owner
from webapp.library.access import get_image_or_404, get_job_or_404, visible_images
from webapp.library.alike import use_similar
from webapp.library.decide import decide, reject
from webapp.library.errors import LibraryError
from webapp.library.models import Decision, Image
from webapp.library.text import clean_text
from webapp.library.undo import undo
from webapp.library.unsaved import Typed
from webapp.pages.cards import Card, Refusal, card_of, cards_of, place_of
from webapp.pages.images import render_image
from webapp.pages.jobs import render_job
from webapp.pages.notices import notify, see_other
from webapp.pages.requests import FormOf, form_of, own_image, way_back
from webapp.pages.review.one import anchor_of, render_review
from webapp.pages.typed import keep_others, seen_version, typed_for
from webapp.review.queue import place_in_queue

_TO_COPY = " You can copy it now."
_SAVED = f"The text is saved.{_TO_COPY}"
_REJECTED = "The drafts are rejected. The picture has no text now."


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def use(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Makes the written text, or else the chosen sentence, the picture's alt text."""
    owner, image = own_image(request, pk)
    if request.method != "POST":
        return redirect("pages:image", pk)
    keep_others(request, image.job, pk)
    typed = typed_for(request, pk)
    following = _next_in_review(request, owner, image)
    try:
        decision = decide(image, _decided_text(image, typed), owner=owner, version=seen_version(request, pk))
    except Image.DoesNotExist:  # deleted while we looked
        raise Http404 from None
    except LibraryError as error:
        return _refuse(request, owner, image, Refusal(error.message, typed.text, typed.choice))
    return _go_on(request, owner, decision, following, _SAVED)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def use_text_of(request: HttpRequest, pk: UUID, similar: UUID) -> HttpResponse:
    """Makes the decided text of a picture that looks alike this picture's too."""
    owner, image = own_image(request, pk)
    if request.method != "POST":
        return redirect("pages:image", pk)
    typed = typed_for(request, pk)
    following = _next_in_review(request, owner, image)
    try:
        decision = use_similar(image, similar, owner=owner, version=seen_version(request, pk))
    except Image.DoesNotExist:
        raise Http404 from None
    except LibraryError as error:
        return _refuse(request, owner, image, Refusal(error.message, typed.text, typed.choice))
    keep_others(request, image.job, pk)
    return _go_on(request, owner, decision, following, _SAVED)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def reject_drafts(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Records that no draft is right. What was typed stays, not saved yet."""
    owner, image = own_image(request, pk)
    if request.method != "POST":
        return redirect("pages:image", pk)
    typed = typed_for(request, pk)
    following = _next_in_review(request, owner, image)
    try:
        decision = reject(image, owner=owner, version=seen_version(request, pk))
    except Image.DoesNotExist:
        raise Http404 from None
    except LibraryError as error:
        return _refuse(request, owner, image, Refusal(error.message, typed.text, typed.choice))
    keep_others(request, image.job)
    return _go_on(request, owner, decision, following, _REJECTED)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def undo_decision(request: HttpRequest, pk: int) -> HttpResponse:
    """Takes a decision back; the former text, or the draft, stands again. A second press ends as the first one."""
    owner = session_owner(request)
    decision = get_object_or_404(Decision, pk=pk, image__in=visible_images(owner))
    _, image = own_image(request, decision.image_id)
    if request.method != "POST":
        return redirect("pages:image", image.pk)
    assert owner is not None, "nobody has made a decision"
    keep_others(request, image.job)
    card = card_of(image)
    try:
        sentence = _undone_sentence(card, undo(decision, owner=owner))
    except Image.DoesNotExist:
        raise Http404 from None
    except LibraryError as error:
        sentence = error.message
    notify(request, sentence, card.anchor)
    return see_other(way_back(request, image), card.anchor)


def _next_in_review(request: HttpRequest, owner: Owner, image: Image) -> UUID | None:
    """Asked before the decision, by which the picture leaves the queue."""
    return place_in_queue(owner, image).following if form_of(request) == FormOf.REVIEW else None


def _refuse(request: HttpRequest, owner: Owner, image: Image, refusal: Refusal) -> HttpResponse:
    match form_of(request):
        case FormOf.IMAGE:
            return render_image(request, get_image_or_404(owner, image.pk), refusal)
        case FormOf.REVIEW:
            return render_review(request, get_image_or_404(owner, image.pk), refusal)
        case FormOf.JOB:
            return render_job(request, get_job_or_404(owner, image.job_id), image, refusal)


def _go_on(request: HttpRequest, owner: Owner, decision: Decision, following: UUID | None, said: str) -> HttpResponse:
    """To where the next thing is to be decided: in the review queue, or among the pictures of the job."""
    image = decision.image
    undo_address = reverse("pages:decision-undo", args=[decision.pk])
    match form_of(request):
        case FormOf.IMAGE:
            notify(request, said, undo=undo_address)
            return see_other(reverse("pages:image", args=[image.pk]), card_of(image).anchor)
        case FormOf.REVIEW:
            said = said.removesuffix(_TO_COPY)  # it is not on the page that comes
            if following is None:
                notify(request, f"{image.name}: {said}", undo=undo_address)
                return see_other(reverse("pages:review"))
            notify(request, f"{image.name}: {said} This one is next.", undo=undo_address)
            return see_other(reverse("pages:review-image", args=[following]), anchor_of(following))
        case FormOf.JOB:
            cards = cards_of(get_job_or_404(owner, image.job_id))
            here = cards[place_of(image.pk, cards)]
            next_card = _next_undecided(cards, here)
            if next_card is not here:
                said = f"{_done_sentence(here, decision)} This one is next."
            notify(request, said, next_card.anchor, undo=undo_address)
            return see_other(reverse("pages:job", args=[image.job_id]), next_card.anchor)


def _decided_text(image: Image, typed: Typed) -> str:
    """What was written in the field; the chosen sentence where the field was left as it came."""
    left_as_it_came = clean_text(typed.text) in {"", image.alt_text}
    chosen = image.sentence(typed.choice)
    return chosen if chosen and left_as_it_came else typed.text


def _next_undecided(cards: list[Card], here: Card) -> Card:
    """The next card that waits for a person, from here on and round; this one when none does."""
    place = cards.index(here)
    following = cards[place + 1 :] + cards[:place]
    return next((card for card in following if card.image.is_open), here)


def _done_sentence(card: Card, decision: Decision) -> str:
    if decision.verdict == Decision.Verdict.REJECTED:
        return f"The drafts of picture {card.number}, {card.image.name}, are rejected."
    return f"The text of picture {card.number}, {card.image.name}, is saved."


def _undone_sentence(card: Card, image: Image) -> str:
    if image.alt_text is None:
        return f"The text of {card.image.name} is taken back. It has no text now."
    return f"The text of {card.image.name} is taken back. The one before it is used again."
