"""Starting an audit: its rows, and work for the fetch queue. Nothing is fetched or parsed here."""

from itertools import islice

from django.conf import settings
from django.db import transaction

from webapp.accounts.models import Owner, Site
from webapp.audit import sources
from webapp.audit.archives import Archive
from webapp.audit.errors import ArchiveUnusable, SourceTooLarge
from webapp.audit.models import Audit, Page
from webapp.audit.queueing import queue_pages, refuse_when_full
from webapp.audit.schedule import next_look
from webapp.library.addresses import typed_address
from webapp.library.errors import StorageFull
from webapp.library.trouble import passing_trouble

MOST_DEPTH = 5


def start_page(
    owner: Owner,
    url: str,
    *,
    depth: int = 0,
    most_pages: int | None = None,
    schedule: Audit.Schedule = Audit.Schedule.NEVER,
    site: Site | None = None,
) -> Audit:
    """An audit of the page at an address, and of what it links to on its own site, down to a depth.

    most_pages: as many as the operator allows, unless fewer are asked for. schedule: how often it is looked at again.

    Raises:
        UrlInvalid: it is no address that may be fetched.
        QueueFull: too many pages wait already.
        Busy, StorageFull: the rows cannot be written just now.
    """
    address = typed_address(url)
    kind = Audit.Kind.SITE if depth else Audit.Kind.PAGE
    audit = Audit(
        owner=owner,
        site=site or Site.default(),
        kind=kind,
        address=address,
        depth=min(depth, MOST_DEPTH),
        most_pages=min(most_pages or settings.MAX_AUDIT_PAGES, settings.MAX_AUDIT_PAGES) if depth else 1,
        schedule=schedule,
    )
    audit.next_look_at, audit.seen_at = next_look(audit), audit.looked_at
    return _save(audit, Page(audit=audit, position=1, address=address))


def start_html(owner: Owner, html: bytes, *, address: str = "", site: Site | None = None) -> Audit:
    """An audit of a page that somebody pasted or uploaded. address: what its links are resolved by, if that is known.

    Raises:
        SourceTooLarge: it is larger than a page may be.
        UrlInvalid: the address is none.
        Busy, StorageFull: it cannot be kept just now.
    """
    if len(html) > settings.MAX_PAGE_BYTES:
        raise SourceTooLarge(f"The page has {len(html):,} bytes. Send one of at most {settings.MAX_PAGE_BYTES:,}.")
    address = typed_address(address) if address else ""
    audit = Audit(owner=owner, site=site or Site.default(), kind=Audit.Kind.HTML, address=address)
    try:
        name = sources.keep(html)
    except OSError as error:
        raise StorageFull from error
    try:
        return _save(audit, Page(audit=audit, position=1, address=address, source_name=name, charset="utf-8"))
    except BaseException:
        sources.remove(name)
        raise


def start_archive(owner: Owner, data: bytes, *, site: Site | None = None) -> Audit:
    """An audit of every page in a zip archive of a site, up to ``MAX_AUDIT_PAGES``. Nothing is fetched for it.

    Raises:
        SourceTooLarge: the archive is larger than one may be.
        ArchiveUnusable: it is none, or holds no page that can be read.
        Busy, StorageFull: it cannot be kept just now.
    """
    if len(data) > settings.MAX_ARCHIVE_BYTES:
        limit = f"{settings.MAX_ARCHIVE_BYTES:,}"
        raise SourceTooLarge(f"The archive has {len(data):,} bytes. Send one of at most {limit}.")
    archive = Archive(data)
    audit = Audit(owner=owner, site=site or Site.default(), kind=Audit.Kind.ARCHIVE)
    addresses = list(islice(archive.pages, settings.MAX_AUDIT_PAGES))
    if not addresses:
        raise ArchiveUnusable("There is no page in the archive. Pages are files that end in .html or .htm.")
    pages = [Page(audit=audit, position=number, address=one) for number, one in enumerate(addresses, start=1)]
    try:
        audit.source_name = sources.keep(data, settings.ARCHIVES_DIR)
    except OSError as error:
        raise StorageFull from error
    try:
        return _save(audit, *pages)
    except BaseException:
        sources.remove(audit.source_name, settings.ARCHIVES_DIR)
        raise


def _save(audit: Audit, *pages: Page) -> Audit:
    try:
        with transaction.atomic():
            refuse_when_full(len(pages))
            audit.save(force_insert=True)
            Page.objects.bulk_create(pages)
            queue_pages(audit, pages)
    except BaseException as error:
        trouble = passing_trouble(error)
        if trouble is None or trouble is error:
            raise
        raise trouble from error
    return audit
