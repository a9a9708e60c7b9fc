"""One picture: its page, its file, another try, and its end."""

from mimetypes import guess_extension
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from webapp.accounts.owners import session_owner
from webapp.accounts.roles import Role, may
from webapp.audit.access import visible_audits
from webapp.library import storage
from webapp.library.access import get_image_or_404, get_job_or_404, visible_jobs
from webapp.library.delete import delete_image
from webapp.library.errors import LibraryError
from webapp.library.models import Blob, Image
from webapp.metadata.alt_text import with_alt_text
from webapp.pages.cards import Refusal, card_of, cards_of, place_of, with_similar
from webapp.pages.notices import notify, see_other, take_notices
from webapp.pages.rates import costs_work
from webapp.pages.requests import is_confirmed, own_image, way_back
from webapp.pages.typed import keep_others
from webapp.queue.retry import retry

# Nothing in the file may act as a page, should a browser be talked into showing it as one.
FILE_POLICY = "default-src 'none'; sandbox"
FILE_HEADERS = {
    "Cache-Control": "private, max-age=300",  # seconds; a deleted picture must not live on in the browser
    "Content-Security-Policy": FILE_POLICY,
    "Cross-Origin-Resource-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
}
_LAST_DELETED = "last_deleted"  # in the session: the image and its job


@never_cache
@require_safe
def image_page(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The card by itself, with a larger picture."""
    return render_image(request, get_image_or_404(session_owner(request), pk))


def render_image(request: HttpRequest, image: Image, refusal: Refusal | None = None) -> HttpResponse:
    """The picture's page; with a refused text it says so (422), and what was typed is kept."""
    (card,) = with_similar([card_of(image, refusal)])
    owner = session_owner(request)
    context = {
        "card": card,
        "job": image.job,
        "audits": list(visible_audits(owner).filter(pages__uses__image=image).distinct()),
        "may_review": may(owner, image.site, Role.REVIEWER),
        "top_notices": take_notices(request),
        "refused": card if refusal else None,
    }
    return render(request, "image.html", context, status=422 if refusal else 200)


@never_cache
@require_safe
def card(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The card as a piece of HTML, for the script that puts it in when its draft is there."""
    owner = session_owner(request)
    image = get_image_or_404(owner, pk)
    (card,) = with_similar([card_of(image)])
    context = {"card": card, "may_review": may(owner, image.site, Role.REVIEWER)}
    return render(request, "parts/card.html", context)


@require_safe
def file(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The re-encoded copy; it carries none of the original's metadata."""
    blob, content = copy_of(get_image_or_404(session_owner(request), pk))
    headers = {**FILE_HEADERS, "Content-Disposition": "inline"}
    return HttpResponse(content, content_type=blob.copy_mime, headers=headers)


@require_safe
def download(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The same with the decided text in it, where other programs look for it (IPTC, Alt Text (Accessibility))."""
    image = get_image_or_404(session_owner(request), pk)
    blob, content = copy_of(image)
    if not image.alt_text:
        raise Http404
    name = f"{image.name.rpartition('.')[0] or image.name}{guess_extension(blob.copy_mime) or ''}"
    headers = {**FILE_HEADERS, "Content-Disposition": content_disposition_header(True, name) or "attachment"}
    written = with_alt_text(content, image.alt_text, image.lang)
    return HttpResponse(written, content_type=blob.copy_mime, headers=headers)


def copy_of(image: Image) -> tuple[Blob, bytes]:
    """The copy of a picture, with its facts. Raises Http404: there is none, or it was deleted."""
    if image.blob is None or not card_of(image).has_picture:
        raise Http404
    try:
        return image.blob, storage.copy_path(image.blob.pk).read_bytes()
    except FileNotFoundError:
        raise Http404 from None


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@costs_work
def retry_image(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Queues a failed picture again."""
    _, image = own_image(request, pk)
    if request.method != "POST":
        return redirect("pages:image", pk)
    keep_others(request, image.job)
    card = card_of(image)
    try:
        retry(image)
        notify(request, f"{image.name} is in the queue again.", card.anchor)
    except Image.DoesNotExist:
        raise Http404 from None
    except LibraryError as error:
        if not Image.objects.filter(pk=pk, state=Image.State.WAITING).exists():  # else pressed twice: it is queued
            notify(request, error.message, card.anchor)
    return see_other(way_back(request, image), card.anchor)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def delete(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Asks, then removes the picture with its texts. A second press ends where the first one would have."""
    deleted, job = request.session.get(_LAST_DELETED, ("", ""))
    if request.method == "POST" and deleted == str(pk):
        is_there = visible_jobs(session_owner(request)).filter(pk=job).exists()
        return see_other(reverse("pages:job", args=[job]) if is_there else reverse("pages:landing"))
    owner, image = own_image(request, pk)
    if request.method != "POST":
        return render(request, "image_delete.html", {"card": card_of(image), "job": image.job})
    if not is_confirmed(request):
        keep_others(request, image.job)
        return see_other(reverse("pages:image-delete", args=[pk]))
    cards = cards_of(get_job_or_404(owner, image.job_id))
    place = place_of(pk, cards)
    delete_image(image)
    request.session[_LAST_DELETED] = (str(pk), str(image.job_id))
    remaining = cards[place + 1 :] + cards[:place][::-1]
    message = f"{image.name} is deleted."
    if not remaining:
        notify(request, message)
        return see_other(reverse("pages:landing"))
    notify(request, message, remaining[0].anchor)
    return see_other(reverse("pages:job", args=[image.job_id]), remaining[0].anchor)
