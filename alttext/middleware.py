"""Fills in the alt texts of pages as they go out."""

import codecs
import logging
import time
from collections.abc import Callable
from hashlib import sha256

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.http import quote_etag

from alttext.fill import fill
from alttext.lookup import the_lookup

logger = logging.getLogger(__name__)

_TELL_AGAIN = 60.0  # seconds
_OF_THE_OLD_BYTES = ("Content-MD5", "Digest", "Content-Digest", "Repr-Digest")


class AltTextMiddleware:
    """Gives images without an alt attribute the text that a person decided for them.

    In ``MIDDLEWARE`` it stands below what compresses pages (``GZipMiddleware``) or answers conditional requests
    (``ConditionalGetMiddleware``). Whatever goes wrong, the page goes out as it was, and the log hears of it once.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response
        self._quiet_until = 0.0

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        if isinstance(response, HttpResponse):  # else it is a stream
            try:
                _fill_in(request, response)
            except Exception:
                self._tell()
        return response

    def _tell(self) -> None:
        """Tells the log of the error, once for all pages that it befalls."""
        if time.monotonic() >= self._quiet_until:
            self._quiet_until = time.monotonic() + _TELL_AGAIN
            logger.exception("A page went out without its alt texts.")


def _fill_in(request: HttpRequest, response: HttpResponse) -> None:
    lookup = the_lookup()
    options = lookup.options
    content_type, _, parameters = response.headers.get("Content-Type", "").partition(";")
    if (
        content_type.strip().lower() != "text/html"
        or response.status_code in (206, 304)
        or "Content-Encoding" in response.headers
        or len(response.content) > options.max_bytes
        or request.path.startswith(options.skip)
    ):
        return
    path = request.get_full_path()
    page = options.site_url.rstrip("/") + path if options.site_url else request.build_absolute_uri(path)
    content = fill(
        response.content,
        codecs.lookup(response.charset).name,
        lambda base, written: lookup.for_page(page, base, written),
        page=page,
        certain="charset" in parameters.lower(),
    )
    if content is not response.content:
        _replace(response, content)


def _replace(response: HttpResponse, content: bytes) -> None:
    response.content = content
    if "Content-Length" in response.headers:
        response.headers["Content-Length"] = str(len(content))
    if "ETag" in response.headers:  # the view's own would call two different pages the same
        response.headers["ETag"] = quote_etag(sha256(content).hexdigest()[:32])
    for name in _OF_THE_OLD_BYTES:
        response.headers.pop(name, None)
