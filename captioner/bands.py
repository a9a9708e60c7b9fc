"""What a reader is told of a confidence: a band in words, or why there is no sentence. Standard library only."""

from __future__ import annotations

from enum import StrEnum


class Band(StrEnum):
    """How likely a draft is right; `words` for people. The bounds are in `captioner.confidence.calibration`."""

    LIKELY = "likely"
    UNSURE = "unsure"
    DOUBTFUL = "doubtful"
    UNKNOWN = "not_calibrated"

    @property
    def words(self) -> str:
        """The band as a short sentence."""
        return _WORDS[self]

    @property
    def asks_for_a_hedge(self) -> bool:
        """Whether a draft that leaves the product without its band must carry its doubt in its own words."""
        return self is not Band.LIKELY


class Withheld(StrEnum):
    """Why no sentence is offered; `words` for people. The codes are stable."""

    NOT_A_PHOTOGRAPH = "not_a_photograph"
    TOO_UNSURE = "too_unsure"
    NO_DESCRIPTION = "no_description"

    @property
    def words(self) -> str:
        """The reason, and what to do."""
        return _WHY[self]


_WORDS = {
    Band.LIKELY: "Likely right, check it",
    Band.UNSURE: "Unsure",
    Band.DOUBTFUL: "Probably wrong, look closely",
    Band.UNKNOWN: "Not calibrated: how often this model is right was not measured",
}
_WHY = {
    Withheld.NOT_A_PHOTOGRAPH: (
        "This does not look like a photograph. The model knows photographs only, and its sentence would mislead. "
        "Write what the picture tells its reader."
    ),
    Withheld.TOO_UNSURE: (
        "The model is too unsure of this picture, and its sentence would more likely mislead than help. "
        "Write what the picture tells its reader."
    ),
    Withheld.NO_DESCRIPTION: (
        "What the model wrote does not describe this picture. Write what the picture tells its reader."
    ),
}
