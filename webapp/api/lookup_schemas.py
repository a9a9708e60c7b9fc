"""The shapes of lookups in the API."""

from pydantic import BaseModel, ConfigDict, Field

from webapp.delivery.drafts import ORIGIN
from webapp.delivery.texts import Text
from webapp.library.models import Image

MOST_HASHES = 50  # so that the address stays within the limits of proxies
MOST_URLS = 200
HASHES_PATTERN = rf"^[0-9a-f]{{64}}(,[0-9a-f]{{64}}){{0,{MOST_HASHES - 1}}}$"


class LookupRequest(BaseModel):
    """The addresses of pictures as they stand on a page, made absolute."""

    model_config = ConfigDict(extra="forbid")

    urls: list[str] = Field(min_length=1, max_length=MOST_URLS)


class TextOut(BaseModel):
    """A text for a picture."""

    alt_text: str
    lang: str = Field(description="The language of the text (BCP 47).")
    origin: str = Field(
        description="approved: a machine wrote it, a person approved it. edited: a person wrote it. "
        "machine: nobody has decided it, and its site wants it given out all the same.",
        json_schema_extra={"enum": [str(Image.State.APPROVED), str(Image.State.EDITED), ORIGIN]},
    )

    @classmethod
    def of(cls, text: Text) -> "TextOut":
        """The text as the API tells it."""
        return cls(alt_text=text.alt_text, lang=text.lang, origin=text.origin)


class LookupOut(BaseModel):
    """Texts by what was asked: hashes, or addresses as they were sent. Without a decided text there is no entry."""

    texts: dict[str, TextOut]
