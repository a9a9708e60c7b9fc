"""What the views of pictures read off a request: whose picture is meant, and which button was pressed."""

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


def is_on_image_page(request: HttpRequest) -> bool:
    """Whether the form was that of the picture's own page, not that of its job."""
    return request.POST.get("page") == "image"


def is_confirmed(request: HttpRequest) -> bool:
    """Whether the button was that of the page that asks, not that of a card, which leads to it."""
    return request.POST.get("confirm") == "yes"


def way_back(request: HttpRequest, image: Image) -> str:
    """The page whose form was sent."""
    if is_on_image_page(request):
        return reverse("pages:image", args=[image.pk])
    return reverse("pages:job", args=[image.job_id])
