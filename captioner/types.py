"""What the captioner returns. Standard library only, so that any process may import it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from captioner.bands import Band, Withheld

if TYPE_CHECKING:
    from collections.abc import Mapping

MOSTLY_TEXT: Final = 0.6  # between charts and logos; docs/alt-text.md has the figures


@dataclass(frozen=True, slots=True)
class Candidate:
    """One sentence that the model proposes for a picture.

    text: the sentence, beginning with a capital and ending with a full stop.
    tokens: its words as the model wrote them, without start and end.
    token_log_probabilities: natural logarithms, one for each word and then one for the end token.
    log_probability: their sum.
    score: the length-normalised log-probability by which sentences are ranked; at most 0, nearer to 0 is better.
    """

    text: str
    tokens: tuple[str, ...]
    token_log_probabilities: tuple[float, ...]
    log_probability: float
    score: float


@dataclass(frozen=True, slots=True)
class Look:
    """Where the model looked when it chose a word.

    word: the word, or the empty text for the end of the sentence.
    weights: of the places of the picture, row by row from the top left. They sum to 1, or to less where the model may
    also look away: the rest is how far the word came from the sentence alone.
    """

    word: str
    weights: tuple[tuple[float, ...], ...]


@dataclass(frozen=True, slots=True)
class Confidence:
    """How likely it is that a sentence is right: that everything it names is in the picture (`captioner.things`).

    p: the probability, between 0 and 1; None where nobody measured how often the model is right.
    """

    p: float | None
    band: Band
    calibrated: bool


@dataclass(frozen=True, slots=True)
class Caption:
    """The best sentence for a picture, with the other sentences that the search found.

    The fields that it shares with Candidate mean the same. alternatives: best first, no two alike, the best sentence
    not among them. model: the name and version of the checkpoint that wrote it. looks: one for each word and one for
    the end, if they were asked for and the model has attention. signs: what confidence is read from, by name.
    withheld: why the sentence is not to be shown to anybody; None if it may be.
    """

    text: str
    tokens: tuple[str, ...]
    token_log_probabilities: tuple[float, ...]
    log_probability: float
    score: float
    alternatives: tuple[Candidate, ...]
    model: str
    looks: tuple[Look, ...] | None = None
    signs: Mapping[str, float] = field(default_factory=dict)
    confidence: Confidence = Confidence(None, Band.UNKNOWN, calibrated=False)
    withheld: Withheld | None = None


@dataclass(frozen=True, slots=True)
class PictureText:
    """The text in a picture.

    text: in reading order, a line for each paragraph and each entry of a list. words: how many were read with
    confidence. share: 0 to 1, how much of what is drawn in the picture is text: of all steps of brightness from pixel
    to pixel, the part that lies in lines of text. confidence: 0 to 1, the mean of the words'.
    """

    text: str
    words: int
    share: float
    confidence: float

    @property
    def mostly_text(self) -> bool:
        """Whether the text is what the picture is about, as in a page, a slide or a banner."""
        return self.share >= MOSTLY_TEXT
