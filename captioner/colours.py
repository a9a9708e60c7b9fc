"""The colours that most of a picture has, in words: "mostly dark green and white"."""

from __future__ import annotations

from collections import Counter
from colorsys import rgb_to_hls
from typing import TYPE_CHECKING

from PIL import Image

if TYPE_CHECKING:
    from collections.abc import Sequence

_SIDE = 48  # pixels of the copy on which colours are counted
_MOST = 3  # colours that are named
_LEAST = 0.12  # share of the picture of a colour that is named
_MAIN = 0.65  # share of the first two of which the picture mostly is
_GREY = 0.12  # saturation below which there is no hue; of dark and light colours the eye sees less
# The hue up to which a name goes, in degrees.
_HUES = (
    (15, "red"), (42, "orange"), (68, "yellow"), (165, "green"), (195, "turquoise"), (255, "blue"), (310, "purple"),
    (345, "pink"), (360, "red"),
)  # fmt: skip


def colours_in_words(picture: Image.Image) -> str:
    """What the picture's colours are, the commonest first; picture: decoded already, RGB."""
    small = picture.convert("RGB").resize((_SIDE, _SIDE), Image.Resampling.BOX)
    shades = Counter[tuple[str, str]]()
    for count, pixel in small.getcolors(_SIDE * _SIDE) or ():
        shades[_named(*pixel)] += count  # type: ignore[misc]  # of an RGB picture a colour is three numbers
    names = Counter[str]()
    for (_, name), count in shades.items():
        names[name] += count
    common = [(name, count) for name, count in names.most_common(_MOST) if count >= _LEAST * _SIDE * _SIDE]
    if not common:
        return "many colours"
    told = [_shaded(name, count, shades) for name, count in common]
    for most in (1, 2):
        if sum(count for _, count in common[:most]) >= _MAIN * _SIDE * _SIDE:
            return f"mostly {_joined(told[: max(most, min(len(told), 2))])}"
    return _joined(told) if len(told) > 1 else f"{told[0]} and many colours"


def _named(red: int, green: int, blue: int) -> tuple[str, str]:
    """(shade, name): ("dark", "green")."""
    hue, lightness, saturation = rgb_to_hls(red / 255, green / 255, blue / 255)
    chroma = saturation * (1 - abs(2 * lightness - 1))
    if lightness > 0.92 and chroma < _GREY:
        return "", "white"
    if lightness < 0.1:
        return "", "black"
    shade = "dark" if lightness < 0.3 else "light" if lightness > 0.75 else ""
    if chroma < _GREY:
        return shade, "grey"
    name = next(name for end, name in _HUES if hue * 360 <= end)
    if name in ("orange", "red") and lightness < 0.4 and 10 < hue * 360 <= 42:
        return shade, "brown"
    return ("", "pink") if (shade, name) == ("light", "red") else (shade, name)


def _shaded(name: str, count: int, shades: Counter[tuple[str, str]]) -> str:
    """The name with the shade that more than half of it has."""
    shade = next((shade for shade in ("dark", "light") if shades[shade, name] > count / 2), "")
    return f"{shade} {name}".strip()


def _joined(words: Sequence[str]) -> str:
    return " and ".join(filter(None, (", ".join(words[:-1]), words[-1])))
