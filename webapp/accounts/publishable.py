"""Publishable keys: no secret, bound to the origins of a site, and good for looking up what was decided."""

# ruff: noqa: N818 - a refusal is named for what it says, as in webapp.library.errors

from webapp.accounts.models import Site
from webapp.accounts.site_settings import read_origin


class KeyUnknown(Exception):
    """No site has this publishable key, or not any more."""


class OriginNotAllowed(Exception):
    """The key is used by a page whose origin is none of the site's."""


def find_site(publishable_key: str, origin: str) -> Site:
    """The site of the key, for a page of this origin, as a browser's ``Origin`` header has it.

    Raises:
        KeyUnknown: there is none.
        OriginNotAllowed: the origin is none of the site's. A page without one (``null``) is nobody's.
    """
    site = Site.objects.filter(publishable_key=publishable_key).first() if publishable_key.startswith("pk_") else None
    if site is None:
        raise KeyUnknown
    try:
        is_allowed = read_origin(origin) in site.origins
    except ValueError:
        is_allowed = False
    if not is_allowed:
        raise OriginNotAllowed
    return site
