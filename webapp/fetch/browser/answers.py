"""What a page's requests are answered with: everything that is fetched for it comes through the one safe fetcher."""

from dataclasses import dataclass, field
from threading import Lock
from typing import Any
from urllib.parse import urlsplit

from webapp.fetch.errors import FetchError, TooManyRedirects
from webapp.fetch.fetched import Fetched
from webapp.fetch.polite_fetcher import PoliteFetcher

HTML = ("text/html", "application/xhtml+xml")
# DevTools' names of the parts that are fetched: what a page may be built of.
_READ = frozenset(("XHR", "Fetch"))  # by scripts, letter for letter
_PARTS = _READ | {"Script", "Stylesheet"}
_PICTURE = bytes.fromhex("47494638396101000100800000000000ffffff21f90401000000002c00000000010001000002024401003b")
_MOST_DOCUMENTS = 5


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer to the browser. Without a status the request is refused."""

    status: int = 0
    headers: tuple[tuple[str, str], ...] = ()
    body: bytes = b""


REFUSED = Answer()


@dataclass
class Answers:
    """Answers the requests of one page, from several threads at once.

    Args:
        page: the page itself, which was fetched already; later the one to which its scripts led the browser on.
        polite: fetches the rest.
        most_parts, most_bytes: in all; what goes beyond is refused.
    """

    page: Fetched
    polite: PoliteFetcher
    max_page_bytes: int
    most_parts: int = 100
    most_bytes: int = 20_000_000
    failure: FetchError | None = None
    _documents: int = 0
    _parts: int = 0
    _bytes: int = 0
    _lock: Lock = field(default_factory=Lock)

    def answer(self, asked: dict[str, Any], main_frame: str) -> Answer:
        """The answer to a request that DevTools paused (``Fetch.requestPaused``)."""
        request, kind = asked["request"], asked.get("resourceType", "")
        if kind == "Image":  # its address is all that is wanted
            return Answer(200, (("Content-Type", "image/gif"),), _PICTURE)
        if request["method"] != "GET" or not request["url"].startswith(("http://", "https://")):
            return REFUSED
        if kind == "Document" and asked.get("frameId") == main_frame:
            return self._document(request["url"])
        return self._part(request, is_read=kind in _READ) if kind in _PARTS else REFUSED

    def _document(self, url: str) -> Answer:
        """A page; the browser is told of a redirect, so that it knows where it is."""
        self._documents += 1
        try:
            if self._documents > _MOST_DOCUMENTS:
                raise TooManyRedirects(detail="scripts lead on and on")
            if url != self.page.url:
                self.page = self.polite.get(url, accept=HTML, max_bytes=self.max_page_bytes)
        except FetchError as error:
            self.failure = error
            return REFUSED
        if self.page.url != url:
            return Answer(302, (("Location", self.page.url),))
        return Answer(200, (("Content-Type", self.page.content_type or HTML[0]),), self.page.body)

    def _part(self, request: dict[str, Any], *, is_read: bool) -> Answer:
        with self._lock:
            self._parts += 1
            room = self.most_bytes - self._bytes
            if self._parts > self.most_parts or room <= 0:
                return REFUSED
        origin = next((value for name, value in request["headers"].items() if name.lower() == "origin"), "")
        try:
            part = self.polite.get_part(request["url"], origin, max_bytes=room)
        except (FetchError, ValueError):  # the latter: an origin that cannot be sent
            return REFUSED
        with self._lock:
            self._bytes += len(part.body)
        # The browser does not see redirects, so it cannot tell that an answer became another origin's on the way.
        if is_read and not part.allow_origin and _origin(part.url) != _origin(request["url"]):
            return REFUSED
        headers = [("Content-Type", part.content_type)] if part.content_type else []
        if part.allow_origin:
            headers.append(("Access-Control-Allow-Origin", part.allow_origin))
        return Answer(200, tuple(headers), part.body)


def _origin(url: str) -> tuple[str, str]:
    parts = urlsplit(url)
    return parts.scheme, parts.netloc
