"""``/sites``: the site that a key was made for, and its settings."""

from uuid import UUID

from ninja import Router

from webapp.accounts.models import Owner, Site
from webapp.accounts.roles import Role, require, role_in, sites_of
from webapp.accounts.sites import get_site_or_404
from webapp.api.auth import ApiRequest
from webapp.api.openapi import problems
from webapp.api.problems import FieldError, Problem
from webapp.api.site_schemas import SiteChange, SiteList, SiteOut

router = Router(tags=["sites"])


@router.get("/sites", response=SiteList, summary="List your sites", openapi_extra={"responses": problems()})
def list_sites(request: ApiRequest) -> SiteList:
    """The site that the key was made for; none for a key without one."""
    return SiteList(sites=[_shown(request.auth, site) for site in sites_of(request.auth)])


@router.get(
    "/sites/{uuid:site_id}",
    response=SiteOut,
    summary="Ask for a site",
    openapi_extra={"responses": problems("not_found")},
)
def get_site(request: ApiRequest, site_id: UUID) -> SiteOut:
    """The site and its settings."""
    return _shown(request.auth, get_site_or_404(request.auth, site_id))


@router.patch(
    "/sites/{uuid:site_id}",
    response=SiteOut,
    summary="Change a site's settings",
    openapi_extra={
        "responses": problems(
            "not_found", "role_missing", "invalid_request", "malformed_json", "length_required", "request_too_large"
        )
    },
)
def patch_site(request: ApiRequest, site_id: UUID, change: SiteChange) -> SiteOut:
    """Changes what is named, and nothing else. Only for keys that an owner of the site made."""
    site = get_site_or_404(request.auth, site_id, Role.OWNER)
    given = change.model_dump(exclude_unset=True)
    for name, value in given.items():
        setattr(site, name, value)
    if given:
        site.save(update_fields=list(given))
    return _shown(request.auth, site)


def site_for(owner: Owner, named: UUID | None) -> Site | None:
    """The site to which a request hands something over: the key's, which may be named; None where it has none.

    Raises:
        Problem: not_found, for a site that is not the key's.
        RoleMissing: its maker may only look.
    """
    site = sites_of(owner).first()
    if named and (site is None or site.pk != named):
        message = "Name the site that the key was made for, or none."
        raise Problem("not_found", message, errors=[FieldError("site", "not_found", message)])
    if site:
        require(owner, site, Role.REVIEWER)
    return site


def _shown(owner: Owner, site: Site) -> SiteOut:
    role = role_in(owner, site)
    assert role is not None, "only members see a site"
    return SiteOut.of(site, role)
