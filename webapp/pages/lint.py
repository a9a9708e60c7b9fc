"""What is wrong with a text while it is typed."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from webapp.accounts.models import Site
from webapp.accounts.owners import session_owner
from webapp.audit.access import get_use_or_404
from webapp.library.access import get_image_or_404
from webapp.library.decide import TEXT_LENGTH
from webapp.library.style import advice_on


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def lint_text(request: HttpRequest, pk: UUID) -> HttpResponse:
    """For the script beside an image's text field: what is wrong with ``text``, in sentences."""
    image = get_image_or_404(session_owner(request), pk)
    if request.method != "POST":
        return redirect("pages:image", pk)
    return _advice(request, image.site)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def lint_place(request: HttpRequest, pk: UUID, use: int) -> HttpResponse:
    """The same beside the field of one place."""
    found = get_use_or_404(session_owner(request), pk, use)
    if request.method != "POST":
        return redirect("pages:place", pk, use)
    return _advice(request, found.page.audit.site)


def _advice(request: HttpRequest, site: Site) -> JsonResponse:
    return JsonResponse({"says": advice_on(request.POST.get("text", "")[: TEXT_LENGTH + 1], site)})
