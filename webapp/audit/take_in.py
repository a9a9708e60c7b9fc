"""Taking a page in: what was fetched or handed over is parsed, looked at, and written behind the fence."""

import hashlib
from dataclasses import dataclass

from django.conf import settings
from django.db import transaction

from webapp.audit import sources
from webapp.audit.archives import archive_of
from webapp.audit.crawl import follow, links_of
from webapp.audit.match import carry_over
from webapp.audit.models import Page, Use
from webapp.audit.rows import rows_of, storable
from webapp.audit.sitemaps import addresses, is_sitemap
from webapp.audit.write import write_page
from webapp.fetch.fetched import Fetched
from webapp.queue.fail import fail
from webapp.queue.models import Work
from webapp.scan.budget import Budget
from webapp.scan.charset import charset_of_file
from webapp.scan.errors import ScanError
from webapp.scan.page import read
from webapp.scan.scan import Scan, scan

_AT_ONCE = 500
_SECONDS = 40.0  # of processor time for a page: well within the time that a batch may take
_NOTE_BUILT = "It is shown as a browser built it: its code and lines are those of that, not of its file."
_LONGEST_ETAG = 1000
_LONGEST_DATE = 100


@dataclass(frozen=True, slots=True)
class Source:
    """A page's source, and what its transport said. kept: its file, where it lies in the folder of pages already."""

    html: bytes
    address: str
    charset: str = ""
    kept: str = ""
    etag: str = ""
    last_modified: str = ""
    is_built: bool = False

    @classmethod
    def of(cls, fetched: Fetched, *, is_built: bool = False) -> "Source":
        """The source that was fetched, or that a browser built of it.

        Without a tag or date that fits into its column it is fetched anew each time.
        """
        etag = fetched.etag if len(fetched.etag) <= _LONGEST_ETAG else ""
        date = fetched.last_modified if len(fetched.last_modified) <= _LONGEST_DATE else ""
        return cls(fetched.body, fetched.url, fetched.charset, etag=etag, last_modified=date, is_built=is_built)

    @classmethod
    def handed_over(cls, page: Page) -> "Source":
        """The source that came with the request, or with its archive.

        Raises:
            FileNotFoundError: it was deleted.
            ArchiveUnusable: it is not in the archive, or damaged there.
        """
        if page.source_name:
            return cls(sources.read(page.source_name), page.address, page.charset, page.source_name)
        html = archive_of(page.audit).read(page.address, settings.MAX_PAGE_BYTES)
        return cls(html, page.address, charset_of_file(html) or "")

    @property
    def fingerprint(self) -> str:
        """The same for the same source at the same address."""
        return hashlib.sha256(f"{self.charset}\n{self.address}\n".encode() + self.html).hexdigest()


@dataclass(frozen=True, slots=True)
class _Seen:
    """All that is to be written of a page; worked out before the database is held."""

    scan: Scan
    uses: list[Use]
    links: list[str]
    is_sitemap: bool


def take_in(work: Work, source: Source) -> bool:
    """Writes what is on the claimed row's page; or ends the row where the source is no page.

    A source that is the same as at the look before costs nothing: all stays as it is.

    Returns:
        Whether it was written: not when the claim is no longer the newest, or the page was deleted or cancelled.

    Raises:
        OSError: the source cannot be kept.
    """
    assert work.page is not None, "this is the row of an image"
    if work.page.scanned_at and work.page.fingerprint == source.fingerprint:
        return keep_as_it_is(work, source)
    try:
        seen = _look(work.page, source)
    except ScanError as error:
        return fail(work, error.code, error.message, fault_of_image=True)
    name = source.kept or sources.keep(source.html)
    try:
        written = write_page(work, lambda page: _change(page, source, name, seen))
    except BaseException:
        if not source.kept:
            sources.remove(name)
        raise
    if not written and not source.kept:
        sources.remove(name)
    return written


def keep_as_it_is(work: Work, source: Source | None = None) -> bool:
    """Writes that the page is the same as at the look before. Returns as ``take_in`` does.

    source: with what its transport says of it now; without one the server said that the page was not modified.
    """

    def change(page: Page) -> None:
        if source is not None:
            page.etag, page.last_modified = source.etag, source.last_modified
        if page.audit.looks > 1:
            page.changes = {"same": page.uses.count()}

    return write_page(work, change)


def _look(page: Page, source: Source) -> _Seen:
    budget = Budget(_SECONDS)
    if is_sitemap(source.html):
        return _Seen(scan(read(b"", address=source.address)), [], addresses(source.html), is_sitemap=True)
    seen = scan(read(source.html, charset=source.charset or None, address=source.address, budget=budget))
    return _Seen(seen, rows_of(page, seen, budget), links_of(seen), is_sitemap=False)


def _change(page: Page, source: Source, name: str, seen: _Seen) -> None:
    collection = seen.scan.collection
    if page.source_name != name:
        _remove_after_commit(page.source_name)
    page.source_name, page.final_address, page.charset = name, source.address, seen.scan.page.charset
    page.etag, page.last_modified, page.fingerprint = source.etag, source.last_modified, source.fingerprint
    page.title, page.lang = storable(collection.title), storable(collection.lang)[:35]
    page.notes = [_NOTE_BUILT] * source.is_built + collection.notes
    page.needs_scripts = collection.needs_scripts
    added = follow(page, seen.links, collection.base or page.final_address, from_sitemap=seen.is_sitemap)
    if seen.is_sitemap:
        listed = f"This is a sitemap with {len(seen.links):,} addresses."
        page.notes = [f"{listed} {len(added):,} more pages are looked at for it."]
    if page.audit.looks > 1:
        page.changes = carry_over(page, seen.uses)
    Use.objects.filter(page=page).delete()
    Use.objects.bulk_create(seen.uses, batch_size=_AT_ONCE)


def _remove_after_commit(name: str) -> None:
    transaction.on_commit(lambda: sources.remove(name), robust=True)
