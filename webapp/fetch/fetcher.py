"""The one safe fetcher: an address in, an answer within all limits out, or a FetchError."""

import logging
import math
import ssl
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from functools import partial

import httpcore2

from webapp.fetch.connect import Dial, VettedNetwork, dial
from webapp.fetch.deadline import Clock, Deadline
from webapp.fetch.errors import FetchError, HttpStatus, TooManyRedirects
from webapp.fetch.exchange import Redirect, Wanted, exchange
from webapp.fetch.fetched import Fetched
from webapp.fetch.headers import check_headers, check_value
from webapp.fetch.limits import Limits
from webapp.fetch.resolve import Resolver, resolve, system_resolver
from webapp.fetch.urls import Target, follow, read_url

logger = logging.getLogger(__name__)

_LOGGED_LENGTH = 200
_PATIENCE = 3  # times the time of a fetch: with all that comes before its hops, robots.txt and turns


class Fetcher:
    """Fetches within its limits. It keeps nothing between calls, and threads may share it.

    Every hop is a connection of its own, to addresses that were vetted for it. Neither cookies nor credentials are ever
    sent, and no proxy or ``.netrc`` of the environment is looked at.

    Args:
        limits: for every fetch.
        resolver: from a name to addresses; the system's by default.
        dial: makes a connection; another one is for tests.
        ssl_context: whose certificates are trusted; by default those of the system, or of ``SSL_CERT_FILE``.
        clock: monotonic seconds.
    """

    def __init__(
        self,
        limits: Limits,
        *,
        resolver: Resolver = system_resolver,
        dial: Dial = dial,
        ssl_context: ssl.SSLContext | None = None,
        clock: Clock = time.monotonic,
    ) -> None:
        self.limits = limits
        self._resolver = resolver
        self._dial = dial
        self._ssl_context = ssl_context or httpcore2.default_ssl_context()
        self._clock = clock

    def get(
        self,
        url: str,
        *,
        accept: Sequence[str] = (),
        max_bytes: int | None = None,
        truncate: bool = False,
        etag: str = "",
        last_modified: str = "",
        origin: str = "",
        before: Callable[[str], None] | None = None,
    ) -> Fetched:
        """What the address holds, redirects followed.

        Args:
            url: whatever somebody typed.
            accept: media ranges (``image/*``, ``text/html``); empty takes everything. An answer without a type passes.
            max_bytes: instead of that of the limits.
            truncate: cuts a longer body off instead of refusing it.
            etag: of the last answer, so that a body that still holds is not sent again.
            last_modified: likewise.
            origin: of the page whose script asks, for servers that decide by it who may read the answer.
            before: called with the address of each hop before anything is asked for. Its time is not counted, and a
                FetchError that it raises ends the fetch.

        Returns:
            The answer, of a status from 200 to 299; or one that is ``not_modified``, where that was asked for.

        Raises:
            FetchError: any of ``webapp.fetch.errors``, and nothing else whatever the address or the server.
            ValueError: ``etag``, ``last_modified`` or ``origin`` cannot be sent; those of a Fetched always can.
        """
        headers = {"Accept": ", ".join(accept) or "*/*"}
        if etag:
            headers["If-None-Match"] = check_value(etag)
        if last_modified:
            headers["If-Modified-Since"] = check_value(last_modified)
        if origin:
            headers["Origin"] = check_value(origin)
        wanted = Wanted(
            method="GET",
            headers=headers,
            user_agent=self.limits.user_agent,
            max_bytes=self.limits.max_bytes if max_bytes is None else max_bytes,
            accept=tuple(accept),
            truncate=truncate,
            conditional=bool(etag or last_modified),
        )
        with _told_in_the_log(url):
            return self._follow(url, wanted, before)

    def post(
        self,
        url: str,
        body: bytes,
        *,
        content_type: str,
        headers: Mapping[str, str] | None = None,
        max_bytes: int = 65_536,
        seconds: float = math.inf,
    ) -> Fetched:
        """Hands the body over once. No redirect is followed: what was signed for one address is for no other.

        Args:
            url: where to.
            body: sent as it is.
            content_type: of the body.
            headers: more of them, such as a signature.
            max_bytes: of the answer, which is cut off there.
            seconds: for the whole, where that is less than the limits allow.

        Raises:
            FetchError: as for ``get``; a redirect is an HttpStatus.
            ValueError: a header that is not for the caller to set, or that is none.
        """
        check_headers(headers or {})
        own = {"Accept": "*/*", "Content-Type": check_value(content_type), "Content-Length": str(len(body))}
        wanted = Wanted(
            method="POST",
            headers={**(headers or {}), **own},
            user_agent=self.limits.user_agent,
            max_bytes=max_bytes,
            body=body,
            truncate=True,
        )
        with _told_in_the_log(url):
            deadline = Deadline(min(seconds, self.limits.total_seconds), self._clock)
            answer = self._hop(read_url(url, self.limits), wanted, deadline)
            if isinstance(answer, Redirect):
                raise HttpStatus(answer.status, detail=f"a redirect to {answer.location!r}")
            return answer

    def _follow(self, url: str, wanted: Wanted, before: Callable[[str], None] | None) -> Fetched:
        deadline = Deadline(self.limits.total_seconds, self._clock)
        patience = Deadline(_PATIENCE * self.limits.total_seconds, self._clock)
        target = read_url(url, self.limits)
        passed: list[str] = []
        while True:
            patience.within(0)
            if before is not None:
                deadline.pause(partial(before, target.url))
            answer = self._hop(target, wanted, deadline)
            if isinstance(answer, Fetched):
                return replace(answer, redirects=tuple(passed))
            passed.append(target.url)
            target = follow(target, answer.location, self.limits)
            if target.url in passed or len(passed) > self.limits.max_redirects:
                raise TooManyRedirects(detail=" -> ".join([*passed, target.url]))

    def _hop(self, target: Target, wanted: Wanted, deadline: Deadline) -> Fetched | Redirect:
        limits = self.limits
        addresses = resolve(target.host, self._resolver, deadline.within(limits.resolve_seconds), limits.private)
        return exchange(target, wanted, VettedNetwork(addresses, limits, deadline, self._dial), self._ssl_context)


@contextmanager
def _told_in_the_log(url: str) -> Iterator[None]:
    """The detail of an error goes to the log and nowhere else. The query stays out of it: it may hold a secret."""
    try:
        yield
    except FetchError as error:
        shown = ascii(url.partition("?")[0][:_LOGGED_LENGTH])  # ascii: no letter of a stranger's can forge a line
        logger.info("Not fetched: %s: %s (%s)", shown, error.code, error.detail or error.message)
        raise
