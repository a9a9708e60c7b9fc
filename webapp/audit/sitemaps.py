"""Sitemaps (sitemaps.org): the addresses that a site lists. Read as text, so that no entity is ever expanded."""

import html
import re

_BEGINNING = 2000  # bytes within which the root element must stand
_ROOT = re.compile(rb"<(?:[\w-]+:)?(?:urlset|sitemapindex)[\s>]")
_LOCATION = re.compile(r"<(?:[\w-]+:)?loc\s*>\s*(?:<!\[CDATA\[)?\s*([^<\]]{1,4000}?)\s*(?:\]\]>)?\s*</", re.IGNORECASE)


def is_sitemap(data: bytes) -> bool:
    """Whether this is a sitemap, or an index of sitemaps."""
    return _ROOT.search(data[:_BEGINNING]) is not None


def addresses(data: bytes) -> list[str]:
    """The addresses that a sitemap or an index lists, in its order."""
    text = data.decode("utf-8", "replace")
    return [html.unescape(match[1]) for match in _LOCATION.finditer(text)]
