"""Texts over the API of a Captioner."""

import json
import time
from collections.abc import Iterable, Sequence
from itertools import islice
from math import inf
from typing import Any

import httpcore2

from alttext.breaker import AskLater
from alttext.options import Options
from alttext.texts import Text, Texts

_AT_ONCE = 200  # addresses that the API takes
_LARGEST = 1_000_000  # bytes of an answer


class LookupFailed(Exception):  # noqa: N818 - named for what it says
    """The API did not answer in time, or not as documented."""


class RemoteTexts:
    """A source; see ``alttext.texts``. Connections are kept, so that a lookup is one journey."""

    def __init__(self, options: Options) -> None:
        self._url = f"{options.url.rstrip('/')}/api/v1/lookup"
        self._seconds = options.timeout
        self._headers: dict[bytes | str, bytes | str] = {
            "Content-Type": "application/json",
            "Accept": "application/json",
        }
        if options.key:
            self._headers["Authorization"] = f"Bearer {options.key}"
        self._pool = httpcore2.ConnectionPool(max_connections=10, max_keepalive_connections=4, keepalive_expiry=30)

    def texts(self, addresses: Sequence[str], page: str = "") -> Texts:
        """The texts by their addresses and uses, all within the timeout.

        Raises:
            AskLater: the API was asked too often.
            LookupFailed: see there.
            httpcore2.NetworkError, httpcore2.TimeoutException, httpcore2.ProtocolError: of the connection.
        """
        end = time.monotonic() + self._seconds
        coming = iter(addresses)
        found: Texts = {}
        while batch := list(islice(coming, _AT_ONCE)):
            found |= _read(self._ask(batch, page, end))
        return found

    def _ask(self, batch: list[str], page: str, end: float) -> bytes:
        left = _left(end)
        timeouts = {"connect": left, "read": left, "write": left, "pool": left}
        asked = json.dumps({"urls": batch, "page": page}).encode()
        with self._pool.stream(
            "POST", self._url, headers=self._headers, content=asked, extensions={"timeout": timeouts}
        ) as response:
            if response.status == 429:
                raise AskLater(_seconds_to_wait(response.headers))
            if response.status != 200:
                raise LookupFailed(f"{self._url} answered {response.status}")
            return _within(response.iter_stream(), end)


def _within(chunks: Iterable[bytes], end: float) -> bytes:
    body = bytearray()
    for chunk in chunks:
        body += chunk
        if len(body) > _LARGEST:
            raise LookupFailed("the answer is too large")
        _left(end)
    return bytes(body)


def _seconds_to_wait(headers: Iterable[tuple[bytes, bytes]]) -> float:
    """What ``Retry-After`` says; where it says nothing that is a number, as long as the breaker lets it be."""
    given = {name.lower(): value for name, value in headers}.get(b"retry-after", b"")
    return int(given) if given.isdigit() and len(given) < 10 else inf


def _left(end: float) -> float:
    left = end - time.monotonic()
    if left <= 0:
        raise LookupFailed("there was no answer in time")
    return left


def _read(body: bytes) -> Texts:
    """What is documented of the answer, and nothing else that may stand in it."""
    try:
        answer: dict[str, Any] = json.loads(body)
        found: Texts = {address: _text(text) for address, text in answer["texts"].items()}
        return found | {(str(use["url"]), int(use["position"])): _text(use) for use in answer["uses"]}
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise LookupFailed("the answer is not as documented") from error


def _text(text: dict[str, Any]) -> Text:
    return Text(alt_text=str(text["alt_text"]), lang=str(text["lang"]), origin=str(text["origin"]))
