"""Small facts of one element."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from turbohtml import Element


def attributes_of(element: Element) -> dict[str, str]:
    """Every attribute with its text; "" for one without a value."""
    found = element.attrs.copy()
    for name, value in found.items():
        if not isinstance(value, str):  # a list of tokens, or no value
            found[name] = " ".join(value) if value else ""
    return found


def one_line(text: str, most: int = 1000) -> str:
    """The text with single spaces, cut behind a word if it is longer. Reads no more of it than it needs."""
    line = " ".join(text[: most * 8].split())
    if len(line) <= most:
        return line
    return line[: most + 1].rsplit(" ", 1)[0][:most]
