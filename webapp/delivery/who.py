"""For which site texts are asked."""

from webapp.accounts.models import Owner, Site


def site_of(asker: Owner | Site) -> Site:
    """The site whose texts may be told: that of a key for a site, or that a publishable key named itself.

    Everybody else hands over to the site that the installation begins with.
    """
    if isinstance(asker, Site):
        return asker
    key = getattr(asker, "api_key", None) if asker.kind == Owner.Kind.KEY else None
    return key.site if key is not None and key.site is not None else Site.default()
