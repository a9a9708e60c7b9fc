"""What is suggested for one use of an image: from where it stands, and from the picture only where that is asked."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

from captioner.alttext import hedged
from captioner.bands import Band
from webapp.audit.models import Use
from webapp.audit.rerank import choose
from webapp.library.models import Image
from webapp.uses.models import DecidedUse

Origin = Literal["page", "picture", "person"]


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A text, whose words it is made of, and why it is this one.

    ``text`` is empty where an empty alt text is suggested. ``band``: of a sentence of the model's. ``is_read``: it was
    read in the picture.
    """

    text: str
    origin: Origin
    reason: str
    band: Band | None = None
    is_read: bool = False

    @property
    def told(self) -> str:
        """The text as it may leave the service: a program may not look at the band."""
        is_model = self.origin == "picture" and not self.is_read
        is_doubted = is_model and (self.band is None or self.band.asks_for_a_hedge)
        return hedged(self.text) if is_doubted else self.text


def suggestion_for(use: Use, decided: DecidedUse | None = None) -> Suggestion | None:
    """The suggestion for a use; None where only a person can say, or the picture's words are not there yet.

    What a person decided for this place comes before what was decided for the picture, and that before the model's. A
    link or button is never called after what its picture shows.
    """
    if decided is not None and decided.is_decided:
        is_text = bool(decided.alt_text)
        reason = "A person decided this text for this place." if is_text else "A person called it decoration here."
        return Suggestion(decided.alt_text or "", "person", reason)
    match use.todo:
        case "name":
            proposal = use.facts["proposal"]
            return Suggestion(proposal["text"], "page", f"From the {proposal['source']}.") if proposal else None
        case "empty":
            return Suggestion("", "page", use.facts["says"])
        case "describe" | "text":
            read_only = use.todo == "text"
            return _from_picture(use.image, use.facts["context"], read_only=read_only) if use.image else None
    return None


def _from_picture(image: Image, context: Mapping[str, Any], *, read_only: bool) -> Suggestion | None:
    """read_only: what is written in the picture is wanted, and no description will do instead."""
    if image.alt_text is not None:
        return Suggestion(image.alt_text, "person", "A person decided this text for the picture.")
    drafted = image.suggestion
    drafts = [one for one in drafted.candidates if not read_only or one["source"] == "ocr"] if drafted else []
    if drafted is None or not drafts:
        return None
    chosen = choose(drafts, context)
    text = chosen.draft["text"]
    if chosen.reason:
        return Suggestion(text, "picture", f"{chosen.reason} How likely it is right was not measured.")
    if chosen.draft["source"] == "ocr":
        return Suggestion(text, "picture", "This is the text that was read in the picture.", is_read=True)
    band = Band(drafted.inference.confidence["band"])
    return Suggestion(text, "picture", f"{band.words}.", band)
