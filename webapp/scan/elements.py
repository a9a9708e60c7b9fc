"""Small facts of one element."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from turbohtml import Element


def attributes_of(element: Element) -> dict[str, str]:
    """Every attribute with its text; "" for one without a value."""
    found = element.attrs.copy()
    return {
        name: value if isinstance(value, str) else " ".join(value) if value else "" for name, value in found.items()
    }


def one_line(text: str, most: int = 1000) -> str:
    """The text with single spaces, cut behind a word if it is longer. Reads no more of it than it needs."""
    line = " ".join(text[: most * 8].split())
    if len(line) <= most:
        return line
    return line[: most + 1].rsplit(" ", 1)[0][:most]
