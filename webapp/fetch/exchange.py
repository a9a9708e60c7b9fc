"""One request to one vetted host: an answer within its limits, or where it sends us."""

import re
import ssl
from collections.abc import Mapping
from dataclasses import dataclass

import httpcore2

from webapp.fetch.body import ACCEPT_ENCODING, read_body
from webapp.fetch.connect import VettedNetwork
from webapp.fetch.errors import BadResponse, HttpStatus, TooLarge, UnsupportedType
from webapp.fetch.fetched import NOT_MODIFIED, Fetched, charset, fits, media_type
from webapp.fetch.headers import AnswerHeaders, retry_seconds
from webapp.fetch.urls import Target

_REDIRECTS = (301, 302, 303, 307, 308)
_EMPTY = (204, NOT_MODIFIED)
_PLAIN_TYPE = re.compile(r"[\w.+-]{1,40}/[\w.+-]{1,60}", re.ASCII)
_NEEDED = {"text/html": "a page of HTML", "image/": "a picture"}  # by how what we accept begins


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is asked of every hop, and what will do as an answer (``Fetcher.get`` describes it)."""

    method: str
    headers: Mapping[str, str]
    user_agent: str
    max_bytes: int
    body: bytes | None = None
    accept: tuple[str, ...] = ()
    truncate: bool = False
    conditional: bool = False


@dataclass(frozen=True, slots=True)
class Redirect:
    """The server sends us elsewhere; ``location`` is its header as it came."""

    status: int
    location: str


def exchange(target: Target, wanted: Wanted, network: VettedNetwork, context: ssl.SSLContext) -> Fetched | Redirect:
    """Sends the request over a connection of its own, and reads the answer.

    Raises:
        FetchError: of the connection, the headers, the status, the type or the body.
    """
    origin = httpcore2.Origin(target.scheme.encode(), target.host.encode(), target.port)
    request = httpcore2.Request(
        wanted.method,
        httpcore2.URL(scheme=origin.scheme, host=origin.host, port=origin.port, target=target.path.encode()),
        headers=[(name.encode(), value.encode("latin-1")) for name, value in _headers(target, wanted).items()],
        content=wanted.body,
    )
    try:
        with httpcore2.HTTPConnection(origin, context, network_backend=network) as connection:
            return _read(connection.handle_request(request), network, target, wanted)
    except (httpcore2.ProtocolError, httpcore2.NetworkError) as error:
        raise BadResponse(detail=str(error)) from error


def _headers(target: Target, wanted: Wanted) -> dict[str, str]:
    ours = {
        "Host": target.authority,
        "User-Agent": wanted.user_agent,
        "Accept-Encoding": ACCEPT_ENCODING,
        "Connection": "close",
    }
    return ours | dict(wanted.headers)


def _read(response: httpcore2.Response, network: VettedNetwork, target: Target, wanted: Wanted) -> Fetched | Redirect:
    """Headers are judged first, so that no body is read that is of no use."""
    status, headers = response.status, AnswerHeaders(response.headers)
    if status in _REDIRECTS and headers.location:
        return Redirect(status, headers.location)
    if not (200 <= status < 300 or (status == NOT_MODIFIED and wanted.conditional)):
        raise HttpStatus(status, retry_after=retry_seconds(headers.first("retry-after")), detail=target.origin)
    content_type = headers.first("content-type")
    body, truncated = b"", False
    if status not in _EMPTY:
        if not fits(content_type, wanted.accept):
            raise UnsupportedType(_misfit(content_type, wanted.accept), detail=f"Content-Type {content_type!r}")
        if headers.content_length > wanted.max_bytes and not wanted.truncate:
            raise TooLarge(wanted.max_bytes, detail=f"Content-Length {headers.content_length}")
        network.meter.grant_body(wanted.max_bytes)
        encoding = headers.all("content-encoding")
        body, truncated = read_body(response.iter_stream(), encoding, wanted.max_bytes, truncate=wanted.truncate)
    return Fetched(
        url=target.url,
        status=status,
        content_type=content_type,
        charset=charset(content_type),
        body=body,
        etag=headers.first_sendable("etag"),
        last_modified=headers.first_sendable("last-modified"),
        truncated=truncated,
        allow_origin=headers.first_sendable("access-control-allow-origin"),
    )


def _misfit(content_type: str, accept: tuple[str, ...]) -> str:
    """What there is and what is needed, in a sentence; nothing where one of them has no plain name."""
    kind = media_type(content_type)
    needed = next((name for beginning, name in _NEEDED.items() if accept[0].startswith(beginning)), "")
    if not needed or not _PLAIN_TYPE.fullmatch(kind):
        return ""
    return f"The address holds a file of the type {kind}, and {needed} is needed here. Give the address of one."
