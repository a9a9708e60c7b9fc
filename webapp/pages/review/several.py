"""Several drafts of one band on one page, to be approved at once."""

from uuid import UUID

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from captioner.bands import Band
from webapp.accounts.owners import session_owner
from webapp.library.models import Decision
from webapp.pages.cards import Card
from webapp.pages.notices import notify, see_other, take_notices
from webapp.pages.typed import images_with, seen_version
from webapp.review.bulk import approve_several, undo_several
from webapp.review.queue import review_queue

A_PAGE = 50


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def several(request: HttpRequest, band: str) -> HttpResponse:
    """The drafts of the band, 50 a page; POST approves the chosen ones, or all that the page showed."""
    if band not in set(Band):
        raise Http404
    owner = session_owner(request)
    refusal = ""
    if request.method == "POST" and owner is not None:
        seen = _seen(request)
        chosen = seen if "all" in request.POST else {pk: seen[pk] for pk in seen if str(pk) in _chosen(request)}
        if chosen:
            _say(request, band, approve_several(owner, Band(band), chosen), len(chosen))
            return see_other(reverse("pages:review-several", args=[band]))
        refusal = "Choose at least one picture."
    page = Paginator(review_queue(owner, Band(band)), A_PAGE).get_page(request.GET.get("page"))
    context = {
        "band": Band(band),
        "page": page,
        "cards": [Card(image, 1, 1) for image in page],
        "chosen": _chosen(request),
        "refusal": refusal,
        "top_notices": take_notices(request),
    }
    return render(request, "review/several.html", context, status=422 if refusal else 200)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def undo_batch(request: HttpRequest, band: str, batch: UUID) -> HttpResponse:
    """Takes back what was approved at once and still stands."""
    owner = session_owner(request)
    if request.method == "POST" and owner is not None:
        count = undo_several(owner, batch)
        notify(request, f"{_texts(count)} taken back.")
        return see_other(reverse("pages:review-several", args=[band]))
    return redirect("pages:review-several", band)


def _seen(request: HttpRequest) -> dict[UUID, int]:
    versions = {pk: seen_version(request, pk) for pk in images_with(request, "version")}
    return {pk: version for pk, version in versions.items() if version is not None}


def _chosen(request: HttpRequest) -> set[str]:
    return set(request.POST.getlist("chosen"))


def _say(request: HttpRequest, band: str, batch: UUID | None, asked: int) -> None:
    count = Decision.objects.filter(batch=batch).count() if batch else 0
    sentence = f"{_texts(count)} approved."
    if count < asked:
        left = asked - count
        sentence += f" {left} {'was' if left == 1 else 'were'} decided or deleted elsewhere meanwhile."
    notify(request, sentence, undo=reverse("pages:review-several-undo", args=[band, batch]) if batch else "")


def _texts(count: int) -> str:
    return "1 text is" if count == 1 else f"{count} texts are"
