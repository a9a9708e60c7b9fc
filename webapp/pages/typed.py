"""The fields of a page's cards. They belong to one form, so that a button of one card sends what stands in all."""

import re
from uuid import UUID

from django.http import HttpRequest

from webapp.library.models import Job
from webapp.library.unsaved import Typed, keep_unsaved
from webapp.pages.typed_places import keep_places, words_of_places

_FIELD = re.compile(r"([a-z]+)-([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})")


def text_field(pk: UUID) -> str:
    """The name of an image's text field."""
    return f"text-{pk}"


def choice_field(pk: UUID) -> str:
    """The name of an image's choices."""
    return f"choice-{pk}"


def images_with(request: HttpRequest, field: str) -> set[UUID]:
    """The images for which the field was sent."""
    found = map(_FIELD.fullmatch, request.POST)
    return {UUID(match[2]) for match in found if match and match[1] == field}


def seen_version(request: HttpRequest, pk: UUID) -> int | None:
    """Which version of the image the page showed; None where the form does not say so."""
    sent = request.POST.get(f"version-{pk}", "")
    return int(sent) if sent.isascii() and sent.isdigit() and len(sent) < 10 else None


def typed_for(request: HttpRequest, pk: UUID) -> Typed:
    """What was sent for one image."""
    return Typed(request.POST.get(text_field(pk), ""), request.POST.get(choice_field(pk), ""))


def keep_others(request: HttpRequest, job: Job, pk: UUID | None = None, place: int | None = None) -> None:
    """Keeps what was sent along for the job's images, and for places where they stand; not for the image ``pk`` or the
    use ``place``, whose own text was sent to be used.
    """
    keep_places(request, place)
    others = images_with(request, "text") - {pk}
    if others:
        keep_unsaved(job, {other: typed_for(request, other) for other in others})


def words_sent(request: HttpRequest) -> list[str]:
    """The texts of pictures and places that were sent, for a page that cannot save them."""
    if request.resolver_match is None:
        return []
    texts = [typed_for(request, pk).text for pk in images_with(request, "text")] + words_of_places(request)
    return [text for text in texts if text.strip()]
