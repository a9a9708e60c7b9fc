"""A page of the web as a source for ``manage.py scan``, through the one safe fetcher and behind robots.txt."""

from collections.abc import Iterator

from webapp.fetch.errors import FetchError
from webapp.fetch.from_settings import polite_fetcher
from webapp.scan.errors import SourceUnreadable
from webapp.scan.page import LARGEST
from webapp.scan.sources import Loaded

HTML = ("text/html", "application/xhtml+xml")
SITEMAPS = ("application/xml", "text/xml")


def page_at(url: str) -> Iterator[Loaded]:
    """The page, or why it could not be had."""
    try:
        fetched = polite_fetcher().get(url, accept=HTML, max_bytes=LARGEST)
    except FetchError as error:
        yield Loaded(url, error=SourceUnreadable(f"{url}: {error.message}"))
    else:
        yield Loaded(fetched.url, fetched.body, fetched.url, fetched.charset or None)
