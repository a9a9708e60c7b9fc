"""Taking a page in: what was fetched or handed over is parsed, looked at, and written behind the fence."""

from dataclasses import dataclass

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from webapp.audit import sources
from webapp.audit.archives import Archive
from webapp.audit.crawl import follow, links_of
from webapp.audit.models import Audit, Page, Use
from webapp.audit.rows import rows_of, storable
from webapp.audit.sitemaps import addresses, is_sitemap
from webapp.fetch.fetched import Fetched
from webapp.queue.fail import fail
from webapp.queue.fence import lock_claimed
from webapp.queue.models import Work
from webapp.scan.budget import Budget
from webapp.scan.errors import ScanError
from webapp.scan.page import read
from webapp.scan.scan import Scan, scan

_AT_ONCE = 500
_SECONDS = 40.0  # of processor time for a page: well within the time that a batch may take


def archive_of(audit: Audit) -> Archive:
    """The archive that the audit is of. Raises FileNotFoundError where it was deleted."""
    return Archive(settings.ARCHIVES_DIR / audit.source_name)


@dataclass(frozen=True, slots=True)
class Source:
    """A page's source, and what its transport said. kept: its file, where it lies in the folder of pages already."""

    html: bytes
    address: str
    charset: str = ""
    kept: str = ""

    @classmethod
    def of(cls, fetched: Fetched) -> "Source":
        """The source that was fetched."""
        return cls(fetched.body, fetched.url, fetched.charset)

    @classmethod
    def handed_over(cls, page: Page) -> "Source":
        """The source that came with the request, or with its archive.

        Raises:
            FileNotFoundError: it was deleted.
            ArchiveUnusable: it is not in the archive, or damaged there.
        """
        if page.source_name:
            return cls(sources.read(page.source_name), page.address, page.charset, page.source_name)
        return cls(archive_of(page.audit).read(page.address, settings.MAX_PAGE_BYTES), page.address)


@dataclass(frozen=True, slots=True)
class _Seen:
    """All that is to be written of a page; worked out before the database is held."""

    scan: Scan
    uses: list[Use]
    links: list[str]
    is_sitemap: bool


def take_in(work: Work, source: Source) -> bool:
    """Writes what is on the claimed row's page; or ends the row where the source is no page.

    Returns:
        Whether it was written: not when the claim is no longer the newest, or the page was deleted or cancelled.

    Raises:
        OSError: the source cannot be kept.
    """
    assert work.page is not None, "this is the row of an image"
    try:
        seen = _look(work.page, source)
    except ScanError as error:
        return fail(work, error.code, error.message, fault_of_image=True)
    name = source.kept or sources.keep(source.html)
    try:
        written = _write(work, source, name, seen)
    except BaseException:
        if not source.kept:
            sources.remove(name)
        raise
    if not written and not source.kept:
        sources.remove(name)
    return written


def _look(page: Page, source: Source) -> _Seen:
    budget = Budget(_SECONDS)
    if is_sitemap(source.html):
        return _Seen(scan(read(b"", address=source.address)), [], addresses(source.html), is_sitemap=True)
    seen = scan(read(source.html, charset=source.charset or None, address=source.address, budget=budget))
    return _Seen(seen, rows_of(page, seen, budget), links_of(seen), is_sitemap=False)


def _write(work: Work, source: Source, name: str, seen: _Seen) -> bool:
    assert work.page is not None
    collection = seen.scan.collection
    with transaction.atomic():
        # First of all, as when it is cancelled. Pages that come in at once add to it one after another.
        audit = Audit.objects.select_for_update().filter(pk=work.page.audit_id).first()
        if audit is None or not lock_claimed([work]):
            return False
        page = Page.objects.select_for_update().get(work=work.pk)
        page.audit = audit
        page.state = Page.State.SCANNED
        page.source_name, page.final_address, page.charset = name, source.address, seen.scan.page.charset
        page.title, page.lang = storable(collection.title), storable(collection.lang)[:35]
        page.notes = list(collection.notes)
        page.error_code = page.error_message = ""
        page.scanned_at = timezone.now()
        added = follow(page, seen.links, collection.base or page.final_address, from_sitemap=seen.is_sitemap)
        if seen.is_sitemap:
            listed = f"This is a sitemap with {len(seen.links):,} addresses."
            page.notes = [f"{listed} {len(added):,} more pages are looked at for it."]
        page.save()
        Use.objects.filter(page=page).delete()
        Use.objects.bulk_create(seen.uses, batch_size=_AT_ONCE)
        Work.objects.filter(pk=work.pk).update(
            status=Work.Status.DONE, lease_until=None, finished_at=timezone.now(), error_code="", error_message=""
        )
    return True
