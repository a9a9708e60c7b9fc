"""Which text is served for an address: one that a person decided, for a picture that the asker may hear of."""

from collections.abc import Collection
from dataclasses import dataclass

from django.conf import settings
from django.db.models import Max, Q

from webapp.accounts.models import Owner, Site
from webapp.delivery.addresses import hash_of, normalised
from webapp.delivery.drafts import ORIGIN, drafts_for
from webapp.delivery.models import ServedAddress
from webapp.delivery.who import site_of, told_to
from webapp.library.models import Image


@dataclass(frozen=True, slots=True)
class Text:
    """A text. origin: ``approved`` (by a person, of a machine's words), ``edited`` (a person's own words), or
    ``machine`` (nobody has decided it, and its site wants it given out all the same); of a use that needs no words
    ``decorative``.
    """

    alt_text: str
    lang: str
    origin: str


def texts_for(asker: Owner | Site, hashes: Collection[str]) -> dict[str, Text]:
    """The texts by the hashes of their addresses; a hash without a decided text is left out.

    Never a draft, but for sites that want that (``drafts``), and nothing that the asker is not to hear
    (``who.told_to``). Where several images have one address, the newest decision counts; where that is a rejection,
    there is none.

    These are texts of pictures. Where a picture is all that a link or button holds, its text has to say where that
    leads, which no picture knows, so who fills a page in uses there only what was decided for that place
    (``webapp.delivery.uses``).
    """
    told = told_to(asker)
    standing = Q(image__decisions__undoes=None, image__decisions__undone_by=None)
    has_decision = Q(image__alt_text__gt="") | Q(image__state=Image.State.REJECTED)
    rows = (
        ServedAddress.objects.filter(told, has_decision, hash__in=hashes)
        .annotate(decided=Max("image__decisions__pk", filter=standing))
        .order_by("decided")
    )
    found = rows.values_list("hash", "image__alt_text", "image__lang", "image__state")
    newest = {hash_: Text(alt_text or "", lang, state) for hash_, alt_text, lang, state in found}
    decided = {hash_: text for hash_, text in newest.items() if text.alt_text}
    site = site_of(asker)
    drafts = drafts_for(site, told, set(hashes) - newest.keys()) if site else {}
    return decided | {hash_: Text(text, lang, ORIGIN) for hash_, (text, lang) in drafts.items()}


def texts_at(asker: Owner | Site, addresses: Collection[str]) -> dict[str, Text]:
    """The same by absolute addresses, however they are spelt."""
    drop = settings.IMAGE_SIZE_PARAMETERS
    normal = {address: normalised(address, drop=drop) for address in addresses}
    hashes = {address: hash_of(one) for address, one in normal.items() if one}
    found = texts_for(asker, set(hashes.values()))
    return {address: found[hash_] for address, hash_ in hashes.items() if hash_ in found}
