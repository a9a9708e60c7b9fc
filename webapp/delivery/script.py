"""The script for a site's pages: how it is served, and the line that a site puts into its pages."""

import base64
from functools import cache
from hashlib import sha384
from pathlib import Path

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.views.decorators.gzip import gzip_page
from django.views.decorators.http import require_safe

# A file that was published never changes, since pages name its hash: a change is a new file beside this one.
_FILE = Path(__file__).parent / "alt.v1.js"


@cache
def source() -> bytes:
    """The script as it is served and as people read it: nothing builds it."""
    return _FILE.read_bytes()


@cache
def integrity() -> str:
    """What browsers check the script by before they run it (Subresource Integrity)."""
    return f"sha384-{base64.b64encode(sha384(source()).digest()).decode('ascii')}"


def snippet(publishable_key: str, service: str) -> SafeString:
    """The element for the head of a site's pages. service: scheme and host of this installation, as readers reach it.

    With ``IMAGE_SIZE_PARAMETERS`` it tells the script what the lookups here pass over, so it is to be copied anew after
    a change of that.
    """
    drop = format_html(' data-drop="{}"', ",".join(settings.IMAGE_SIZE_PARAMETERS))
    return format_html(
        '<script src="{}{}" integrity="{}" crossorigin defer data-site="{}"{}></script>',
        service.rstrip("/"),
        reverse("alt-script"),
        integrity(),
        publishable_key,
        drop if settings.IMAGE_SIZE_PARAMETERS else "",
    )


@require_safe
@gzip_page
def alt_script(request: HttpRequest) -> HttpResponse:
    """The script, for pages of every site, to be kept for good."""
    return HttpResponse(
        source(),
        content_type="text/javascript; charset=utf-8",
        headers={
            "Cache-Control": "public, max-age=31536000, immutable",
            "Access-Control-Allow-Origin": "*",
            "Cross-Origin-Resource-Policy": "cross-origin",
        },
    )
