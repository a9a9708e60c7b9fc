"""Writes texts into the start tags of images; every other byte of the page stays as it is."""

import re
from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache

from alttext.gaps import find
from alttext.texts import Text

# From a page's base and the addresses in it, as written, to their texts.
Ask = Callable[[str, Sequence[str]], Mapping[str, Text]]

_UNWRITABLE = re.compile("[\x00-\x08\x0e-\x1f\x7f\ud800-\udfff]")
_ESCAPES = {ord("&"): "&amp;", ord('"'): "&quot;", ord("<"): "&lt;", ord(">"): "&gt;"}


def fill(html: bytes, charset: str, ask: Ask, *, certain: bool = True) -> bytes:
    """The page with the texts of its images that have no alt attribute; the same object where nothing is to be done.

    Args:
        html: the page.
        charset: of the page, as Python's codecs call it.
        ask: called once at most.
        certain: the charset is said, not assumed: else only ASCII is written, which nearly all have in common.

    Raises:
        LookupError: there is no such charset.
    """
    text = _decoded(html, charset)
    found = find(text)
    if not found.gaps:
        return html
    can_all = certain and charset == "utf-8"
    texts = ask(found.base, [address for gap in found.gaps for address in gap.addresses])
    pieces: list[str] = []
    at = 0
    for gap in sorted(found.gaps, key=lambda gap: gap.place):
        answer = next((texts[address] for address in gap.addresses if address in texts), None)
        if answer is None or not answer["alt_text"].strip():
            continue
        written = attributes(answer, gap.lang, say_lang=not gap.has_lang)
        pieces += (text[at : gap.place], written if can_all else _in_charset(written, charset if certain else "ascii"))
        at = gap.place
    if not pieces:
        return html
    return "".join([*pieces, text[at:]]).encode(charset, "surrogateescape")


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
    differs = text["lang"] and text["lang"].partition("-")[0].lower() != lang.partition("-")[0].lower()
    return f'{said} lang="{escaped(text["lang"])}"' if say_lang and differs else said


@lru_cache(maxsize=4096)
def escaped(text: str) -> str:
    """The text for an attribute in quotation marks, on one line."""
    return _UNWRITABLE.sub("\N{REPLACEMENT CHARACTER}", " ".join(text.split())).translate(_ESCAPES)
