"""The shapes of lookups in the API."""

from dataclasses import asdict
from typing import Any

from pydantic import BaseModel, ConfigDict, Field

from webapp.delivery.drafts import ORIGIN
from webapp.delivery.texts import Text
from webapp.delivery.uses import Use
from webapp.uses.models import DecidedUse

MOST_HASHES = 50  # so that the address stays within the limits of proxies
MOST_URLS = 200
_ORIGINS = [str(state) for state in DecidedUse.State if state != DecidedUse.State.UNDECIDED]
HASHES_PATTERN = rf"^[0-9a-f]{{64}}(,[0-9a-f]{{64}}){{0,{MOST_HASHES - 1}}}$"


class LookupRequest(BaseModel):
    """The addresses of pictures as they stand on a page, made absolute."""

    model_config = ConfigDict(extra="forbid")

    urls: list[str] = Field(min_length=1, max_length=MOST_URLS)
    page: str = Field("", description="The address of the page, for what was decided for places on it.")


class TextOut(BaseModel):
    """A text for a picture."""

    alt_text: str = Field(description='"" for decoration.')
    lang: str = Field(description="The language of the text (BCP 47).")
    origin: str = Field(
        description="approved: a machine wrote it, a person approved it. edited: a person wrote it. decorative: there "
        "is none, by a person's decision. machine: nobody has decided it, and its site wants drafts given out.",
        json_schema_extra={"enum": [*_ORIGINS, ORIGIN]},
    )
    decorative: bool = Field(description="Of a use: the image needs no words in this place.")

    @classmethod
    def of(cls, text: Text) -> "TextOut":
        """The text as the API tells it."""
        return cls(**_told(text))


class UseTextOut(TextOut):
    """What was decided for one place where an image stands on the page. It comes before the text of the picture."""

    url: str = Field(description="The image's address as it was sent.")
    position: int = Field(description="Which of the page's images with this address it is, from 1.")

    @classmethod
    def of_use(cls, use: Use, text: Text) -> "UseTextOut":
        """The use's text as the API tells it."""
        url, position = use
        return cls(url=url, position=position, **_told(text))


class LookupOut(BaseModel):
    """Texts by what was asked: hashes, or addresses as they were sent. Without a decided text there is no entry."""

    texts: dict[str, TextOut]


class PageLookupOut(LookupOut):
    """The same, with what was decided for places on the page that was named."""

    uses: list[UseTextOut]


def _told(text: Text) -> dict[str, Any]:
    return {**asdict(text), "decorative": text.origin == DecidedUse.State.DECORATIVE}
