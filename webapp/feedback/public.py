"""Which pictures have a public page, and at which address. To everybody else a page that is not there never was."""

import secrets

from django.http import Http404
from django.urls import reverse

from webapp.feedback.models import PublicPage
from webapp.library.models import Image


def public_address(image: Image) -> str:
    """The path of the picture's public page, made when it is first asked for; empty where it has none.

    It has one where its site lets its pictures be seen, and a person decided its text.
    """
    if not _is_public(image):
        return ""
    try:
        page = image.public_page
    except PublicPage.DoesNotExist:
        page, _ = PublicPage.objects.get_or_create(image=image, defaults={"token": secrets.token_urlsafe(16)})
    return reverse("pages:public-image", args=[page.token])


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
