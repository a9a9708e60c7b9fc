"""robots.txt (RFC 9309): what a site asks of programs, read once in a while for each origin."""

import re
import threading
import time
from collections import OrderedDict
from dataclasses import dataclass

from protego import Protego

from webapp.fetch.deadline import Clock
from webapp.fetch.errors import FetchError, HttpStatus, RobotsDisallowed, TlsFailed, TooManyRedirects, Unreachable
from webapp.fetch.fetcher import Fetcher
from webapp.fetch.limits import PRODUCT
from webapp.fetch.urls import read_url

MAX_BYTES = 500 * 1024  # RFC 9309, section 2.5: at least so much is read, and the rest left out
_KEPT_SECONDS = 3600.0  # section 2.4 allows a day
_KEPT_SECONDS_IN_TROUBLE = 300.0
_KEPT_SIZE = 5_000_000  # characters of all texts together; parsed they take about ten times as many bytes
_ENTRY_SIZE = 1_000  # an entry's own, so that there is also an end to empty ones

_OWN = PRODUCT.lower()
_USER_AGENT = re.compile(r"\s*user[-\s]*agent\s*[:\s]\s*(?P<agent>.*)", re.IGNORECASE)
_TOKEN = re.compile(r"[a-z_-]*")


class Rules:
    """What one robots.txt says to us: the group with our product token, else that of everybody (``*``).

    The longest matching rule wins, and Allow where two are as long. ``crawl_delay`` is in seconds, 0 where none is
    asked for; ``sitemaps`` are addresses as written there.
    """

    def __init__(self, text: str) -> None:
        self.size = len(text)
        self._parsed = Protego.parse(_only_ours(text))
        self.crawl_delay: float = self._parsed.crawl_delay(_OWN) or 0.0
        self.sitemaps: tuple[str, ...] = tuple(self._parsed.sitemaps)

    def check(self, url: str) -> None:
        """Raises RobotsDisallowed where the site asks us not to read the address."""
        if not self._parsed.can_fetch(url, _OWN):
            raise RobotsDisallowed(detail="a rule of robots.txt")


class Unread(Rules):
    """The rules of a site whose robots.txt may be there but could not be read: nothing is allowed until it can be."""

    def __init__(self, why: FetchError) -> None:
        super().__init__("")
        self._why = f"robots.txt: {why.code} ({why.detail})"

    def check(self, url: str) -> None:
        """Raises RobotsDisallowed, and says that it will pass."""
        error = RobotsDisallowed(
            "The site's robots.txt could not be read, and until then nothing is fetched from there. Try again later.",
            detail=self._why,
        )
        error.may_pass = True
        raise error


@dataclass(frozen=True, slots=True)
class _Kept:
    rules: Rules
    until: float
    size: int


class Robots:
    """The rules of the sites that were asked of late; threads may share it. The clock gives monotonic seconds."""

    def __init__(self, fetcher: Fetcher, *, clock: Clock = time.monotonic) -> None:
        self._fetcher = fetcher
        self._clock = clock
        self._lock = threading.Lock()
        self._kept: OrderedDict[str, _Kept] = OrderedDict()
        self._size = 0

    def rules(self, url: str) -> Rules:
        """The rules of the address's origin, read now or within the last hour (five minutes after trouble).

        A site without one (status 400 to 499) or that sends us round in circles allows everything. A status of 500 and
        more, a timeout or a broken answer allows nothing.

        Raises:
            UrlInvalid, Unreachable, TlsFailed: the site itself cannot be had, which says more than any rule.
        """
        origin = read_url(url, self._fetcher.limits).origin
        with self._lock:
            kept = self._kept.get(origin)
        if kept and self._clock() < kept.until:
            return kept.rules
        rules = self._read(origin)
        seconds = _KEPT_SECONDS_IN_TROUBLE if isinstance(rules, Unread) else _KEPT_SECONDS
        with self._lock:
            self._keep(origin, _Kept(rules, self._clock() + seconds, rules.size + _ENTRY_SIZE))
        return rules

    def _keep(self, origin: str, entry: _Kept) -> None:
        if former := self._kept.pop(origin, None):
            self._size -= former.size
        self._kept[origin] = entry
        self._size += entry.size
        while self._size > _KEPT_SIZE:
            _, oldest = self._kept.popitem(last=False)
            self._size -= oldest.size

    def _read(self, origin: str) -> Rules:
        try:
            fetched = self._fetcher.get(f"{origin}/robots.txt", max_bytes=MAX_BYTES, truncate=True)
        except (Unreachable, TlsFailed):
            raise
        except TooManyRedirects:
            return Rules("")
        except HttpStatus as error:
            return Rules("") if 400 <= error.status < 500 else Unread(error)
        except FetchError as error:
            return Unread(error)
        body = fetched.body
        if fetched.truncated:
            body = body[: body.rfind(b"\n") + 1]  # half a rule could be a wider one
        return Rules(body.decode("utf-8-sig", errors="replace"))


def _only_ours(text: str) -> str:
    """The text with every group under one of three names: ours, everybody's, or somebody else's.

    Ours is meant where the token is exactly it, whatever version follows; Protego would also take its beginning. And
    ten thousand names over ten thousand rules, which Protego multiplies with each other, stay one list of rules.
    """
    lines = []
    for line in text.splitlines():
        match = _USER_AGENT.match(line)
        if match is None:
            lines.append(line)
            continue
        agent = match["agent"].strip().lower()
        token = _TOKEN.match(agent)
        if agent.startswith("*"):
            lines.append("User-agent: *")
        elif token and token[0] == _OWN:
            lines.append(f"User-agent: {_OWN}")
        else:
            lines.append("User-agent: somebody-else")
    return "\n".join(lines)
