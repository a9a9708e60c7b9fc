"""The fetcher as this installation's settings have it: the only file here that knows Django.

Make one and keep it: it reads the system's certificates, and robots.txt files are remembered by it.
"""

from dataclasses import replace

from django.conf import settings

from webapp.fetch.browser.browser import Browser
from webapp.fetch.browser.chromium import find_chromium
from webapp.fetch.fetcher import Fetcher
from webapp.fetch.limits import Limits
from webapp.fetch.polite_fetcher import PoliteFetcher
from webapp.fetch.politeness import Politeness
from webapp.fetch.robots import Robots


def limits() -> Limits:
    """Those of every fetch. A picture may be as large as one that is uploaded."""
    return Limits(
        total_seconds=settings.CAPTIONER_FETCH_SECONDS,
        max_bytes=settings.MAX_IMAGE_BYTES,
        private=settings.CAPTIONER_FETCH_PRIVATE,
        ports=settings.CAPTIONER_FETCH_PORTS,
        contact=settings.CAPTIONER_FETCH_CONTACT,
    )


def fetcher() -> Fetcher:
    """For a picture that somebody names, and for webhooks."""
    return Fetcher(limits())


def polite_fetcher() -> PoliteFetcher:
    """For pages, and for the pictures on them."""
    return _polite(limits())


def has_browser() -> bool:
    """Whether pages can be built by a browser: it is allowed, and on this machine."""
    return settings.CAPTIONER_BROWSER != "never" and find_chromium() is not None


def browser() -> Browser | None:
    """For pages that scripts build; None where there is none."""
    path = find_chromium()
    if path is None or not has_browser():
        return None
    allowed = limits()
    strict = (_polite(replace(allowed, private=())),) if allowed.private else ()
    return Browser(
        path,
        (*strict, _polite(allowed)),
        sandbox=settings.CAPTIONER_BROWSER != "unsandboxed",
        max_bytes=settings.MAX_PAGE_BYTES,
    )


def _polite(limits: Limits) -> PoliteFetcher:
    inner = Fetcher(limits)
    return PoliteFetcher(inner, Robots(inner), Politeness(settings.CAPTIONER_FETCH_DELAY))
