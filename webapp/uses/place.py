"""Where an image stands: its page, its address, and which of the page's uses of it this is."""

from collections.abc import Collection
from dataclasses import dataclass

from django.conf import settings
from django.db.models import QuerySet

from webapp.accounts.models import Membership, Owner, Site
from webapp.delivery.addresses import hash_of, hash_of_use, normalised
from webapp.uses.models import DecidedUse

# What an image can be for in a place, as a person says it.
ROLES = ("informative", "functional", "text", "complex", "decorative")


@dataclass(frozen=True, slots=True)
class Place:
    """A use that can be decided on. owner: whose it is where the site has no members. is_sole: it is all that a link or
    button holds. Make them with ``place_at``.
    """

    site: Site
    owner: Owner
    page: str
    address: str
    position: int
    is_sole: bool = False

    @property
    def hash(self) -> str:
        """By what it is found again, at the next look and in lookups."""
        return hash_of_use(self.page, self.address, self.position)

    @property
    def page_hash(self) -> str:
        """By what all of its page are found."""
        return hash_of(self.page)


def place_at(site: Site, owner: Owner, page: str, address: str, position: int, *, is_sole: bool) -> Place | None:
    """The place, its addresses in their one spelling; None where it has none that it could be known by."""
    page, address = spelt(page, settings.IMAGE_SIZE_PARAMETERS), spelt(address)
    return Place(site, owner, page, address, position, is_sole) if page and address and position else None


def place_of_decided(use: DecidedUse) -> Place:
    """The place of a row."""
    return Place(use.site, use.owner, use.page, use.address, use.position, use.is_sole)


def spelt(address: str, drop: Collection[str] = ()) -> str:
    """The one spelling of an address of the web; a path in an archive as it is; nothing for data.

    An image keeps its whole query, for its position counts those with the address in the tag: of two sizes each is the
    first.
    """
    return normalised(address, drop=drop) or ("" if ":" in address.partition("/")[0] else address)


def decided_uses(site: Site, owner: Owner) -> QuerySet[DecidedUse]:
    """What was decided in the site by its members together; where it has none, by this owner."""
    uses = DecidedUse.objects.filter(site=site)
    return uses if Membership.objects.filter(site=site).exists() else uses.filter(owner=owner)


def decided_at(place: Place) -> DecidedUse | None:
    """The place's row, the newest where a move made two of them one site's."""
    return decided_uses(place.site, place.owner).filter(hash=place.hash).order_by("updated_at", "pk").last()
