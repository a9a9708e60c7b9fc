"""Names for images that lead somewhere: from the destination, as the page tells it. Never from the picture."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

from webapp.scan.urls import stem

if TYPE_CHECKING:
    from webapp.scan.images import Collection, Use

_LONGEST = 80  # characters
_NO_WORDS = re.compile(r"(?:index|default|home|main|item|product|page|view|article|post|p|id|node)?[\W_]*\d*", re.I)


@dataclass(frozen=True, slots=True)
class Proposal:
    """A name, and where on the page it comes from."""

    text: str
    source: str


def name_for(use: Use, collection: Collection) -> Proposal | None:
    """What to call the link or button that an image stands for; None where the page gives no words for it."""
    context = use.context
    target = context.target
    if target and target.title:
        return Proposal(target.title, "title of the link" if context.link else "title of the button")
    if use.title:
        return Proposal(use.title, "title of the image")
    if context.same_place:
        return Proposal(context.same_place, "another link to the same place")
    if use.kind == "input" and (value := use.attributes.get("value", "").strip()):
        return Proposal(value, "value of the button")
    address = target.address if target and target.address else use.attributes.get("href", "")
    return _of_address(address, collection) if address else None


def _of_address(address: str, collection: Collection) -> Proposal | None:
    scheme, colon, rest = address.partition(":")
    if colon and scheme.lower() in ("mailto", "tel", "sms") and rest:
        return Proposal(unquote(rest.partition("?")[0]), f"{scheme.lower()} address")
    if colon and scheme.lower() in ("javascript", "data", "blob", "about"):
        return None
    try:
        parts = urlsplit(address)
        own = urlsplit(collection.base)
    except ValueError:
        return None
    words = _words(parts.fragment) if parts.fragment and parts.path == own.path else _words(_last(parts.path))
    elsewhere = parts.netloc and parts.netloc != own.netloc
    host = parts.netloc.rpartition("@")[2].removeprefix("www.")
    if elsewhere:
        return Proposal(f"{words} ({host})" if words else host, "address of the link")
    if words:
        return Proposal(words, "address of the link")
    if parts.path.strip("/") in ("", "index.html", "index.htm", "index.php") and not parts.query:
        name = collection.site_name
        english = (collection.lang or "en").lower().startswith("en")
        return Proposal(f"{name} home page".strip() if english else name, "address of the link") if name else None
    return None


def _last(path: str) -> str:
    return stem(unquote(path.rstrip("/").rsplit("/", 1)[-1], errors="replace"))


def _words(slug: str) -> str:
    """ "our-new-shop" is "Our new shop"; numbers and codes are no words."""
    if not slug or _NO_WORDS.fullmatch(slug) or len(slug) > _LONGEST:
        return ""
    text = " ".join(re.split(r"[\W_]+", re.sub(r"(?<=[a-z])(?=[A-Z][a-z])", " ", slug))).strip()
    letters = sum(letter.isalpha() for letter in text)
    if letters < 3 or letters * 2 < len(text) or re.fullmatch(r"[0-9a-f ]{8,}", text, re.IGNORECASE):
        return ""
    return text[:1].upper() + text[1:]
