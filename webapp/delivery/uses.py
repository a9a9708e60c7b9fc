"""Which text is served for one use of an image: what a person decided for that place."""

from collections.abc import Collection

from django.conf import settings
from django.db.models import QuerySet

from webapp.accounts.models import Owner, Site
from webapp.delivery.addresses import hash_of, normalised
from webapp.delivery.texts import Text
from webapp.delivery.who import told_to
from webapp.uses.models import DecidedUse

# The address of an image as it was asked for, and which of the page's uses of it, from 1.
Use = tuple[str, int]


def texts_of_uses(asker: Owner | Site, hashes: Collection[str]) -> dict[str, Text]:
    """What was decided for these uses, by their hashes (``addresses.hash_of_use``); "" says that it is decoration
    there, and the origin ``decorative`` with it. A use on which nothing is decided is left out.
    """
    return {use.hash: _text(use) for use in _told(asker).filter(hash__in=hashes)}


def texts_on_page(asker: Owner | Site, page: str, addresses: Collection[str]) -> dict[Use, Text]:
    """The same for all uses of these images on a page, by absolute addresses, however they are spelt.

    Sizes are told apart here: the position of a use is among those with the same address.
    """
    spelt: dict[str, list[str]] = {}
    for address in addresses:
        spelt.setdefault(normalised(address), []).append(address)
    uses = _told(asker).filter(page_hash=hash_of(normalised(page, drop=settings.IMAGE_SIZE_PARAMETERS)))
    return {(address, use.position): _text(use) for use in uses for address in spelt.get(use.address, ())}


def _told(asker: Owner | Site) -> QuerySet[DecidedUse]:
    """The decided uses that the asker may hear of, the newest last."""
    decided = DecidedUse.objects.exclude(state=DecidedUse.State.UNDECIDED)
    return decided.filter(told_to(asker, "")).order_by("updated_at", "pk")


def _text(use: DecidedUse) -> Text:
    return Text(use.alt_text or "", use.lang, use.state)
