"""The model: what it was trained on, how good it is, what it gets wrong, and what it must not be used for."""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from webapp.model_card import model_card, plot


@require_safe
def model(request: HttpRequest) -> HttpResponse:
    """The model's card."""
    return render(request, "model.html", {"card": model_card(), "name": settings.CAPTIONER_MODEL})


@require_safe
def model_plot(request: HttpRequest, name: str) -> HttpResponse:
    """A picture of the card."""
    data = plot(name)
    if data is None:
        raise Http404
    return HttpResponse(data, content_type="image/png")
