"""Puts alt texts into a page by editing start tags; every other byte stays as it is."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, TypeVar

from webapp.scan.collect import collect
from webapp.scan.errors import CharsetNotReversible, PositionsDisagree, UnknownImage
from webapp.scan.images import TAKES_ALT
from webapp.scan.page import read

if TYPE_CHECKING:
    from collections.abc import Mapping

    from turbohtml import Element

    from webapp.scan.images import Use
    from webapp.scan.page import Page

Html = TypeVar("Html", str, bytes)
_TAG = re.compile(r"<[A-Za-z][^\s/>]*")
_UNWRITABLE = re.compile("[\x00\ud800-\udfff]")
_ESCAPES = {ord("&"): "&amp;", ord('"'): "&quot;", ord("<"): "&lt;", ord(">"): "&gt;"}


def put(html: Html, alts: Mapping[str, str], *, overwrite: bool = False, charset: str | None = None) -> Html:
    """The page with these alt texts, by the keys of its images (`Use.key`); "" says that an image is decorative.

    An alt attribute that is there already, empty or not, is left alone unless `overwrite`. An image's twin in a
    noscript element gets the same text. charset: as for `read`.

    Raises:
        UnknownImage: a key of no image of this page, or of one that takes no alt attribute.
        PositionsDisagree: a start tag is not where the parser says, or the page would not read as meant afterwards.
        CharsetNotReversible: the page's bytes cannot be written back as they were.
    """
    page = read(html, charset=charset)
    uses: dict[str, Use] = {use.key: use for use in collect(page).uses}
    edits: list[tuple[int, int, str]] = []
    key: str
    for key, alt in alts.items():
        if key not in uses or uses[key].kind not in TAKES_ALT:
            raise UnknownImage(f"No image {key!r} that takes an alt text is on this page. Scan the page again.")
        same = (uses[key].element, *uses[key].twins)
        edits += [edit for one in same if (edit := _edit(page, one, alt, overwrite))]
    if not edits:
        return html
    written = _applied(page, sorted(edits))
    edited = written if isinstance(html, bytes) else written.decode("utf-8", "surrogatepass")
    _check(uses, read(edited, charset=charset), alts, overwrite)
    return edited


def _edit(page: Page, element: Element, alt: str, overwrite: bool) -> tuple[int, int, str] | None:
    """(begin, end, what stands there instead) in the page's text; None where nothing is to be changed."""
    has_alt = "alt" in element.attrs
    if has_alt and not overwrite:
        return None
    span = page.start_tag(element)
    tag = page.text[slice(*span)] if span else ""
    name = _TAG.match(tag)
    written = name[0][1:].lower() if name else ""
    if span is None or name is None or tag[-1:] != ">" or written not in (element.tag, "image"):
        raise PositionsDisagree("A start tag is not where it should be. Report this page, and edit it by hand.")
    attribute = f'alt="{_escaped(alt)}"'
    if not has_alt:
        place = span[0] + name.end()
        return place, place, f" {attribute}"
    location = element.source_location
    there = location.attrs.get("alt") if location else None
    if there is None:
        raise PositionsDisagree("An alt attribute is not where it should be. Report this page, and edit it by hand.")
    return page.in_source(there.start_offset), page.in_source(there.end_offset), attribute


def _escaped(alt: str) -> str:
    return _UNWRITABLE.sub("\N{REPLACEMENT CHARACTER}", " ".join(alt.split())).translate(_ESCAPES)


def _applied(page: Page, edits: list[tuple[int, int, str]]) -> bytes:
    """The page's bytes with the edits. Text that was handed over as such comes as UTF-8 with its lone surrogates."""
    source = page.source
    raw = source.decoded.raw
    kept: list[str] = []
    at = 0
    for begin, end, _ in edits:
        kept.append(raw[at:begin])
        at = end
    kept.append(raw[at:])
    codec, errors = (source.decoded.codec, "surrogateescape") if source.is_bytes else ("utf-8", "surrogatepass")
    try:
        pieces = [piece.encode(codec, errors) for piece in kept]
        gone = [raw[begin:end].encode(codec, errors) for begin, end, _ in edits]
    except UnicodeEncodeError:
        pieces, gone = [b""], []
    whole = b"".join(piece for pair in zip(pieces, [*gone, b""], strict=False) for piece in pair)
    if source.is_bytes and source.decoded.mark + whole != source.data:
        raise CharsetNotReversible(
            f"The page holds bytes that are no text in {source.decoded.charset}, so it cannot be written back."
            " Save it as UTF-8 first."
        )
    new = [text.encode(codec, "xmlcharrefreplace") for _, _, text in edits]
    return source.decoded.mark + b"".join(
        piece for pair in zip(pieces, [*new, b""], strict=True) for piece in pair
    )  # fmt: skip


def _check(before: dict[str, Use], page: Page, alts: Mapping[str, str], overwrite: bool) -> None:
    """Read the edited page again: every image is there, with the text that was meant for it."""
    after = {use.key: use.alt for use in collect(page).uses}
    for key, use in before.items():
        wanted = use.alt
        if key in alts and (overwrite or wanted is None):
            wanted = _UNWRITABLE.sub("\N{REPLACEMENT CHARACTER}", " ".join(alts[key].split()))
        if key not in after or after[key] != wanted:
            raise PositionsDisagree("The page would not read as meant. Report this page, and edit it by hand.")
    if len(after) != len(before):
        raise PositionsDisagree("The page would not read as meant. Report this page, and edit it by hand.")
