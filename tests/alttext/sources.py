"""A source of texts for tests, which remembers what it was asked."""

from collections.abc import Sequence

from alttext.texts import Text, Texts

TULIP = "Red tulips in front of a wall."


def text(alt_text: str = TULIP, lang: str = "en") -> Text:
    return {"alt_text": alt_text, "lang": lang, "origin": "edited"}


class Memory:
    """Gives what ``known`` has, or raises ``error``."""

    known: Texts = {}
    asked: list[list[str]] = []
    pages: list[str] = []
    error: Exception | None = None

    def __init__(self, options: object) -> None:
        del options

    def texts(self, addresses: Sequence[str], page: str) -> Texts:
        self.asked.append(list(addresses))
        self.pages.append(page)
        if self.error:
            raise self.error
        return {place: text for place, text in self.known.items() if {place, place[0]} & set(addresses)}
