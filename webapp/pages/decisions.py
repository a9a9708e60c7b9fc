"""What a person decides of one picture: to use a text, and to take that back."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from webapp.accounts.owners import session_owner
from webapp.library.access import get_job_or_404, visible_images
from webapp.library.decide import decide
from webapp.library.errors import LibraryError
from webapp.library.models import Decision, Image
from webapp.library.text import clean_text
from webapp.library.undo import undo
from webapp.library.unsaved import Typed
from webapp.pages.cards import Card, Refusal, card_of, cards_of, place_of
from webapp.pages.images import render_image
from webapp.pages.jobs import render_job
from webapp.pages.notices import notify, see_other
from webapp.pages.requests import is_on_image_page, own_image, way_back
from webapp.pages.typed import keep_others, typed_for

_SAVED = "The text is saved. You can copy it now."


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def use(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Makes the written text, or else the chosen sentence, the picture's alt text."""
    owner, image = own_image(request, pk)
    if request.method != "POST":
        return redirect("pages:image", pk)
    keep_others(request, image.job, pk)
    typed = typed_for(request, pk)
    try:
        decision = decide(image, _decided_text(image, typed), owner=owner)
    except Image.DoesNotExist:  # deleted while we looked
        raise Http404 from None
    except LibraryError as error:
        refusal = Refusal(error.message, typed.text, typed.choice)
        if is_on_image_page(request):
            return render_image(request, image, refusal)
        return render_job(request, get_job_or_404(owner, image.job_id), image, refusal)
    if is_on_image_page(request):
        notify(request, _SAVED, undo=decision.pk)
        return see_other(reverse("pages:image", args=[pk]), card_of(image).anchor)
    cards = cards_of(get_job_or_404(owner, image.job_id))
    here = cards[place_of(pk, cards)]
    following = _next_undecided(cards, here)
    notify(request, _saved_sentence(here, following), following.anchor, undo=decision.pk)
    return see_other(reverse("pages:job", args=[image.job_id]), following.anchor)


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


def _saved_sentence(here: Card, following: Card) -> str:
    if following is here:
        return _SAVED
    return f"The text of picture {here.number}, {here.image.name}, is saved. This one is next."


def _undone_sentence(card: Card, image: Image) -> str:
    if image.alt_text is None:
        return f"The text of {card.image.name} is taken back. It has no text now."
    return f"The text of {card.image.name} is taken back. The one before it is used again."
