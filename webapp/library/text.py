"""Text that people and programs send, made fit for storing."""

import unicodedata

_KEPT = {"\n", "\t"}
# They turn the direction of what stands after them: "photo<RLO>gpj.exe" would read as a picture's name.
_DIRECTIONS = dict.fromkeys(map(ord, "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"))
_INVISIBLE = {"Cc", "Cf", "Mn", "Zl", "Zp", "Zs"}
_BLANKS = set("\u115f\u1160\u2800\u3164\uffa0")  # letters and a symbol by their category, yet nothing to be seen
_NAME_LENGTH = 255


def clean_text(text: str) -> str:
    """The text without control characters and lone surrogates (databases refuse them), without blanks at its ends.

    A text of which nothing can be seen (zero-width characters alone) is empty.
    """
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    text = "".join(c for c in text if c in _KEPT or unicodedata.category(c) not in {"Cc", "Cs"}).strip()
    return text if any(map(_is_visible, text)) else ""


def _is_visible(character: str) -> bool:
    return unicodedata.category(character) not in _INVISIBLE and character not in _BLANKS


def clean_name(name: str) -> str:
    """A file name for display: the last part of a path, on one line, its ending kept where it must be shortened."""
    name = name.translate(_DIRECTIONS).replace("\\", "/").rpartition("/")[2]
    name = " ".join(clean_text(name).split())
    if len(name) > _NAME_LENGTH:
        stem, dot, ending = name.rpartition(".")
        ending = dot + ending if stem and len(ending) <= 10 else ""
        name = name[: _NAME_LENGTH - len(ending) - 3] + "..." + ending
    return name or "image"
