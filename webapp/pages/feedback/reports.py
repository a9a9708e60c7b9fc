"""What a reviewer does with a report, beside deciding: dismisses it, and takes that back."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from webapp.accounts.owners import session_owner
from webapp.feedback.close import dismiss, take_back_dismissal
from webapp.feedback.models import Report
from webapp.library.access import visible_images
from webapp.library.models import Image
from webapp.pages.notices import notify, see_other
from webapp.pages.requests import own_image
from webapp.pages.typed import keep_others


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def dismiss_report(request: HttpRequest, pk: int) -> HttpResponse:
    """Closes the report; the text stays."""
    report, image = _own_report(request, pk)
    if request.method == "POST":
        keep_others(request, image.job)
        dismiss(report)
        said = "The report is dismissed. The text stays as it is."
        notify(request, said, undo=reverse("pages:report-reopen", args=[pk]))
    return _back(request, image)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def reopen_report(request: HttpRequest, pk: int) -> HttpResponse:
    """Takes a dismissal back."""
    report, image = _own_report(request, pk)
    if request.method == "POST":
        keep_others(request, image.job)
        take_back_dismissal(report)
        notify(request, "The report is open again.")
    return _back(request, image)


def _own_report(request: HttpRequest, pk: int) -> tuple[Report, Image]:
    """Raises Http404 and RoleMissing, as ``own_image``."""
    report = get_object_or_404(Report, pk=pk, image__in=visible_images(session_owner(request)))
    return report, own_image(request, report.image_id)[1]


def _back(request: HttpRequest, image: Image) -> HttpResponse:
    address = reverse("pages:review-image", args=[image.pk])
    return see_other(address, f"picture-{image.pk}") if request.method == "POST" else redirect(address)
