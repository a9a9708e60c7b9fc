"""The public page of a picture: what it shows in words, and a form for who finds the words wrong."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from webapp.accounts.client_address import client_network
from webapp.feedback.errors import NoText, TooManyReports
from webapp.feedback.models import Report
from webapp.feedback.public import find_public_image
from webapp.feedback.report import report
from webapp.library.models import Image
from webapp.pages.cards import Card
from webapp.pages.feedback.forms import ReportForm
from webapp.pages.forms import errors_of
from webapp.pages.images import FILE_HEADERS, copy_of
from webapp.pages.notices import see_other


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def public_image(request: HttpRequest, token: str) -> HttpResponse:
    """The picture and its decided text, and nothing else of it; POST takes a report."""
    image = find_public_image(token)
    form = ReportForm(request.POST if request.method == "POST" else None)
    if not form.is_valid():
        return _render(request, token, image, form, status=422 if form.is_bound else 200)
    said = form.cleaned_data
    try:
        report(image, Report.Kind(said["kind"]), said["words"], address=client_network(request))
    except (Image.DoesNotExist, NoText):  # deleted, or taken back, while the reader wrote
        raise Http404 from None
    except TooManyReports as refusal:
        form.add_error(None, refusal.message)
        answer = _render(request, token, image, form, status=429)
        answer.headers["Retry-After"] = str(refusal.seconds)
        return answer
    return see_other(reverse("pages:public-thanks", args=[token]))


@never_cache
@require_safe
def public_thanks(request: HttpRequest, token: str) -> HttpResponse:
    """Says that the report arrived. No session remembers who sent it."""
    context = {"token": token, "image": find_public_image(token)}
    return _unlisted(render(request, "feedback/thanks.html", context))


@require_safe
def public_file(request: HttpRequest, token: str) -> HttpResponse:
    """The re-encoded copy of the picture."""
    blob, content = copy_of(find_public_image(token))
    headers = {**FILE_HEADERS, "Content-Disposition": "inline"}
    return _unlisted(HttpResponse(content, content_type=blob.copy_mime, headers=headers))


def _render(request: HttpRequest, token: str, image: Image, form: ReportForm, *, status: int) -> HttpResponse:
    context: dict[str, Any] = {
        "token": token,
        "image": image,
        "has_picture": Card(image, 1, 1).has_picture,
        "form": form,
        "errors": errors_of(form),
    }
    return _unlisted(render(request, "feedback/public.html", context, status=status))


def _unlisted(response: HttpResponse) -> HttpResponse:
    """Not for search engines: who has the address was given it."""
    response.headers["X-Robots-Tag"] = "noindex"
    return response
