"""A page that was read: its text, its tree, and where things stand in its source."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Final

import turbohtml

from webapp.scan.charset import Decoded, decode
from webapp.scan.errors import NotAPage, PageTooLarge

if TYPE_CHECKING:
    from collections.abc import Callable

    from turbohtml import Document, Element

    from webapp.scan.budget import Budget

LARGEST: Final = 10_000_000  # bytes or characters
_STRAY = re.compile("[\ud800-\udfff]")
_INSTEAD: Final = {
    "an archive": "Unpack it, and give its folder.", "a compressed file": "Unpack it first.",
    "a database": "Give a page.", "a program": "Give a page.",
}  # fmt: skip
# What begins like this is no page, whatever its name says (MIME Sniffing standard).
_OTHERS: Final = (
    (b"%PDF-", "a PDF file"), (b"\x89PNG\r\n", "a PNG picture"), (b"\xff\xd8\xff", "a JPEG picture"),
    (b"GIF8", "a GIF picture"), (b"PK\x03\x04", "an archive"), (b"\x1f\x8b", "a compressed file"),
    (b"SQLite format 3\0", "a database"), (b"\x7fELF", "a program"),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Source:
    """A page as it was handed over. data: its bytes, where it was bytes."""

    decoded: Decoded
    data: bytes = b""
    is_bytes: bool = False


@dataclass
class Page:
    """A page's tree with its source.

    address: of the page, as far as it is known; relative addresses are resolved against it. exists: tells of an address
    whether it can be had (None: not known); without it nothing is known of what addresses lead to. budget: of time, if
    there is one.
    """

    document: Document
    source: Source
    address: str = ""
    exists: Callable[[str], bool | None] | None = field(default=None, repr=False)
    budget: Budget | None = field(default=None, repr=False)

    def check_budget(self) -> None:
        """Go on only while there is time for this page; raises PageTooComplex."""
        if self.budget is not None:
            self.budget.check()

    @property
    def text(self) -> str:
        """The source as the parser saw it."""
        return self.source.decoded.text

    @property
    def charset(self) -> str:
        """By its standard name; "" where the page was handed over as text."""
        return self.source.decoded.charset

    @cached_property
    def _line_feeds(self) -> list[int]:
        """Where the parser's text, in which CR LF is one character, is one character shorter than the source."""
        return [match.start() - at for at, match in enumerate(re.finditer("\r\n", self.text))]

    def in_source(self, offset: int) -> int:
        """The place in `text` of an offset that the parser gives."""
        feeds = self._line_feeds
        return offset + bisect_left(feeds, offset) if feeds else offset

    def start_tag(self, element: Element) -> tuple[int, int] | None:
        """Where the element's start tag begins and ends in `text`; None for elements that the source does not write."""
        location = element.source_location
        if location is None or location.start_tag.start_offset == location.start_tag.end_offset:
            return None
        return self.in_source(location.start_tag.start_offset), self.in_source(location.start_tag.end_offset)


def read(
    html: bytes | str,
    *,
    charset: str | None = None,
    address: str = "",
    exists: Callable[[str], bool | None] | None = None,
    largest: int = LARGEST,
    budget: Budget | None = None,
) -> Page:
    """Parse a page as browsers do. charset: of the Content-Type header, for bytes.

    Raises:
        PageTooLarge: more than `largest` bytes or characters.
        NotAPage: the bytes are a picture, a PDF file or the like.
    """
    if len(html) > largest:
        raise PageTooLarge(
            f"The page has {len(html):,} bytes; at most {largest:,} are read. Scan its parts, or make it smaller."
        )
    if isinstance(html, bytes):
        for beginning, kind in _OTHERS:
            if html.startswith(beginning):
                raise NotAPage(
                    f"This is {kind}, not a page of HTML. {_INSTEAD.get(kind, 'Give the page that shows it.')}"
                )
        source = Source(decode(html, charset), html, is_bytes=True)
    else:
        clean = _STRAY.sub("\N{REPLACEMENT CHARACTER}", html) if not html.isascii() else html
        source = Source(Decoded(clean, html, b"", "", "utf-8", certain=True))
    document = turbohtml.parse(source.decoded.text, source_locations=True)
    return Page(document, source, address, exists, budget)
