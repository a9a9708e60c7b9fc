"""Which pictures have a public page, and at which address. To everybody else a page that is not there never was."""

import secrets
from typing import Any

from django.http import Http404
from django.urls import reverse

from webapp.feedback.models import PublicPage
from webapp.library.models import Decision, Image


def on_decided(sender: type[Decision], instance: Decision, created: bool, **_: Any) -> None:
    """Receives ``post_save``, for the library knows nothing of public pages.

    With its first text a picture gets the address of its page, whether or not its site lets pictures be seen now: so
    nothing is to be made when the site does, nor when a page asks for the address.
    """
    if created and instance.text:
        page = PublicPage(image_id=instance.image_id, token=secrets.token_urlsafe(16))
        PublicPage.objects.bulk_create([page], ignore_conflicts=True)


def public_address(image: Image) -> str:
    """The path of the picture's public page; empty where it has none.

    It has one where its site lets its pictures be seen, and a person decided its text.
    """
    page = getattr(image, "public_page", None) if _is_public(image) else None
    return reverse("pages:public-image", args=[page.token]) if page else ""


def find_public_image(token: str) -> Image:
    """The picture of a public page.

    Raises:
        Http404: there is no such page; not now, where its site has switched them off, or the text was taken back.
    """
    image = Image.objects.filter(public_page__token=token).select_related("site", "blob").first()
    if image is None or not _is_public(image):
        raise Http404
    return image


def _is_public(image: Image) -> bool:
    return bool(image.site.public_pages and image.alt_text)
