"""The model: what it was trained on, how good it is, what it gets wrong, and what it must not be used for."""

from pathlib import Path

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from captioner.model_names import PREFIX, named_folder, transformers_name
from webapp.model_card import model_card, plot


@require_safe
def model(request: HttpRequest) -> HttpResponse:
    """The model's card."""
    return render(request, "model.html", {"card": model_card(), "name": _name()})


def _name() -> str:
    """The model's name, without the folders that it lies in: where those are is nobody's business."""
    name = transformers_name(settings.CAPTIONER_MODEL)
    if name is None:
        return Path(settings.CAPTIONER_MODEL).name
    folder = named_folder(name)
    return f"{PREFIX}{folder.name if folder else name}"


@require_safe
def model_plot(request: HttpRequest, name: str) -> HttpResponse:
    """A picture of the card."""
    data = plot(name)
    if data is None:
        raise Http404
    return HttpResponse(data, content_type="image/png")
