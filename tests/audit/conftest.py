"""A site of one address on loopback, and a worker that fetches from it."""

from functools import partial

import pytest

from tests.fetch.conftest import dialled, fetcher, names, nobody_is_trusted, serve
from tests.fetch.servers import WEB, http
from webapp.accounts.models import Owner
from webapp.audit.at_address import HTML, SITEMAPS
from webapp.fetch.polite_fetcher import PoliteFetcher
from webapp.fetch.politeness import Politeness
from webapp.fetch.robots import Robots
from webapp.queue.claim import claim
from worker.fetching import AT_ONCE, Network, fetch_batch

__all__ = ["dialled", "fetcher", "names", "nobody_is_trusted", "serve"]


@pytest.fixture
def owner(db):
    return Owner.objects.create(kind=Owner.Kind.SESSION)


@pytest.fixture
def site(serve, settings):
    """Serves ``pages`` by their paths, with their ``tags`` if they have some; what is not there is 404."""
    pages: dict[str, bytes] = {}
    tags: dict[str, str] = {}

    def answer(request):
        path = request.path.partition("?")[0]
        kind = "application/xml" if path.endswith(".xml") else "text/html"
        if path not in pages:
            return http(404)
        tag = {"ETag": tags[path]} if path in tags else {}
        if tag and request.headers.get("if-none-match") == tags[path]:
            return http(304, **tag)
        return http(200, pages[path], Content_Type=kind, **tag)

    server = serve(answer)
    server.pages, server.tags = pages, tags
    settings.CAPTIONER_FETCH_PORTS = frozenset((server.port,))
    return server


@pytest.fixture
def drain(site, fetcher):
    """Runs the fetch queue until nothing is due; returns how many rows were claimed."""
    plain = fetcher(site)
    polite = PoliteFetcher(plain, Robots(plain), Politeness(0))

    def run():
        count = 0
        while works := claim("fetch", "a", AT_ONCE, alone=False):
            count += len(works)
            fetch_batch(works, Network(plain.get, partial(polite.get, accept=(*HTML, *SITEMAPS)), polite.get))
        return count

    assert site.address == WEB
    return run
