"""The hashes that lookups ask by: of addresses in their one spelling."""

from hashlib import sha256

from alttext.spelling import normalised

__all__ = ["hash_of", "hash_of_use", "normalised"]


def hash_of(normal: str) -> str:
    """The SHA-256 of a normalised address, in hexadecimal digits."""
    return sha256(normal.encode("utf-8", "replace")).hexdigest()


def hash_of_use(page: str, image: str, position: int = 1) -> str:
    """The SHA-256 by which one use of an image is known. Both addresses are normalised.

    position: which of the images with this address on the page it is, from 1, in the order of the page.
    """
    return hash_of(f"{page}\n{image}" if position == 1 else f"{page}\n{image}\n{position}")
