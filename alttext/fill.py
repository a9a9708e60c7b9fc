"""Writes texts into the start tags of images; every other byte of the page stays as it is."""

import re
from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache

from alttext.addresses import resolved
from alttext.gaps import find
from alttext.texts import Text, Use

# From a page's base and the addresses in it, as written, to the texts of these pictures and of their uses there.
Ask = Callable[[str, Sequence[str]], Mapping[str | Use, Text]]

_DECORATIVE = "decorative"  # as the origin of a text: a person decided that there is none
_UNWRITABLE = re.compile("[\x00-\x08\x0e-\x1f\x7f\ud800-\udfff]")
_ESCAPES = {ord("&"): "&amp;", ord('"'): "&quot;", ord("<"): "&lt;", ord(">"): "&gt;"}


def fill(html: bytes, charset: str, ask: Ask, *, page: str = "", certain: bool = True) -> bytes:
    """The page with the texts of its images that have no alt attribute; the same object where nothing is to be done.

    Args:
        html: the page.
        charset: of the page, as Python's codecs call it.
        ask: called once at most.
        page: its address.
        certain: the charset is said, not assumed: else only ASCII is written, which nearly all have in common.

    Raises:
        LookupError: there is no such charset.
    """
    text = _decoded(html, charset)
    found = find(text)
    if not found.gaps:
        return html
    can_all = certain and charset == "utf-8"
    base = resolved(found.base, page) or page
    texts = ask(base, [address for gap in found.gaps for address in gap.addresses])
    has_uses = not all(isinstance(place, str) for place in texts)
    positions = found.positions(base) if has_uses else [1] * len(found.images)
    pieces: list[str] = []
    at = 0
    for gap in sorted(found.gaps, key=lambda gap: gap.place):
        answer = chosen(texts, gap.addresses, positions[gap.number], alone=gap.alone)
        if answer is None:
            continue
        written = attributes(answer, gap.lang, say_lang=not gap.has_lang)
        pieces += (text[at : gap.place], written if can_all else _in_charset(written, charset if certain else "ascii"))
        at = gap.place
    if not pieces:
        return html
    return "".join([*pieces, text[at:]]).encode(charset, "surrogateescape")


def chosen(texts: Mapping[str | Use, Text], addresses: Sequence[str], nth: int, *, alone: bool) -> Text | None:
    """The text for the n-th use of a picture: what was decided for that use, else the picture's own.

    addresses: of the picture; uses are known by the first. alone: it is all that a link or button holds. That has to
    say where it leads or what it does, so that only the use's text will do, and decoration it is not.
    """
    of_use = texts.get((addresses[0], nth))
    if of_use is not None and (of_use["alt_text"].strip() or (of_use["origin"] == _DECORATIVE and not alone)):
        return of_use
    if not alone:
        for address in addresses:
            if address in texts:
                return texts[address] if texts[address]["alt_text"].strip() else None
    return None


def _decoded(html: bytes, charset: str) -> str:
    """The page as text, that gives back the same bytes; "" where there is none."""
    try:
        text = html.decode(charset, "surrogateescape")
        is_faithful = charset == "utf-8" or text.encode(charset, "surrogateescape") == html
    except UnicodeError:
        return ""
    return text if is_faithful else ""


def _in_charset(text: str, charset: str) -> str:
    """The text with what the charset does not have as references."""
    return text.encode(charset, "xmlcharrefreplace").decode(charset)


def attributes(text: Text, lang: str, *, say_lang: bool = True) -> str:
    """The attributes that say the text, with a blank before each. lang: of the words around the image.

    A text in another language says which it is: screen readers would read it as if it were the page's.
    """
    said = f' alt="{escaped(text["alt_text"])}" data-alt-origin="{escaped(text["origin"])}"'
    own = text["lang"] if text["alt_text"] else ""
    differs = own and own.partition("-")[0].lower() != lang.partition("-")[0].lower()
    return f'{said} lang="{escaped(own)}"' if say_lang and differs else said


@lru_cache(maxsize=4096)
def escaped(text: str) -> str:
    """The text for an attribute in quotation marks, on one line."""
    return _UNWRITABLE.sub("\N{REPLACEMENT CHARACTER}", " ".join(text.split())).translate(_ESCAPES)
