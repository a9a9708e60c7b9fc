"""A source of texts for tests, which remembers what it was asked."""

from collections.abc import Sequence

from alttext.texts import Text

TULIP = "Red tulips in front of a wall."


def text(alt_text: str = TULIP, lang: str = "en") -> Text:
    return {"alt_text": alt_text, "lang": lang, "origin": "edited"}


class Memory:
    """Gives what ``known`` has, or raises ``error``."""

    known: dict[str, Text] = {}
    asked: list[list[str]] = []
    error: Exception | None = None

    def __init__(self, options: object) -> None:
        del options

    def texts(self, addresses: Sequence[str]) -> dict[str, Text]:
        self.asked.append(list(addresses))
        if self.error:
            raise self.error
        return {address: self.known[address] for address in addresses if address in self.known}
