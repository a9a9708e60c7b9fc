"""Every file that a browser may show for an img or input: src, srcset, picture, and what scripts load later."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from webapp.scan import lazy, srcset
from webapp.scan.elements import attributes_of
from webapp.scan.srcset import Candidate
from webapp.scan.urls import resolved

if TYPE_CHECKING:
    from collections.abc import Mapping

    from turbohtml import Element

MOST: Final = 100  # candidates of one image
_MOST_SOURCES = 20  # of one picture


def of_image(attributes: Mapping[str, str], picture: Element | None, base: str) -> tuple[Candidate, ...]:
    """The candidates in the order in which they are worth a look: lazy ones stand before what stands in for them."""
    own = _of_attributes(attributes, base)
    if picture is None and len(own) < 2:
        return tuple(own)
    if picture is not None:
        for source in picture.select("source")[:_MOST_SOURCES]:
            said = attributes_of(source)
            media, kind = said.get("media", "").strip(), said.get("type", "").strip().lower()
            texts = [("source", said["srcset"])] if said.get("srcset") else []
            for _, text in texts + [(f"source {name}", text) for name, text in lazy.sets(said)]:
                own += _of_set(text, "source", base, media, kind)
    seen: dict[tuple[str, str], Candidate] = {}
    for one in own[:MOST]:
        seen.setdefault((one.address, one.media), one)
    return tuple(seen.values())


def _of_attributes(attributes: Mapping[str, str], base: str) -> list[Candidate]:
    found: list[Candidate] = []
    if lazy.is_lazy(attributes):
        for name, text in lazy.sets(attributes):
            found += _of_set(text, name, base)
        found += [Candidate(resolved(address, base), name) for name, address in lazy.addresses(attributes)]
    if text := attributes.get("srcset", ""):
        found += _of_set(text, "srcset", base)
    if source := attributes.get("src", "").strip():
        found.append(Candidate(resolved(source, base), "src"))
    return found


def _of_set(text: str, via: str, base: str, media: str = "", kind: str = "") -> list[Candidate]:
    return [
        Candidate(resolved(address, base), via, width, density, media, kind)
        for address, width, density in srcset.parse(text)
    ]


def looked_at(candidates: tuple[Candidate, ...], sizes: str) -> str:
    """The address of the file to describe: a lazy one if there is one, for `src` then only stands in for it."""
    if len(candidates) < 2:
        return candidates[0].address if candidates else ""
    awaited = tuple(one for one in candidates if one.via.startswith("data-"))
    chosen = srcset.best(awaited or candidates, sizes)
    return chosen.address if chosen else ""
