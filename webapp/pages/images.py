"""One picture: its page, its file, and what a person does with it."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from webapp.accounts.models import Owner
from webapp.accounts.owners import session_owner
from webapp.library import storage
from webapp.library.access import get_image_or_404, get_job_or_404, visible_jobs
from webapp.library.decide import decide
from webapp.library.delete import delete_image
from webapp.library.errors import LibraryError
from webapp.library.models import Image
from webapp.library.text import clean_text
from webapp.pages.cards import Card, Refusal, card_of, cards_of
from webapp.pages.jobs import render_job
from webapp.pages.notices import notify, see_other, take_notices
from webapp.queue.retry import retry

# Nothing in the file may act as a page, should a browser be talked into showing it as one.
FILE_POLICY = "default-src 'none'; sandbox"
_LAST_DELETED = "last_deleted"  # in the session: the image and its job


@never_cache
@require_safe
def image_page(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The card by itself, with a larger picture."""
    return _render_image(request, get_image_or_404(session_owner(request), pk))


def _render_image(request: HttpRequest, image: Image, refusal: Refusal | None = None) -> HttpResponse:
    card = card_of(image, refusal)
    context = {
        "card": card,
        "job": image.job,
        "top_notices": take_notices(request),
        "refused": card if refusal else None,
    }
    return render(request, "image.html", context, status=422 if refusal else 200)


@never_cache
@require_safe
def card(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The card as a piece of HTML, for the script that puts it in when its draft is there."""
    image = get_image_or_404(session_owner(request), pk)
    return render(request, "parts/card.html", {"card": card_of(image)})


@require_safe
def file(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The re-encoded copy; it carries none of the original's metadata."""
    image = get_image_or_404(session_owner(request), pk)
    if image.blob is None or not card_of(image).has_picture:
        raise Http404
    try:
        content = storage.copy_path(image.blob.pk).read_bytes()
    except FileNotFoundError:
        raise Http404 from None
    headers = {
        "Cache-Control": "private, max-age=300",  # seconds; a deleted picture must not live on in the browser
        "Content-Disposition": "inline",
        "Content-Security-Policy": FILE_POLICY,
        "Cross-Origin-Resource-Policy": "same-origin",
        "X-Content-Type-Options": "nosniff",
    }
    return HttpResponse(content, content_type=image.blob.copy_mime, headers=headers)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def use(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Makes the written text, or else the chosen sentence, the picture's alt text."""
    owner, image = _own_image(request, pk)
    if request.method != "POST":
        return redirect("pages:image", pk)
    text, choice = request.POST.get("text", ""), request.POST.get("choice", "")
    try:
        decide(image, _decided_text(image, text, choice), owner=owner)
    except Image.DoesNotExist:  # deleted while we looked
        raise Http404 from None
    except LibraryError as error:
        refusal = Refusal(error.message, text, choice)
        if _on_image_page(request):
            return _render_image(request, image, refusal)
        return render_job(request, get_job_or_404(owner, image.job_id), image, refusal)
    if _on_image_page(request):
        notify(request, "The text is saved. You can copy it now.")
        return see_other(reverse("pages:image", args=[pk]), card_of(image).anchor)
    cards = cards_of(get_job_or_404(owner, image.job_id))
    here = cards[_place_of(pk, cards)]
    following = _next_undecided(cards, here)
    notify(request, _saved_sentence(here, following), following.anchor)
    return see_other(reverse("pages:job", args=[image.job_id]), following.anchor)


def _decided_text(image: Image, text: str, choice: str) -> str:
    """What was written in the field; the chosen sentence where the field was left as it came."""
    left_as_it_came = clean_text(text) in {"", image.alt_text}
    chosen = next((one.text for one in card_of(image).candidates if one.value == choice), "")
    return chosen if chosen and left_as_it_came else text


def _next_undecided(cards: list[Card], here: Card) -> Card:
    """The next card that waits for a person, from here on and round; this one when none does."""
    place = cards.index(here)
    following = cards[place + 1 :] + cards[:place]
    return next((card for card in following if card.image.state == Image.State.SUGGESTED), here)


def _saved_sentence(here: Card, following: Card) -> str:
    if following is here:
        return "The text is saved. You can copy it now."
    return f"The text of picture {here.number}, {here.image.name}, is saved. This one is next."


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def retry_image(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Queues a failed picture again."""
    _, image = _own_image(request, pk)
    if request.method != "POST":
        return redirect("pages:image", pk)
    card = card_of(image)
    try:
        retry(image)
        notify(request, f"{image.name} is in the queue again.", card.anchor)
    except Image.DoesNotExist:
        raise Http404 from None
    except LibraryError as error:
        if not Image.objects.filter(pk=pk, state=Image.State.WAITING).exists():  # else pressed twice: it is queued
            notify(request, error.message, card.anchor)
    return see_other(_way_back(request, image), card.anchor)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def delete(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Asks, then removes the picture with its texts. A second press ends where the first one would have."""
    deleted, job = request.session.get(_LAST_DELETED, ("", ""))
    if request.method == "POST" and deleted == str(pk):
        is_there = visible_jobs(session_owner(request)).filter(pk=job).exists()
        return see_other(reverse("pages:job", args=[job]) if is_there else reverse("pages:landing"))
    owner, image = _own_image(request, pk)
    if request.method != "POST":
        return render(request, "image_delete.html", {"card": card_of(image), "job": image.job})
    cards = cards_of(get_job_or_404(owner, image.job_id))
    place = _place_of(pk, cards)
    delete_image(image)
    request.session[_LAST_DELETED] = (str(pk), str(image.job_id))
    remaining = cards[place + 1 :] + cards[:place][::-1]
    message = f"{image.name} is deleted."
    if not remaining:
        notify(request, message)
        return see_other(reverse("pages:landing"))
    notify(request, message, remaining[0].anchor)
    return see_other(reverse("pages:job", args=[image.job_id]), remaining[0].anchor)


def _place_of(pk: UUID, cards: list[Card]) -> int:
    """Where the image's card stands; 404 when the image was deleted meanwhile."""
    place = next((place for place, card in enumerate(cards) if card.image.pk == pk), None)
    if place is None:
        raise Http404
    return place


def _own_image(request: HttpRequest, pk: UUID) -> tuple[Owner, Image]:
    """The image and its owner, whose session this is; 404 to others."""
    owner = session_owner(request)
    image = get_image_or_404(owner, pk)
    assert owner is not None, "nobody's image cannot be found"
    return owner, image


def _on_image_page(request: HttpRequest) -> bool:
    return request.POST.get("page") == "image"


def _way_back(request: HttpRequest, image: Image) -> str:
    """The page whose form was sent."""
    if _on_image_page(request):
        return reverse("pages:image", args=[image.pk])
    return reverse("pages:job", args=[image.job_id])
