"""Which text is served for an address: one that a person decided, for a picture of this site."""

from collections.abc import Collection
from dataclasses import dataclass

from django.conf import settings
from django.db.models import Max, Q

from webapp.accounts.models import Owner, Site
from webapp.delivery.addresses import hash_of, normalised
from webapp.delivery.models import ServedAddress


@dataclass(frozen=True, slots=True)
class Text:
    """A decided text. origin: ``approved`` (by a person, of a machine's words) or ``edited`` (a person's own words); of
    a use that needs no words ``decorative``.
    """

    alt_text: str
    lang: str
    origin: str


def texts_for(site: Site, hashes: Collection[str]) -> dict[str, Text]:
    """The texts by the hashes of their addresses; a hash without a decided text is left out.

    Never a suggestion, and nothing of another site. Where several images have one address, the newest decision counts.
    What a browser session without an account decided is served for no site: anybody can have one.

    These are texts of pictures. Where a picture is all that a link or button holds, its text has to say where that
    leads, which no picture knows, so who fills a page in uses there only what was decided for that place
    (``webapp.delivery.uses``).
    """
    standing = Q(image__decisions__undoes=None, image__decisions__undone_by=None)
    rows = (
        ServedAddress.objects.filter(hash__in=hashes, image__site=site, image__alt_text__gt="")
        .exclude(image__owner__kind=Owner.Kind.SESSION)
        .annotate(decided=Max("image__decisions__pk", filter=standing))
        .order_by("decided")
    )
    found = rows.values_list("hash", "image__alt_text", "image__lang", "image__state")
    return {hash_: Text(alt_text or "", lang, state) for hash_, alt_text, lang, state in found}


def texts_at(site: Site, addresses: Collection[str]) -> dict[str, Text]:
    """The same by absolute addresses, however they are spelt."""
    drop = settings.IMAGE_SIZE_PARAMETERS
    normal = {address: normalised(address, drop=drop) for address in addresses}
    hashes = {address: hash_of(one) for address, one in normal.items() if one}
    found = texts_for(site, set(hashes.values()))
    return {address: found[hash_] for address, hash_ in hashes.items() if hash_ in found}
