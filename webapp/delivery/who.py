"""Whose texts may be told to whom: what strangers decided on one installation never shows on each other's pages."""

from django.db.models import Q

from webapp.accounts.models import Membership, Owner, Site


def told_to(asker: Owner | Site, of: str = "image__") -> Q:
    """The condition on served addresses, or on decided uses, whose texts this asker may hear.

    A site, or a key for it: what is of the site, at the addresses where the site says that its images are. The site
    that an installation begins with has no members, and anybody may hand pictures over there; of those only the
    operator's count. A key without a site: what was handed over with it. The operator's keys, and programs on this
    machine, hear the operator's too.

    of: what leads from the rows to those with a site and an owner; the rows have an ``address``.
    """
    if site := site_of(asker):
        return _of_site(site, of)
    assert isinstance(asker, Owner)
    key = getattr(asker, "api_key", None)
    is_operators = asker.kind == Owner.Kind.LOOPBACK or (key is not None and key.made_by_id is None)
    own = Q(**{f"{of}owner": asker})
    return _of_site(Site.default(), of) | own if is_operators else own


def site_of(asker: Owner | Site) -> Site | None:
    """The site that asks, or that the key is for; None for who speaks for no site."""
    if isinstance(asker, Site):
        return asker
    key = getattr(asker, "api_key", None)
    return key.site if key is not None else None


def _of_site(site: Site, of: str) -> Q:
    of_site = Q(**{f"{of}site": site})
    if not Membership.objects.filter(site=site).exists():
        of_site &= _operators(of)
    places = Q()
    for prefix in site.url_prefixes:
        places |= Q(address__startswith=prefix)
    return of_site & places


def _operators(of: str) -> Q:
    """Nobody but who runs the service has a key that the command made, or calls without one from this machine."""
    with_key = Q(**{f"{of}owner__kind": Owner.Kind.KEY, f"{of}owner__api_key__made_by": None})
    return with_key | Q(**{f"{of}owner__kind": Owner.Kind.LOOPBACK})
