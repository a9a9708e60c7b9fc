"""Crawling: the pages of the same site that a page links to, down to the audit's depth and number of pages."""

from urllib.parse import urljoin

from webapp.audit.models import Audit, Page
from webapp.audit.queueing import queue_pages
from webapp.fetch.errors import UrlInvalid
from webapp.fetch.from_settings import limits
from webapp.fetch.urls import read_url
from webapp.scan.scan import Scan


def follow_links(page: Page, seen: Scan) -> list[Page]:
    """New pages for the links of a page that was taken in, within the running transaction."""
    audit = page.audit
    if audit.kind != Audit.Kind.SITE or audit.state == Audit.State.CANCELLED or page.depth >= audit.depth:
        return []
    known = set(audit.pages.values_list("address", flat=True))
    room = audit.most_pages - len(known)
    found: dict[str, None] = {}
    for link in links_of(page, seen):
        if len(found) >= room:
            break
        if link not in known:
            found[link] = None
    pages = [
        Page(audit=audit, position=len(known) + number, depth=page.depth + 1, address=address)
        for number, address in enumerate(found, start=1)
    ]
    Page.objects.bulk_create(pages)
    queue_pages(audit, pages)
    return pages


def links_of(page: Page, seen: Scan) -> list[str]:
    """Addresses of the same origin that the page links to, in its order, without fragments."""
    base = seen.collection.base or page.final_address
    allowed = limits()
    try:
        origin = read_url(page.final_address, allowed).origin
    except UrlInvalid:
        return []
    found: dict[str, None] = {}
    for link in seen.page.document.select("a[href], area[href]"):
        try:
            target = read_url(urljoin(base, link.attr("href") or "").strip(), allowed)
        except (UrlInvalid, ValueError):
            continue
        if target.origin == origin:
            found[target.url] = None
    return list(found)
