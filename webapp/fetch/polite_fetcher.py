"""The fetcher for reading whole sites: only what robots.txt allows, at the pace that the site asks for."""

from collections.abc import Sequence

from webapp.fetch.fetched import Fetched
from webapp.fetch.fetcher import Fetcher
from webapp.fetch.politeness import Politeness
from webapp.fetch.robots import Robots
from webapp.fetch.urls import read_url


class PoliteFetcher:
    """``Fetcher.get`` behind robots.txt and a turn for each hop. Threads may share it."""

    def __init__(self, fetcher: Fetcher, robots: Robots, politeness: Politeness) -> None:
        self.fetcher = fetcher
        self.robots = robots
        self._politeness = politeness

    def get(
        self,
        url: str,
        *,
        accept: Sequence[str] = (),
        max_bytes: int | None = None,
        etag: str = "",
        last_modified: str = "",
    ) -> Fetched:
        """As ``Fetcher.get``. May wait for its turn at each host, which counts towards no limit.

        Raises:
            FetchError: as there, and RobotsDisallowed.
        """
        return self.fetcher.get(
            url, accept=accept, max_bytes=max_bytes, etag=etag, last_modified=last_modified, before=self._ask
        )

    def get_part(self, url: str, origin: str = "", *, max_bytes: int | None = None) -> Fetched:
        """A part of a page that a browser builds: as robots.txt allows, but at once, as every browser asks for them."""
        return self.fetcher.get(url, max_bytes=max_bytes, origin=origin, before=self._check)

    def _check(self, url: str) -> None:
        self.robots.rules(url).check(url)

    def _ask(self, url: str) -> None:
        rules = self.robots.rules(url)
        rules.check(url)
        self._politeness.wait(read_url(url, self.fetcher.limits).host, rules.crawl_delay)
