"""Addresses: resolved against the page's base, made alike where they mean the same, and read for words."""

from __future__ import annotations

import re
from functools import lru_cache
from hashlib import sha256
from typing import Final
from unicodedata import normalize
from urllib.parse import unquote, urljoin, urlsplit, urlunsplit

_SPACE = re.compile(r"[\t\n\r]")
_PORTS: Final = {"http": ":80", "https": ":443"}
_NORMAL = re.compile(r"https?://[a-z0-9.-]+/")
_TOKEN = re.compile(r"[^\W\d_]+|\d+x\d+")
_LONGEST_PLAIN = 2000  # characters; longer ones are data, not addresses that a person reads


def resolved(address: str, base: str) -> str:
    """The address as a browser asks for it; as it stands where it cannot be resolved."""
    address = address.strip(" \t\n\r\f")
    if "\n" in address or "\t" in address or "\r" in address:
        address = _SPACE.sub("", address)
    if not base or not address or address[:5].lower() == "data:":
        return address
    if "/." not in address:  # the two common forms, in which there is nothing to work out
        if address[:1] == "/" and address[1:2] not in ("/", "\\"):
            if origin := _origin(base):
                return origin + address
        elif address.startswith(("https://", "http://")):
            return address
    try:
        if base.startswith("/"):  # of a folder that stands for a site; urljoin climbs out of a base without a scheme
            return urljoin(f"file://{base}", address).removeprefix("file://")
        return urljoin(base, address)
    except ValueError:
        return address


@lru_cache(maxsize=64)
def _origin(base: str) -> str:
    match = re.match(r"https?://[^/?#\\]+", base)
    return match[0] if match else ""


def normalised(address: str) -> str:
    """One spelling for what is fetched alike: no fragment, host in lower case, no default port; the query stays.

    Data addresses are told apart by a hash.
    """
    if address[:5].lower() == "data:":
        return "data:sha256-" + sha256(address.encode("utf-8", "replace")).hexdigest()
    address = address.partition("#")[0]
    if "://" not in address[:12] or _NORMAL.match(address):
        return address
    try:
        parts = urlsplit(address)
    except ValueError:
        return address
    host = parts.netloc.lower().removesuffix(_PORTS.get(parts.scheme, "?"))
    return urlunsplit((parts.scheme, host, parts.path or "/", parts.query, ""))


@lru_cache(maxsize=4096)
def file_name(address: str) -> str:
    """The last part of the path, without percent signs: "a/b%20c.jpg?x=1" is "b c.jpg". "" for data addresses."""
    if address[:5].lower() == "data:":
        return ""
    path = address[:_LONGEST_PLAIN].partition("#")[0].partition("?")[0]
    return unquote(path.rsplit("/", 1)[-1], errors="replace").strip()


def stem(name: str) -> str:
    """A file's name without its ending."""
    head, dot, ending = name.rpartition(".")
    return head if dot and head and len(ending) <= 5 and ending.isalnum() else name


@lru_cache(maxsize=4096)
def tokens(text: str) -> frozenset[str]:
    """The words of a file's name or a class: "HeroImage_2-chart" has "hero", "image" and "chart"."""
    return frozenset(ordered_tokens(text))


def ordered_tokens(text: str) -> tuple[str, ...]:
    """The same words as they stand."""
    parted = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", text[:_LONGEST_PLAIN])
    if not parted.isascii():
        parted = normalize("NFC", parted)
    return tuple(_TOKEN.findall(parted.lower()))
