"""What a source of texts gives."""

from collections.abc import Sequence
from typing import Protocol, TypedDict


class Text(TypedDict):
    """A text that a person decided; "" says of a use that it is decoration. lang: as BCP 47 has it. origin: for
    ``data-alt-origin``.
    """

    alt_text: str
    lang: str
    origin: str


# One use of a picture: its address, and which of the page's images with this address it is, from 1.
Use = tuple[str, int]
Texts = dict[str | Use, Text]


class Source(Protocol):
    """Where texts come from. With any error that it raises the page gets what is known already; three in a row let the
    source be for a while, and ``alttext.breaker.AskLater`` does so at once.
    """

    def texts(self, addresses: Sequence[str], page: str) -> Texts:
        """The texts of pictures by their absolute addresses, and those of their uses on the page at this address; what
        has none is left out. page: "" where only those of pictures are asked for.
        """
