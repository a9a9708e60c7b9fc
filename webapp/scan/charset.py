"""From bytes to text as the HTML standard decides it: byte order mark, transport, meta, else windows-1252."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

import turbohtml

_PRESCAN = 1024  # bytes, HTML standard 13.2.3.2
_MARKS: Final = ((b"\xef\xbb\xbf", "UTF-8"), (b"\xff\xfe", "UTF-16LE"), (b"\xfe\xff", "UTF-16BE"))
# The standard's names that Python's codecs know under another one, or only as a smaller set of characters.
_CODECS: Final = {
    "UTF-16LE": "utf-16-le",
    "UTF-16BE": "utf-16-be",
    "Shift_JIS": "cp932",
    "EUC-KR": "cp949",
    "GBK": "gb18030",
    "Big5": "big5hkscs",
    "ISO-8859-8-I": "iso8859-8",
    "windows-874": "cp874",
    "macintosh": "mac-roman",
    "x-mac-cyrillic": "mac-cyrillic",
    "x-user-defined": "latin-1",
    "replacement": "utf-8",
}
_STRAY = re.compile("[\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Decoded:
    """Text and where it came from.

    text: for the parser; what is no text in this charset is U+FFFD there. raw: the same, character for character, with
    the bytes that are no text kept as lone surrogates, so that they can be written back. mark: the byte order mark.
    charset: the standard's name. codec: Python's. certain: it was declared, not assumed.
    """

    text: str
    raw: str
    mark: bytes
    charset: str
    codec: str
    certain: bool


def decode(data: bytes, transport: str | None = None) -> Decoded:
    """Decode a page. transport: the charset that a Content-Type header names; an unknown one is passed over."""
    for mark, charset in _MARKS:
        if data.startswith(mark):
            return _decoded(data[len(mark) :], charset, certain=True, mark=mark)
    return _decoded(data, *_declared(data, transport))


def charset_of_file(html: bytes) -> str | None:
    """Files come without a header. One that declares nothing and is UTF-8 is read so, as browsers do with files."""
    if decode(html).certain:
        return None
    try:
        html.decode("utf-8")
    except UnicodeDecodeError:
        return None
    return "utf-8"


def _declared(data: bytes, transport: str | None) -> tuple[str, bool]:
    """The charset by its standard name, and whether the page or its transport declares it."""
    try:
        head = turbohtml.parse(data[:_PRESCAN], encoding=transport or None)
    except (LookupError, ValueError):
        head = turbohtml.parse(data[:_PRESCAN])
    if head.encoding_confidence != "certain" and b"charset" in data[_PRESCAN:].lower():
        head = turbohtml.parse(data)  # a later meta element makes a browser begin again
    if head.encoding is None or head.encoding_confidence != "certain":
        return "windows-1252", False  # what the parser guesses from the letters is not what browsers show
    return head.encoding, True


def _decoded(data: bytes, charset: str, certain: bool, mark: bytes = b"") -> Decoded:
    codec = _CODECS.get(charset, charset.lower())
    try:
        text = data.decode(codec)
    except UnicodeDecodeError:
        try:
            raw = data.decode(codec, "surrogateescape")
        except UnicodeDecodeError:  # codecs of several bytes, where half a character swallowed an ASCII one
            raw = data.decode(codec, "replace")
        # windows-1252 in a browser gives the five bytes that it does not define their own numbers.
        stands_for = _own_number if charset.startswith("windows-125") else _replacement
        return Decoded(_STRAY.sub(stands_for, raw), raw, mark, charset, codec, certain)
    if codec == "utf-8" or not _STRAY.search(text):
        return Decoded(text, text, mark, charset, codec, certain)
    return Decoded(_STRAY.sub(_replacement, text), text, mark, charset, codec, certain)


def _own_number(match: re.Match[str]) -> str:
    return chr(ord(match[0]) & 0xFF)


def _replacement(match: re.Match[str]) -> str:
    return "\N{REPLACEMENT CHARACTER}"
