"""A body within its limit, as sent and as decompressed."""

import zlib
from collections.abc import Iterable

from webapp.fetch.errors import BadResponse, TooLarge, UnsupportedType

# What we ask for and nothing else: zlib is told how much it may write, so that a bomb never unfolds.
ACCEPT_ENCODING = "gzip, deflate"


def read_body(chunks: Iterable[bytes], encoding: str, limit: int, *, truncate: bool = False) -> tuple[bytes, bool]:
    """The decompressed body, of which never more than ``limit`` + 1 bytes are in memory, beside one chunk as it came.

    Args:
        chunks: the body as it comes from the network.
        encoding: the ``Content-Encoding`` header, empty where there is none.
        limit: bytes at most.
        truncate: cuts a longer body off instead of refusing it.

    Returns:
        The body, and whether something was cut off.

    Raises:
        TooLarge: there is more.
        UnsupportedType: a compression that we did not ask for, or several.
        BadResponse: the compressed data is damaged or incomplete.
    """
    reader = _reader(encoding)
    body = bytearray()
    for chunk in chunks:
        rest = chunk
        while rest:
            piece, rest = reader.read(rest, limit + 1 - len(body))
            body += piece
            if len(body) <= limit:
                continue
            if truncate:
                return bytes(body[:limit]), True
            raise TooLarge(limit, detail=f"more than {limit} bytes")
    reader.end()
    return bytes(body), False


class _Plain:
    def read(self, data: bytes, room: int) -> tuple[bytes, bytes]:
        return data[:room], data[room:]

    def end(self) -> None:
        pass


class _Inflate:
    """gzip with all its members, and deflate both ways: as the standard has it (in zlib's format) and raw."""

    def __init__(self, encoding: str) -> None:
        self._gzip = encoding != "deflate"
        self._stream: zlib._Decompress | None = None
        self._members = 0

    def read(self, data: bytes, room: int) -> tuple[bytes, bytes]:
        """At most ``room`` bytes (1 or more) out of the data, and what of it is still to be read."""
        if self._members and not self._gzip:
            return b"", b""  # whatever follows a complete body is padding
        if self._stream is None:
            self._stream = zlib.decompressobj(self._window(data))
        try:
            piece = self._stream.decompress(data, room)
        except zlib.error as error:
            if self._members:
                self._gzip, self._stream = False, None
                return b"", b""
            raise BadResponse(detail=f"damaged compression: {error}") from error
        if not self._stream.eof:
            return piece, self._stream.unconsumed_tail
        rest = self._stream.unused_data
        self._members, self._stream = self._members + 1, None
        return piece, rest

    def end(self) -> None:
        if self._stream is not None and not self._members:
            raise BadResponse(detail="the compressed body is incomplete")

    def _window(self, data: bytes) -> int:
        if self._gzip:
            return 16 + zlib.MAX_WBITS
        return zlib.MAX_WBITS if data[0] & 0x0F == zlib.DEFLATED else -zlib.MAX_WBITS


def _reader(encoding: str) -> _Plain | _Inflate:
    encoding = encoding.strip().lower()
    if encoding in ("", "identity"):
        return _Plain()
    if encoding in ("gzip", "x-gzip", "deflate"):
        return _Inflate(encoding)
    raise UnsupportedType(
        "The server sends this in a form that was not asked for. Upload the file instead.",
        detail=f"Content-Encoding {encoding!r}",
    )
