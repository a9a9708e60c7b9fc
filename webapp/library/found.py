"""What a model found of a picture, as the worker hands it over and ``Inference`` keeps it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from captioner.bands import Band

# As Inference.candidates: best first, at least one.
Candidates = Sequence[Mapping[str, Any]]


def _unknown() -> dict[str, Any]:
    return {"p": None, "band": Band.UNKNOWN.value, "calibrated": False}


@dataclass(frozen=True, slots=True)
class Found:
    """The beam's sentences, and what is known of the best one; the fields of ``Inference`` mean the same."""

    candidates: Candidates
    confidence: Mapping[str, Any] = field(default_factory=_unknown)
    withheld: str = ""
    looks: Sequence[Mapping[str, Any]] | None = None
    ocr: Mapping[str, Any] | None = None
