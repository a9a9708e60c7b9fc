"""Who may see and do what, in one place: by ownership where a site has no members, by role where it has some."""

from django.core.exceptions import PermissionDenied
from django.db.models import Q, QuerySet

from webapp.accounts.models import ApiKey, Membership, Owner, Site

Role = Membership.Role
_RANKS = (Role.VIEWER, Role.REVIEWER, Role.OWNER)  # each may do what those before may
_NEEDED = {
    Role.REVIEWER: "Only reviewers and owners of the site may do this. Ask one of its owners for that role.",
    Role.OWNER: "Only owners of the site may do this. Ask one of them.",
}


class RoleMissing(PermissionDenied):
    """A member of the site asks for what members of a higher role may do. ``message`` says so."""

    code = "role_missing"

    def __init__(self, least: Role) -> None:
        self.message = _NEEDED[least]
        super().__init__(self.message)


def sites_of(owner: Owner | None, least: Role = Role.VIEWER) -> QuerySet[Site]:
    """The sites in which the owner has this role or a higher one."""
    roles = _RANKS[_RANKS.index(least) :]
    return Site.objects.filter(pk__in=_memberships(owner).filter(role__in=roles).values("site"))


def role_in(owner: Owner | None, site: Site) -> Role | None:
    """The owner's role in the site; None for a stranger."""
    membership = membership_in(owner, site)
    return Role(membership.role) if membership else None


def membership_in(owner: Owner | None, site: Site) -> Membership | None:
    """The membership by which the owner acts in the site: of a key, its maker's. None for a stranger."""
    return _memberships(owner).filter(site=site).first()


def visible(owner: Owner, least: Role = Role.VIEWER) -> Q:
    """The condition by which rows with an owner and a site are seen, with a role in the site of at least ``least``.

    What was handed over to a site with members is seen by them, and not by who left; anything else by its owner. A key
    for a site sees the site.
    """
    if not _can_be_member(owner):
        return Q(owner=owner)
    in_sites = Q(site__in=sites_of(owner, least).values("pk"))
    if owner.kind == Owner.Kind.KEY:
        return in_sites
    return in_sites | (Q(owner=owner) & ~Q(site__in=Membership.objects.values("site")))


def may(owner: Owner | None, site: Site, least: Role) -> bool:
    """Whether the owner, who sees something of the site, may do with it what this role allows."""
    if owner is None or not _can_be_member(owner):
        return owner is not None
    role = role_in(owner, site)
    if role is None:
        return not Membership.objects.filter(site=site).exists()
    return _RANKS.index(role) >= _RANKS.index(least)


def require(owner: Owner | None, site: Site, least: Role) -> None:
    """Refuses who sees something of the site, and may not do with it what this role allows.

    Raises:
        RoleMissing: so it is.
    """
    if least != Role.VIEWER and not may(owner, site, least):
        raise RoleMissing(least)


def _can_be_member(owner: Owner) -> bool:
    return owner.kind == Owner.Kind.USER or _site_key(owner) is not None


def _memberships(owner: Owner | None) -> QuerySet[Membership]:
    """Those of an account; of a key for a site, the one of its maker there."""
    if owner is None or not _can_be_member(owner):
        return Membership.objects.none()
    key = _site_key(owner)
    if key is not None:
        return Membership.objects.filter(site=key.site_id, user__owner=key.made_by_id)
    return Membership.objects.filter(user=owner.user_id)


def _site_key(owner: Owner) -> ApiKey | None:
    key = getattr(owner, "api_key", None) if owner.kind == Owner.Kind.KEY else None
    return key if key is not None and key.site_id else None
