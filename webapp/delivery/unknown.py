"""Pictures that a site asks texts for and nobody has handed over: queued to be described, each address once.

That is for the site's own servers, which hold a secret key. Who reads its pages can ask for any address, so a
publishable key queues nothing.
"""

import logging
from collections.abc import Collection
from datetime import datetime
from itertools import islice
from uuid import uuid4

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from webapp.accounts.models import Owner, Site
from webapp.accounts.retention import expired
from webapp.accounts.roles import Role, may
from webapp.delivery.addresses import hash_of, normalised
from webapp.delivery.models import AskedAddress
from webapp.fetch.errors import UrlInvalid
from webapp.library.addresses import linked
from webapp.library.errors import LibraryError
from webapp.library.models import Image
from webapp.library.quota import pictures_left
from webapp.library.submit import Linked, submit
from webapp.library.trouble import telling_trouble
from webapp.queue.models import Work

logger = logging.getLogger(__name__)

_SHARE = 10  # the part of the queue that one site may fill in this way

# Addresses in their one spelling, by their hashes.
Addresses = dict[str, Linked]


def queue_unknown(asker: Owner, addresses: Collection[str]) -> None:
    """Queues pictures without a text, where the asker's site wants that; as many as its quota and the queue take.

    Who asks for texts is never refused because of it: what finds no room now is queued when it is asked for again.
    """
    site = _site_that_queues(asker)
    if site is None:
        return
    try:
        with telling_trouble():
            new = _not_asked_before(site, _of_site(site, addresses))
            room = _room(asker, site) if new else 0
            if room > 0:
                _queue(asker, site, dict(islice(new.items(), room)))
    except LibraryError as error:
        logger.info("Unknown pictures of the site %s are not queued now: %s", site.pk, error.code)


def _room(asker: Owner, site: Site) -> int:
    """How many more may be queued: as the quota says, and never so many of one site that others find no room."""
    waiting = Work.objects.filter(status=Work.Status.QUEUED, image__site=site).count()
    room = settings.MAX_QUEUED_IMAGES // _SHARE - waiting
    left = pictures_left(asker, site)
    return room if left is None else min(room, left)


def forget_asked(now: datetime | None = None) -> int:
    """Forgets addresses once their pictures are past their retention. Returns how many."""
    return AskedAddress.objects.filter(expired(now or timezone.now(), since="asked_at")).delete()[0]


def _site_that_queues(asker: Owner) -> Site | None:
    """The site of a secret key which wants it, and whose maker may hand over to it."""
    key = getattr(asker, "api_key", None) if asker.kind == Owner.Kind.KEY else None
    if key is None or key.site is None or not key.site.queue_unknown or "write" not in key.scopes:
        return None
    site: Site = key.site
    return site if may(asker, site, Role.REVIEWER) else None


def _of_site(site: Site, addresses: Collection[str]) -> Addresses:
    """Those where the site's images are, which may be fetched."""
    prefixes = tuple(filter(None, map(normalised, site.url_prefixes)))
    found: Addresses = {}
    for address in addresses:
        normal = normalised(address)
        if not normal.startswith(prefixes):
            continue
        try:
            found.setdefault(hash_of(normalised(address, drop=settings.IMAGE_SIZE_PARAMETERS)), linked(normal))
        except UrlInvalid:
            continue
    return found


def _not_asked_before(site: Site, addresses: Addresses) -> Addresses:
    asked = set(AskedAddress.objects.filter(site=site, hash__in=addresses).values_list("hash", flat=True))
    return {hash_: link for hash_, link in addresses.items() if hash_ not in asked}


def _queue(asker: Owner, site: Site, addresses: Addresses) -> None:
    """Writes the addresses down and queues their pictures, all or nothing. Who writes one down first queues it."""
    batch = uuid4()
    rows = [AskedAddress(site=site, hash=hash_, batch=batch) for hash_ in sorted(addresses)]
    with transaction.atomic():
        AskedAddress.objects.bulk_create(rows, ignore_conflicts=True)
        ours = AskedAddress.objects.filter(batch=batch).values_list("hash", flat=True)
        links = [addresses[hash_] for hash_ in ours]
        known = Image.objects.filter(site=site, source_url__in=[link.url for link in links])
        handed_over = set(known.values_list("source_url", flat=True))
        unknown = [link for link in links if link.url not in handed_over]
        if unknown:
            submit(asker, unknown, site=site)
