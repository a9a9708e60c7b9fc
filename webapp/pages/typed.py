"""The fields of a page's cards. They belong to one form, so that a button of one card sends what stands in all."""

import re
from uuid import UUID

from django.http import HttpRequest

from webapp.library.models import Job
from webapp.library.unsaved import Typed, keep_unsaved

_TEXT = re.compile(r"text-([0-9a-f-]{36})")


def text_field(pk: UUID) -> str:
    """The name of an image's text field."""
    return f"text-{pk}"


def choice_field(pk: UUID) -> str:
    """The name of an image's choices."""
    return f"choice-{pk}"


def typed_for(request: HttpRequest, pk: UUID) -> Typed:
    """What was sent for one image."""
    return Typed(request.POST.get(text_field(pk), ""), request.POST.get(choice_field(pk), ""))


def keep_others(request: HttpRequest, job: Job, pk: UUID | None = None) -> None:
    """Keeps what was sent along for the job's images; not for ``pk``, whose own text was sent to be used."""
    found = (_TEXT.fullmatch(name) for name in request.POST)
    others = {UUID(match[1]) for match in found if match} - {pk}
    if others:
        keep_unsaved(job, {other: typed_for(request, other) for other in others})


def words_sent(request: HttpRequest) -> list[str]:
    """The texts of pictures that were sent, for a page that cannot save them."""
    if request.resolver_match is None:
        return []
    return [str(value) for name, value in request.POST.items() if _TEXT.fullmatch(name) and str(value).strip()]
