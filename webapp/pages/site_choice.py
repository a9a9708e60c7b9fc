"""To which site something is handed over: chosen where somebody has sites, and remembered for the next time."""

from uuid import UUID

from django.http import HttpRequest

from webapp.accounts.models import Owner, Site
from webapp.accounts.roles import Role, sites_of

FIELD = "site"
UNKNOWN = "Choose one of your sites, or none."
_REMEMBERED = "site"


class UnknownSite(Exception):  # noqa: N818 - a refusal is named for what it says
    """A site was chosen that the owner may hand nothing over to."""


def chosen_site(request: HttpRequest, owner: Owner | None) -> Site | None:
    """The site that a form names; None for none. It is remembered in the session of who is logged in.

    Raises:
        UnknownSite: it is none of the owner's, or not any more.
    """
    given = request.POST.get(FIELD, "")
    site = _find(owner, given)
    if given and site is None:
        raise UnknownSite
    if request.user.is_authenticated:
        request.session[_REMEMBERED] = given
    return site


def site_choices(request: HttpRequest, owner: Owner | None) -> dict[str, object]:
    """What the part ``parts/site_choice.html`` needs: the sites, and the one that was named or remembered."""
    named = request.POST.get(FIELD, request.GET.get(FIELD, request.session.get(_REMEMBERED, "")))
    return {"sites": sites_of(owner, Role.REVIEWER).order_by("name", "pk"), "site": _find(owner, named)}


def _find(owner: Owner | None, named: str) -> Site | None:
    try:
        pk = UUID(named)
    except ValueError:
        return None
    return sites_of(owner, Role.REVIEWER).filter(pk=pk).first()
