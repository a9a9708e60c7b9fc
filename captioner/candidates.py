"""From the sentences that a search found to one caption."""

from __future__ import annotations

from typing import TYPE_CHECKING

from captioner.confidence.signs import beam_signs
from captioner.types import Candidate, Caption

if TYPE_CHECKING:
    from collections.abc import Iterable


def caption_of(candidates: Iterable[Candidate], alternatives: int, model: str) -> Caption:
    """The first of the candidates, which come best first, and at most so many others, no two with the same text.

    model: the version of what wrote them.
    """
    distinct: dict[str, Candidate] = {}
    for candidate in candidates:
        distinct.setdefault(candidate.text, candidate)
    # A sentence without a word says nothing: it is the answer only where the beam holds no other.
    best, *others = sorted(distinct.values(), key=lambda candidate: not candidate.text)
    return Caption(
        best.text,
        best.tokens,
        best.token_log_probabilities,
        best.log_probability,
        best.score,
        tuple(other for other in others if other.text)[:alternatives],
        model,
        signs=beam_signs([best, *others]),
    )
