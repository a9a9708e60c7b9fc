"""What a source of texts gives."""

from collections.abc import Sequence
from typing import Protocol, TypedDict


class Text(TypedDict):
    """A text that a person decided. lang: as BCP 47 has it. origin: for ``data-alt-origin``."""

    alt_text: str
    lang: str
    origin: str


class Source(Protocol):
    """Where texts come from. Any error that it raises leaves the page as it is."""

    def texts(self, addresses: Sequence[str]) -> dict[str, Text]:
        """The texts by their absolute addresses; those without one are left out."""
