"""``/lookup``: the decided texts of pictures, by their addresses. For servers, and for the script on a site's pages."""

from hashlib import sha256
from typing import Annotated

from django.http import HttpRequest, HttpResponse
from django.utils.http import parse_etags, quote_etag
from ninja import Query, Router, Status

from webapp.accounts.models import Owner, Site
from webapp.api.auth import ApiRequest, KeyOrLoopback
from webapp.api.lookup_schemas import HASHES_PATTERN, LookupOut, LookupRequest, PageLookupOut, TextOut, UseTextOut
from webapp.api.openapi import problems
from webapp.api.publishable import PublishableKey
from webapp.delivery.texts import texts_at, texts_for
from webapp.delivery.unknown import queue_unknown
from webapp.delivery.uses import texts_of_uses, texts_on_page
from webapp.rates.policies import of_servers

router = Router(tags=["lookup"])

_FRESH = 300  # seconds that an answer may be kept; how long a page may show a text that was changed since
_STALE = 86_400  # and, by caches that ask anew meanwhile
_UNCHANGED = {304: {"description": "Not changed since the ETag in If-None-Match"}}


@router.get(
    "/lookup",
    response={200: LookupOut, 304: None},
    auth=[PublishableKey(), KeyOrLoopback(rate=of_servers)],
    summary="Look texts up by hash",
    openapi_extra={"responses": _UNCHANGED | problems("invalid_request")},
)
def get_lookup(
    request: HttpRequest,
    response: HttpResponse,
    hashes: Annotated[
        str,
        Query(
            pattern=HASHES_PATTERN,
            description="Up to 50 SHA-256 hashes of normalised addresses, with commas between. Sorted, "
            "the same question has one address, which caches can keep. For one use of an image: of the page's address, "
            "a line feed, and the image's with its whole query; from the second on the page, another line feed and "
            "which it is.",
        ),
    ],
) -> Status[LookupOut | None]:
    """The decided texts for the pictures at these addresses, and for these uses of them, on your site. Drafts are never
    told. The text of a use comes before that of its picture; what is all that a link or button holds has no other."""
    asker: Owner | Site = request.auth  # type: ignore[attr-defined]
    asked = hashes.split(",")
    found = texts_for(asker, asked) | texts_of_uses(asker, asked)
    shown = LookupOut(texts={hash_: TextOut.of(found[hash_]) for hash_ in sorted(found)})
    etag = quote_etag(sha256(shown.model_dump_json().encode()).hexdigest()[:32])
    response["ETag"] = etag
    if isinstance(asker, Site):
        response["Cache-Control"] = f"public, max-age={_FRESH}, stale-while-revalidate={_STALE}"
        response["Vary"] = "Origin"
    else:
        response["Cache-Control"] = f"private, max-age={_FRESH}"
        response["Vary"] = "Authorization, X-API-Key"
    known = {one.removeprefix("W/") for one in parse_etags(request.headers.get("If-None-Match", ""))}
    return Status(304, None) if known & {etag, "*"} else Status(200, shown)


@router.post(
    "/lookup",
    response=PageLookupOut,
    auth=KeyOrLoopback(rate=of_servers),
    summary="Look texts up by address",
    openapi_extra={
        "responses": problems("invalid_request", "malformed_json", "length_required", "request_too_large"),
    },
)
def post_lookup(request: ApiRequest, asked: LookupRequest) -> PageLookupOut:
    """The same for addresses as they stand on a page, made absolute: they are normalised here. With the address of the
    page it tells what was decided for all uses of these images there.

    Where the key's site wants it (queue_unknown), pictures below its url_prefixes that nobody has handed over are
    queued to be described, each once.
    """
    asker, urls = request.auth, set(asked.urls)
    found = texts_at(asker, urls)
    uses = texts_on_page(asker, asked.page, urls) if asked.page else {}
    queue_unknown(asker, urls - found.keys())
    return PageLookupOut(
        texts={url: TextOut.of(text) for url, text in found.items()},
        uses=[UseTextOut.of_use(use, uses[use]) for use in sorted(uses)],
    )
