"""Has a page built by a browser, and takes it when it is quiet or its time is up."""

import base64
import logging
import time
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from threading import BoundedSemaphore
from typing import Any

from webapp.fetch.browser.answers import HTML, Answer, Answers
from webapp.fetch.browser.chromium import chromium
from webapp.fetch.browser.pipe import Message, Pipe
from webapp.fetch.deadline import Clock
from webapp.fetch.errors import BrowserFailed, FetchTimeout, NotYet, TooLarge, Unreachable
from webapp.fetch.fetched import Fetched
from webapp.fetch.polite_fetcher import PoliteFetcher

logger = logging.getLogger(__name__)

_AT_ONCE = 4  # requests of one page
_TICK = 0.05  # seconds
_BUSY_FOR = 20.0  # seconds until another page may have the browser
_PAGE_OF_OURS = """
for (const name of ["RTCPeerConnection", "webkitRTCPeerConnection", "WebTransport", "WebSocket", "Worker",
  "SharedWorker", "EventSource"]) { delete window[name]; }
"""
_SOURCE = "'<!doctype html>' + document.documentElement.outerHTML"


@dataclass
class Browser:
    """Builds pages, one at a time, as others wait in the queue and not here. Threads may share it.

    Args:
        path: of Chromium.
        fetchers: the strictest first. The first that reaches a page fetches all that belongs to it too, so that no page
            of the web can have its scripts read what only the fetcher of the operator's own networks reaches.
        sandbox: see ``chromium``.
        max_bytes: of the page, before and after it was built.
        seconds: for all of it, once the page itself was fetched.
        quiet_seconds: without any request after which the page counts as built.
        build_seconds: after which it is taken as it is.
    """

    path: str
    fetchers: tuple[PoliteFetcher, ...]
    sandbox: bool = True
    max_bytes: int = 10_000_000
    seconds: float = 30.0
    quiet_seconds: float = 1.0
    build_seconds: float = 15.0
    clock: Clock = time.monotonic
    _turn: BoundedSemaphore = field(default_factory=BoundedSemaphore)

    def get(self, url: str, *, accept: tuple[str, ...] = HTML) -> Fetched:
        """The page at the address as its scripts build it: UTF-8, and at the address where that ended.

        What else is accepted, such as sitemaps, is given as it came.

        Raises:
            FetchError: as for ``PoliteFetcher.get``; BrowserFailed; NotYet where another page is being built.
        """
        if not self._turn.acquire(blocking=False):
            raise NotYet(_BUSY_FOR, detail="the browser is busy")
        try:
            page, polite = self._fetch(url, accept)
            if page.content_type and not page.content_type.lower().startswith(HTML):
                return page
            return self._build(Answers(page, polite, self.max_bytes))
        except BrowserFailed as error:
            logger.warning("A page was not built: %s", error.detail)
            raise
        finally:
            self._turn.release()

    def _fetch(self, url: str, accept: tuple[str, ...]) -> tuple[Fetched, PoliteFetcher]:
        *strict, last = self.fetchers
        for polite in strict:
            try:
                return polite.get(url, accept=accept, max_bytes=self.max_bytes), polite
            except Unreachable:
                continue
        return last.get(url, accept=accept, max_bytes=self.max_bytes), last

    def _build(self, answers: Answers) -> Fetched:
        with chromium(self.path, sandbox=self.sandbox) as pipe:
            pool = ThreadPoolExecutor(_AT_ONCE)
            try:
                html = _Visit(self, pipe, answers, pool).html()
            finally:
                pool.shutdown(wait=False, cancel_futures=True)  # what still runs ends by the limits of a fetch
        if len(html) > self.max_bytes:
            raise TooLarge(self.max_bytes, detail=f"{len(html)} bytes once it was built")
        return replace(
            answers.page, content_type="text/html; charset=utf-8", charset="utf-8", body=html, etag="", last_modified=""
        )


class _Visit:
    """One page in one browser."""

    def __init__(self, browser: Browser, pipe: Pipe, answers: Answers, pool: ThreadPoolExecutor) -> None:
        self._browser, self._pipe, self._answers, self._pool = browser, pipe, answers, pool
        self._end = browser.clock() + browser.seconds
        self._session = ""
        self._frame = ""
        self._results: dict[int, Message] = {}
        self._pending: dict[Future[Answer], str] = {}
        self._last_request = browser.clock()
        self._loaded = False

    def html(self) -> bytes:
        """The page's source when it is built."""
        target = self._call("Target.createTarget", url="about:blank")["targetId"]
        self._session = self._call("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
        self._frame = self._call("Page.getFrameTree")["frameTree"]["frame"]["id"]
        # What the page opens beside itself waits for a debugger that never lets it go on.
        self._call("Target.setAutoAttach", autoAttach=True, waitForDebuggerOnStart=True, flatten=True)
        self._call("Page.enable")
        self._call("Page.addScriptToEvaluateOnNewDocument", source=_PAGE_OF_OURS)
        self._call("Network.setBypassServiceWorker", bypass=True)
        self._call("Fetch.enable", patterns=[{"urlPattern": "*"}])
        self._pipe.send("Page.navigate", self._session, url=self._answers.page.url)
        self._wait_until_built()
        found = self._call("Runtime.evaluate", expression=_SOURCE, returnByValue=True)["result"].get("value", "")
        return str(found).encode("utf-8", "replace")

    def _wait_until_built(self) -> None:
        taken_at = self._browser.clock() + self._browser.build_seconds
        while (now := self._browser.clock()) < taken_at:
            self._step()
            if self._answers.failure is not None:
                raise self._answers.failure
            quiet_for = now - self._last_request
            if self._loaded and not self._pending and quiet_for >= self._browser.quiet_seconds:
                return

    def _call(self, method: str, **parameters: Any) -> dict[str, Any]:
        """What a command gives; requests of the page are answered meanwhile. Raises FetchTimeout when time is up."""
        number = self._pipe.send(method, self._session, **parameters)
        while number not in self._results:
            if self._browser.clock() > self._end:
                raise FetchTimeout("The page's scripts took too long in the browser.", detail=method)
            self._step()
        result = self._results.pop(number)
        if "error" in result:
            raise BrowserFailed(detail=f"{method}: {result['error']}")
        found: dict[str, Any] = result["result"]
        return found

    def _step(self) -> None:
        for message in self._pipe.receive(_TICK):
            self._heed(message)
        for future in [one for one in self._pending if one.done()]:
            self._tell(self._pending.pop(future), future.result())
            self._last_request = self._browser.clock()

    def _heed(self, message: Message) -> None:
        if "id" in message:
            self._results[message["id"]] = message
            return
        if message.get("sessionId") != self._session:
            return
        match message["method"]:
            case "Fetch.requestPaused":
                asked = message["params"]
                self._pending[self._pool.submit(self._answers.answer, asked, self._frame)] = asked["requestId"]
                self._last_request = self._browser.clock()
            case "Page.javascriptDialogOpening":
                self._pipe.send("Page.handleJavaScriptDialog", self._session, accept=False)
            case "Page.loadEventFired":
                self._loaded = True

    def _tell(self, request: str, answer: Answer) -> None:
        if not answer.status:
            self._pipe.send("Fetch.failRequest", self._session, requestId=request, errorReason="BlockedByClient")
            return
        self._pipe.send(
            "Fetch.fulfillRequest",
            self._session,
            requestId=request,
            responseCode=answer.status,
            responseHeaders=[{"name": name, "value": value} for name, value in answer.headers],
            body=base64.b64encode(answer.body).decode(),
        )
