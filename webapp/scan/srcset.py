"""The candidates of a srcset, and which of them to look at (HTML standard 4.8.4.2, 4.8.4.3)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

_CANDIDATE = re.compile(r"[\s,]*(\S+)")
_DESCRIPTORS = re.compile(r"(?:\([^)]*\)|[^,(])*")
_WIDTH = re.compile(r"(\d{1,6})w")
_DENSITY = re.compile(r"(\d{0,4}(?:\.\d{1,6})?)x")
_SLOT = re.compile(r"(?:^|[\s)])(\d+(?:\.\d+)?)(px|vw|em|rem)\s*$")
_PIXELS: Final = {"px": 1.0, "em": 16.0, "rem": 16.0, "vw": 12.8}  # of a window 1280 wide
ENOUGH: Final = 640  # pixels wide, for a model that looks at 299 and a person who looks closely
_MOST = 200  # candidates of one attribute


@dataclass(slots=True)
class Candidate:
    """One file that a browser may show for an image.

    address: resolved. via: the attribute or element that names it. width: in pixels; density: per CSS pixel, where
    said. media, type: conditions of a source element.
    """

    address: str
    via: str
    width: int | None = None
    density: float | None = None
    media: str = ""
    type: str = ""


def parse(text: str) -> list[tuple[str, int | None, float | None]]:
    """Addresses as written, with widths and densities. Candidates whose descriptors cannot be read are left out."""
    found: list[tuple[str, int | None, float | None]] = []
    at = 0
    while len(found) < _MOST and (match := _CANDIDATE.match(text, at)):
        address, at = match[1], match.end()
        if address.endswith(","):
            if bare := address.rstrip(","):
                found.append((bare, None, None))
            continue
        behind = _DESCRIPTORS.match(text, at)
        words = behind[0].split() if behind else []
        at = behind.end() if behind else at
        if at < len(text) and text[at] == "(":  # a bracket that is never closed
            break
        width = density = None
        for word in words:
            if wide := _WIDTH.fullmatch(word):
                width = int(wide[1])
            elif (dense := _DENSITY.fullmatch(word)) and dense[1]:
                density = float(dense[1])
            elif not re.fullmatch(r"\d+h", word):
                break
        else:
            found.append((address, width, density))
    return found


def slot(sizes: str) -> int | None:
    """How wide the image stands in a window of 1280 pixels, by the last entry of `sizes`, where that is plain."""
    match = _SLOT.search(sizes.rsplit(",", 1)[-1])
    return round(float(match[1]) * _PIXELS[match[2]]) if match else None


def best(candidates: tuple[Candidate, ...], sizes: str = "") -> Candidate | None:
    """The one to look at: large enough and not much larger, and for every window where there is a choice.

    Data addresses stand in for images that load later, so they are taken only where there is nothing else.
    """
    real = [one for one in candidates if one.address and one.address[:5].lower() != "data:"] or list(candidates)
    plain = [one for one in real if not one.media] or real
    if len(plain) < 2:
        return plain[0] if plain else None
    wanted = max(slot(sizes) or 0, ENOUGH)
    wide = sorted((one for one in plain if one.width), key=lambda one: one.width or 0)
    if wide:
        return next((one for one in wide if (one.width or 0) >= wanted), wide[-1])
    dense = [one for one in plain if one.density and one.density <= 2]
    return max(dense, key=lambda one: one.density or 1) if dense else plain[0]
