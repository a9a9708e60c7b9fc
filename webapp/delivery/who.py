"""Whose texts may be told to whom: what strangers decided on one installation never shows on each other's pages."""

from django.db.models import Q

from webapp.accounts.models import Membership, Owner, Site

# Nobody but who runs the service has a key that the command made, or calls without one from this machine.
_OPERATORS = Q(image__owner__kind=Owner.Kind.LOOPBACK) | Q(
    image__owner__kind=Owner.Kind.KEY, image__owner__api_key__made_by=None
)


def told_to(asker: Owner | Site) -> Q:
    """The condition on served addresses whose texts this asker may hear.

    A site, or a key for it: what is of the site, at the addresses where the site says that its images are. The site
    that an installation begins with has no members, and anybody may hand pictures over there; of those only the
    operator's count. A key without a site: what was handed over with it. The operator's keys, and programs on this
    machine, hear the operator's too.
    """
    if site := site_of(asker):
        return _of_site(site)
    assert isinstance(asker, Owner)
    key = getattr(asker, "api_key", None)
    is_operators = asker.kind == Owner.Kind.LOOPBACK or (key is not None and key.made_by_id is None)
    return _of_site(Site.default()) | Q(image__owner=asker) if is_operators else Q(image__owner=asker)


def site_of(asker: Owner | Site) -> Site | None:
    """The site that asks, or that the key is for; None for who speaks for no site."""
    if isinstance(asker, Site):
        return asker
    key = getattr(asker, "api_key", None)
    return key.site if key is not None else None


def _of_site(site: Site) -> Q:
    of_site = Q(image__site=site)
    if not Membership.objects.filter(site=site).exists():
        of_site &= _OPERATORS
    places = Q()
    for prefix in site.url_prefixes:
        places |= Q(address__startswith=prefix)
    return of_site & places
