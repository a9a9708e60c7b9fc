"""What the views of pictures read off a request: whose picture is meant, and which button was pressed."""

from enum import StrEnum
from uuid import UUID

from django.http import HttpRequest
from django.urls import reverse

from webapp.accounts.models import Owner
from webapp.accounts.owners import session_owner
from webapp.accounts.roles import Role
from webapp.library.access import get_image_or_404
from webapp.library.models import Image


def own_image(request: HttpRequest, pk: UUID) -> tuple[Owner, Image]:
    """The image, and who decides about it: its owner, or a reviewer of its site.

    Raises:
        Http404: to others.
        RoleMissing: to who only sees it.
    """
    owner = session_owner(request)
    image = get_image_or_404(owner, pk, Role.REVIEWER)
    assert owner is not None, "nobody's image cannot be found"
    return owner, image


class FormOf(StrEnum):
    """The page whose form was sent, as its hidden field ``page`` names it."""

    JOB = "job"
    IMAGE = "image"
    REVIEW = "review"


def form_of(request: HttpRequest) -> FormOf:
    """Which page's form was sent; that of the job unless another is named."""
    sent = request.POST.get("page", "")
    return FormOf(sent) if sent in set(FormOf) else FormOf.JOB


def is_confirmed(request: HttpRequest) -> bool:
    """Whether the button was that of the page that asks, not that of a card, which leads to it."""
    return request.POST.get("confirm") == "yes"


def way_back(request: HttpRequest, image: Image) -> str:
    """The page whose form was sent."""
    match form_of(request):
        case FormOf.IMAGE:
            return reverse("pages:image", args=[image.pk])
        case FormOf.REVIEW:
            return reverse("pages:review-image", args=[image.pk])
        case FormOf.JOB:
            return reverse("pages:job", args=[image.job_id])
