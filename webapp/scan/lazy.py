"""Images that scripts load later: the attributes that hold their addresses until then."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

SOURCES: Final = (
    "data-src", "data-original", "data-lazy-src", "data-lazy", "data-orig-file", "data-original-src", "data-img-src",
    "data-hi-res-src", "data-actualsrc", "data-image-src", "data-echo", "data-url", "data-image", "data-lazysrc",
    "data-lazyload", "data-defer-src", "data-orig-src", "data-cfsrc", "data-ezsrc", "data-opt-src", "data-splide-lazy",
    "data-flickity-lazyload", "data-nectar-img-src", "data-breeze", "data-spai",
)  # fmt: skip
SETS: Final = (
    "data-srcset", "data-lazy-srcset", "data-original-set", "data-src-set", "data-ezsrcset", "data-orig-srcset",
    "data-splide-lazy-srcset", "data-flickity-lazyload-srcset", "data-nectar-img-srcset",
)  # fmt: skip
BACKGROUNDS: Final = (
    "data-bg", "data-background", "data-background-image", "data-bg-src", "data-bg-image", "data-bg-img", "data-setbg",
    "data-lazy-background", "data-lazy-bg", "data-background-src",
)  # fmt: skip
_ALL: Final = frozenset((*SOURCES, *SETS))


def addresses(attributes: Mapping[str, str]) -> list[tuple[str, str]]:
    """(attribute, address) of each lazy address that the attributes hold."""
    return [(name, value) for name in SOURCES if (value := attributes.get(name, "").strip()) and _is_address(value)]


def sets(attributes: Mapping[str, str]) -> list[tuple[str, str]]:
    """(attribute, text) of each lazy srcset."""
    return [(name, value) for name in SETS if (value := attributes.get(name, "").strip())]


def is_lazy(attributes: Mapping[str, str]) -> bool:
    """Whether a script is to fill in the address later."""
    return not _ALL.isdisjoint(attributes)


def is_placeholder(address: str) -> bool:
    """Whether an address stands in for one that comes later: none, or data."""
    return not address.strip() or address.strip()[:5].lower() == "data:"


def _is_address(value: str) -> bool:
    """Whether it can be one; scripts keep JSON and numbers in such attributes too."""
    return value[0] not in "{[" and not value.isdigit() and not any(letter.isspace() for letter in value)
