"""Crawling: the pages of the same site that a page links to or a sitemap lists, as far as the audit may go."""

from collections.abc import Iterable
from pathlib import PurePosixPath
from urllib.parse import urljoin, urlsplit

from captioner.alttext.words import word_set
from webapp.audit.models import Audit, Page
from webapp.audit.queueing import queue_pages
from webapp.audit.rows import LONGEST_ADDRESS
from webapp.fetch.errors import UrlInvalid
from webapp.fetch.from_settings import limits
from webapp.fetch.urls import read_url
from webapp.scan.scan import Scan

# What ends like this is no page: fetching it would only make a failure of it.
_FILES = word_set(
    """.avif .bmp .css .csv .doc .docx .epub .exe .gif .gz .ico .jpeg .jpg .js .json .m4a .mov .mp3 .mp4 .odt .ogg .pdf
    .png .ppt .pptx .rar .rss .svg .tar .tif .tiff .txt .wav .webm .webp .woff .woff2 .xls .xlsx .zip"""
)


def links_of(seen: Scan) -> list[str]:
    """Where the page's links lead, as it writes them; without downloads and what it asks not to follow."""
    return [
        link.attr("href") or ""
        for link in seen.page.document.select("a[href], area[href]")
        if "download" not in link.attrs and "nofollow" not in (link.attr("rel") or "").lower().split()
    ]


def follow(page: Page, links: Iterable[str], base: str, *, from_sitemap: bool = False) -> list[Page]:
    """New pages for the addresses that are of the audit's own site, within the running transaction.

    The site is the origin where the audit's first page was found: a page that redirects elsewhere leads nowhere.

    Args:
        page: with its audit locked.
        links: as they are written.
        base: what they are resolved by.
        from_sitemap: they cost no depth: a sitemap is no page.
    """
    audit = page.audit
    if audit.kind != Audit.Kind.SITE or audit.state == Audit.State.CANCELLED:
        return []
    depth = page.depth + (0 if from_sitemap else 1)
    origin = _origin(page.final_address)
    if depth > audit.depth or origin != _origin_of_site(audit, page):
        return []
    asked, found_at = zip(*audit.pages.values_list("address", "final_address"), strict=True)
    known = {*asked, *found_at, page.final_address}
    room = audit.most_pages - audit.pages.filter(gone_at=None).count()
    found: dict[str, None] = {}
    for link in _pages_at(origin, links, base):
        if len(found) >= room:
            break
        if link not in known:
            found[link] = None
    pages = [
        Page(audit=audit, position=len(asked) + number, depth=depth, address=address)
        for number, address in enumerate(found, start=1)
    ]
    Page.objects.bulk_create(pages)
    queue_pages(audit, pages)
    return pages


def _origin_of_site(audit: Audit, page: Page) -> str:
    first = page if page.position == 1 else audit.pages.get(position=1)
    return _origin(first.final_address or first.address)


def _origin(address: str) -> str:
    try:
        return read_url(address, limits()).origin
    except UrlInvalid:
        return ""


def _pages_at(origin: str, links: Iterable[str], base: str) -> Iterable[str]:
    """The addresses of this origin that may be pages, without fragments."""
    allowed = limits()
    for link in links:
        try:
            target = read_url(urljoin(base, link).strip(), allowed)
        except (UrlInvalid, ValueError):
            continue
        if target.origin != origin or len(target.url) > LONGEST_ADDRESS:
            continue
        if PurePosixPath(urlsplit(target.path).path).suffix.lower() not in _FILES:
            yield target.url
