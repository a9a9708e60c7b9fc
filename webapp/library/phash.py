"""A fingerprint that pictures keep when they are resized or saved anew: the perceptual hash of Zauner (2010), 64 bits.

The picture is made 32 by 32 greys, and of its discrete cosine transform 8 by 8 low frequencies are kept, each as one
bit: whether it is above their median. Near-identical pictures differ in few bits. How few, and how that was chosen, is
in docs/seen-before.md. Pillow and arithmetic are enough, so no library is needed for it.
"""

from math import cos, pi
from statistics import median

from PIL import Image

BITS = 64
_SIDE, _KEPT = 32, range(1, 9)
_COSINES = [[cos(pi * (2 * place + 1) * frequency / (2 * _SIDE)) for place in range(_SIDE)] for frequency in _KEPT]
_NOISE = 24.0  # of a coefficient: what saving a grey surface as JPEG leaves there
_LEAST_DETAIL = 24  # coefficients beyond it


def phash(picture: Image.Image) -> str:
    """The hash as 16 hexadecimal digits; empty for a picture without detail, whose bits would be chance.

    Args:
        picture: decoded and upright, of any mode and size.
    """
    greys = list(picture.convert("L").resize((_SIDE, _SIDE), Image.Resampling.BOX).tobytes())
    rows = [greys[start : start + _SIDE] for start in range(0, _SIDE * _SIDE, _SIDE)]
    across = [[_dot(row, cosines) for row in rows] for cosines in _COSINES]  # frequency, then row
    coefficients = [_dot(column, cosines) for cosines in _COSINES for column in across]
    if sum(abs(one) > _NOISE for one in coefficients) < _LEAST_DETAIL:
        return ""
    middle = median(coefficients)
    bits = "".join("1" if one > middle else "0" for one in coefficients)
    return f"{int(bits, 2):016x}"


def distance(one: str, other: str) -> int:
    """How many bits of two hashes differ, 0 to 64."""
    return (int(one, 16) ^ int(other, 16)).bit_count()


def _dot(values: list[int] | list[float], cosines: list[float]) -> float:
    return sum(value * factor for value, factor in zip(values, cosines, strict=True))
